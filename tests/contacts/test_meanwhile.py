"""Two people with one contact open: nothing is overwritten, what was typed is kept, and both are shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from opstap.audit.operations import ReplacedMeanwhile
from opstap.contacts.logic import ContactRow
from opstap.contacts.models import Contact
from opstap.contacts.operations import record_contacts, withdraw_contacts
from opstap.foundation import dates
from opstap.foundation.once import new_key
from tests.contacts.desks import Desk, ahead
from tests.factories.accounts import a_coordinator, acting
from tests.factories.contacts import agreed, spoken
from tests.factories.pages import signed_in
from tests.factories.windows import Window, fields_of

DAY = date(2026, 3, 4)


def windows(desk: Desk, word: str = "verbeteren") -> tuple[Window, Window]:
    """A colleague's and one's own, both opened on what stands now."""
    spoken(desk.client, DAY, note="gebeld", worker=desk.worker)
    url = desk.link(word)
    return Window(signed_in(a_coordinator(desk.town, name="Sietske Wolf")), url), Window(desk.browser, url)


def test_the_second_of_two_corrections_overwrites_nothing_and_shows_both(desk: Desk) -> None:
    first, second = windows(desk)
    assert first.send(note="Zegt dat het beter gaat", kind="email", why="van de mail") == 302
    assert second.send(note="Zegt dat het slechter gaat", why="ik hoorde het") == 409
    assert [(held.kind, held.why) for held in desk.contacts()] == [("email", "van de mail")]
    assert "Sietske Wolf heeft dit intussen gewijzigd" in second.words
    assert "Genoemde reden: van de mail" in second.words
    assert "Notitie Zegt dat het beter gaat Zegt dat het slechter gaat" in second.words
    assert "Soort contact e-mail hier niet gewijzigd: hieronder overgenomen" in second.words
    assert "Laat het zoals Sietske Wolf het bewaarde" in second.words
    assert (second.fields["note"], second.fields["why"]) == ("Zegt dat het slechter gaat", "ik hoorde het")
    assert second.fields["kind"] == "email"


def test_mine_is_saved_over_it_on_the_newest_version(desk: Desk) -> None:
    first, second = windows(desk)
    first.send(note="eerste", why="een")
    assert second.send(note="tweede", why="twee") == 409
    assert second.send() == 302
    assert "tweede" in desk.page()
    assert [contact.why for contact in Contact.objects.order_by("pk")] == ["", "een", "twee"]
    assert [held.why for held in desk.contacts()] == ["twee"]


def test_a_third_that_saved_meanwhile_is_met_as_well(desk: Desk) -> None:
    first, second = windows(desk)
    first.send(note="eerste", why="een")
    second.send(note="tweede", why="twee")
    Window(first.browser, desk.link("verbeteren")).send(note="derde", why="drie")
    assert second.send() == 409
    assert "derde" in second.words
    assert [held.why for held in desk.contacts()] == ["drie"]


def test_the_same_sent_twice_is_saved_once_and_said_so(desk: Desk) -> None:
    _first, second = windows(desk)
    assert second.send(note="tweede", why="twee") == 302
    assert second.send(note="tweede", why="twee", once=new_key()) == 302
    assert Contact.objects.count() == 2
    assert "Dit stond er al zo." in desk.page()


def test_what_was_typed_over_a_withdrawn_one_is_kept_with_who_withdrew_it(desk: Desk) -> None:
    first, second = windows(desk)
    Window(first.browser, second.url.replace("verbeteren", "intrekken")).send(why="verkeerde persoon")
    assert second.send(note="mijn lange notitie", why="aanvulling") == 409
    assert "Sietske Wolf heeft dit intussen ingetrokken" in second.words
    assert "Genoemde reden: verkeerde persoon" in second.words
    assert second.fields["note"] == "mijn lange notitie"
    assert f'href="{desk.url}"' in second.page
    assert desk.contacts() == []


def test_a_withdrawal_of_what_was_corrected_since_is_asked_again(desk: Desk) -> None:
    first, second = windows(desk, "intrekken")
    Window(first.browser, first.url.replace("intrekken", "verbeteren")).send(kind="email", why="het was een mail")
    assert second.send(why="dubbel") == 409
    assert "Soort contact kantoor e-mail" in second.words
    assert second.fields["why"] == "dubbel"
    assert len(desk.contacts()) == 1
    assert second.send() == 302
    assert desk.contacts() == []


def test_a_withdrawal_that_was_done_already_is_told(desk: Desk) -> None:
    first, second = windows(desk, "intrekken")
    first.send(why="verkeerde persoon")
    assert second.send(why="dubbel") == 409
    assert "Sietske Wolf heeft dit intussen ingetrokken" in second.words
    assert first.send(why="verkeerde persoon") == 302


def test_an_older_address_leads_to_what_stands_now_with_a_sentence(desk: Desk) -> None:
    first, second = windows(desk)
    first.send(kind="email", why="van de mail")
    response = desk.browser.get(f"{second.url}?next=/vandaag/", follow=True)
    assert response.redirect_chain == [(f"{desk.link('verbeteren')}?next=%2Fvandaag%2F", 302)]
    page = response.content.decode()
    assert "Sietske Wolf heeft dit verbeterd op" in page
    assert 'value="email" checked' in page
    Window(first.browser, desk.link("intrekken")).send(why="verkeerde persoon")
    response = desk.browser.get(second.url, follow=True)
    assert "Sietske Wolf heeft dit ingetrokken op" in response.content.decode()
    assert response.redirect_chain[0][0].endswith("/geschiedenis/")


def test_the_operations_compare_under_their_lock(desk: Desk) -> None:
    old = spoken(desk.client, DAY)
    by = acting(desk.worker)
    record_contacts(by=by, rows=[ContactRow(desk.client.pk, DAY, "email", why="een", replaces_id=old.pk)])
    with pytest.raises(ReplacedMeanwhile):
        record_contacts(by=by, rows=[ContactRow(desk.client.pk, DAY, "phone", why="twee", replaces_id=old.pk)])
    with pytest.raises(ReplacedMeanwhile):
        withdraw_contacts(by=by, contact_ids=[old.pk], why="twee")
    assert [held.why for held in desk.contacts()] == ["een"]


def test_a_next_contact_that_a_colleague_moved_is_not_moved_again_unseen(desk: Desk) -> None:
    agreed(desk.client, dates.today() + timedelta(days=3))
    url = f"{desk.url}afspraak/"
    first = Window(signed_in(a_coordinator(desk.town, name="Sietske Wolf")), url)
    second = Window(desk.browser, url)
    assert first.send(next_on=ahead(5), next_place="De Spil") == 302
    assert second.send(next_on=ahead(9), next_place="Het Kompas") == 409
    assert "Sietske Wolf heeft dit intussen gewijzigd" in second.words
    assert "Waar De Spil Het Kompas" in second.words
    assert (second.fields["next_on"], second.fields["next_place"]) == (ahead(9), "Het Kompas")
    assert desk.agreed()[-1] == (ahead(5), "open")
    assert second.send() == 302
    assert desk.agreed()[-1] == (ahead(9), "open")
    assert second.send() == 302
    assert [state for _day, state in desk.agreed()].count("open") == 1


def test_a_contact_that_settles_what_a_colleague_moved_is_asked_again(desk: Desk) -> None:
    agreed(desk.client, dates.today())
    first = Window(signed_in(a_coordinator(desk.town, name="Sietske Wolf")), f"{desk.url}afspraak/")
    second = Window(desk.browser, desk.url)
    first.send(next_on=ahead(5))
    assert second.send(looked="not_discussed", settled="settles", note="mijn notitie") == 409
    assert "Sietske Wolf heeft dit intussen gewijzigd" in second.words
    assert second.fields["note"] == "mijn notitie"
    assert (desk.contacts(), desk.agreed()[-1]) == ([], (ahead(5), "open"))
    assert second.send(looked="not_discussed", settled="stays") == 302
    assert (len(desk.contacts()), desk.agreed()[-1]) == (1, (ahead(5), "open"))


def test_a_draft_that_is_resumed_meets_what_a_colleague_moved_since(desk: Desk) -> None:
    agreed(desk.client, dates.today())
    begun = Window(desk.browser, desk.url)
    typed = begun.fields | {"note": "mijn notitie", "settled": "settles"}
    assert desk.browser.post(f"{desk.url}concept/", typed).status_code == 200
    Window(signed_in(a_coordinator(desk.town, name="Sietske Wolf")), f"{desk.url}afspraak/").send(next_on=ahead(5))
    resumed = Window(desk.browser, desk.url)
    assert resumed.fields["note"] == "mijn notitie"
    assert resumed.send(looked="not_discussed") == 409
    assert "Sietske Wolf heeft dit intussen gewijzigd" in resumed.words
    assert (desk.contacts(), desk.agreed()[-1]) == ([], (ahead(5), "open"))
    assert resumed.send(looked="not_discussed", settled="stays") == 302
    assert (len(desk.contacts()), desk.agreed()[-1]) == (1, (ahead(5), "open"))


@pytest.mark.parametrize("changes", [{"held_on": ""}, {"day": "1"}])
def test_a_form_that_comes_back_is_still_of_when_it_was_opened(desk: Desk, changes: dict[str, str]) -> None:
    agreed(desk.client, dates.today())
    window = Window(desk.browser, desk.url)
    Window(signed_in(a_coordinator(desk.town, name="Sietske Wolf")), f"{desk.url}afspraak/").send(next_on=ahead(5))
    assert window.send(looked="not_discussed", settled="settles", **changes) in {200, 400}
    again = {"looked": "not_discussed", "settled": "settles", "held_on": dates.today().isoformat()}
    assert window.send(**again) == 409
    assert (desk.contacts(), desk.agreed()[-1]) == ([], (ahead(5), "open"))


def test_what_a_colleague_moved_is_not_cancelled_unseen(desk: Desk) -> None:
    agreed(desk.client, dates.today() + timedelta(days=3))
    first = Window(signed_in(a_coordinator(desk.town, name="Sietske Wolf")), f"{desk.url}afspraak/")
    second = Window(desk.browser, f"{desk.url}afspraak/")
    first.send(next_on=ahead(5))
    given = {"cancel-why": "opgenomen", "version": second.fields["version"]}
    page = desk.browser.post(f"{desk.url}afspraak-vervalt/", given)
    assert page.status_code == 409
    assert 'value="opgenomen"' in page.content.decode()
    assert desk.agreed()[-1] == (ahead(5), "open")


def test_a_next_contact_that_comes_back_with_a_fault_is_of_when_it_was_opened(desk: Desk) -> None:
    agreed(desk.client, dates.today() + timedelta(days=3))
    url, away = f"{desk.url}afspraak/", f"{desk.url}afspraak-vervalt/"
    window = Window(desk.browser, url)
    opened_on = window.fields["version"]
    Window(signed_in(a_coordinator(desk.town, name="Sietske Wolf")), url).send(next_on=ahead(5))
    assert window.send(next_on="") == 400
    assert window.send(next_on=ahead(9)) == 409
    assert "Sietske Wolf heeft dit intussen gewijzigd" in window.words
    refused = desk.browser.post(away, {"cancel-why": "", "version": opened_on})
    assert refused.status_code == 400
    again = fields_of(refused.content.decode(), "cancel-why") | {"cancel-why": "opgenomen"}
    assert desk.browser.post(away, again).status_code == 409
    assert desk.agreed()[-1] == (ahead(5), "open")


def test_what_is_agreed_on_a_form_that_lost_its_version_is_not_saved(desk: Desk) -> None:
    plan = Window(desk.browser, f"{desk.url}afspraak/")
    assert plan.send(next_on=ahead(9), version="") == 409
    note = Window(desk.browser, desk.url)
    assert note.send(looked="not_discussed", next_on=ahead(9), version="oud") == 409
    assert (desk.agreed(), desk.contacts()) == ([], [])
    assert plan.send() == 302
    assert desk.browser.post(f"{desk.url}afspraak-vervalt/", {"cancel-why": "opgenomen"}).status_code == 409
    note = Window(desk.browser, desk.url)
    assert note.send(looked="not_discussed", settled="settles", version="") == 409
    assert (desk.agreed(), desk.contacts()) == ([(ahead(9), "open")], [])
    assert note.send(looked="not_discussed") == 302
    assert (desk.agreed(), len(desk.contacts())) == ([(ahead(9), "held")], 1)


def test_a_contact_without_a_word_on_what_was_agreed_asks_no_version(desk: Desk) -> None:
    agreed(desk.client, dates.today() + timedelta(days=3))
    given = {"held_on": dates.today().isoformat(), "kind": "phone", "outcome": "held", "looked": "not_discussed"}
    assert desk.browser.post(desk.url, given).status_code == 302
    assert (desk.agreed(), len(desk.contacts())) == ([(ahead(3), "open")], 1)
