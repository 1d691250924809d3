"""One worker in two municipalities: a form, and what was typed in it, is of the one in which it was opened."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opstap.accounts.models import Draft, RoleHolding, Session
from opstap.accounts.operations import end_role
from opstap.accounts.permissions import actor_for
from opstap.audit.models import Access, Event
from opstap.clients.models import Assignment, Client
from opstap.clients.permissions import require_found
from opstap.foundation import dates
from tests.dossier.test_several_towns import NEW
from tests.factories.accounts import acting
from tests.factories.region import Region, hidden

pytestmark = pytest.mark.django_db


def test_a_form_of_the_one_is_not_saved_in_the_other(region: Region) -> None:
    region.sign_in(region.jo).choose(region.noord)
    form = hidden(region.page("/clienten/nieuw/"))
    assert {"once", "shown_in"} <= form.keys()
    region.choose(region.zuid)  # in another tab
    before = (Client.objects.count(), Event.objects.count())
    refused = region.browser.post("/clienten/nieuw/", {**NEW, **form})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Niets opgeslagen: u werkt in een andere gemeente" in page
    assert "Noord" in page
    assert "Zuid" in page
    assert (Client.objects.count(), Event.objects.count()) == before
    region.choose(region.noord)  # as the page says, and sent again
    assert region.browser.post("/clienten/nieuw/", {**NEW, **form}).status_code == 302
    made = Client.objects.get(number="N1")
    assert made.municipality == region.noord
    held = Assignment.objects.current().get(client=made)
    assert held.team == region.team_noord
    region.choose(region.zuid)  # the very same once more, where it was not saved: it leads nowhere
    assert region.browser.post("/clienten/nieuw/", {**NEW, **form}).status_code == 409
    assert Client.objects.filter(number="N1").count() == 1
    row = Access.objects.filter(action="dossier:new", method="POST").latest("pk")
    assert (row.result, row.municipality) == ("refused", region.zuid.pk)


def test_what_was_asked_in_the_one_opens_nothing_by_a_right_in_the_other(region: Region) -> None:
    """The log knows that Jo asked for this client in Noord; emergency access is a right that Jo has in Zuid."""
    of_kim = region.of(region.noord, "Kimsma", region.kim)
    region.sign_in(region.jo)
    region.send(region.noord, "/zoeken/buiten/", {"surname": "Kimsma", "birth_date": "1980-06-15"})
    require_found(actor_for(region.jo, region.noord.pk), of_kim)
    with pytest.raises(PermissionDenied):
        require_found(actor_for(region.jo, region.zuid.pk), of_kim)


@pytest.mark.parametrize("said", [{}, {"shown_in": ""}, {"shown_in": "bcdfghjkmnpq"}])
def test_a_form_that_does_not_say_where_it_belongs_is_not_saved_either(region: Region, said: dict[str, str]) -> None:
    region.sign_in(region.jo)
    before = Client.objects.count()
    assert region.browser.post("/clienten/nieuw/", {**NEW, **said}).status_code == 409
    assert Client.objects.count() == before


def test_a_form_of_a_municipality_where_one_works_no_more_is_not_saved_in_the_one_that_is_left(region: Region) -> None:
    region.sign_in(region.jo).choose(region.zuid)
    form = hidden(region.page("/clienten/nieuw/"))
    ended = RoleHolding.objects.get(user=region.jo, municipality=region.zuid)
    end_role(by=acting(region.other), holding=ended, ends_on=dates.today())
    before = Client.objects.count()
    assert region.browser.post("/clienten/nieuw/", {**NEW, **form})["Location"] == "/"  # on in Noord, which is said
    assert region.browser.post("/clienten/nieuw/", {**NEW, **form}).status_code == 409
    assert Client.objects.count() == before


def test_a_part_of_a_page_is_asked_anew_with_the_whole_page(region: Region) -> None:
    region.sign_in(region.jo)
    page = region.page("/clienten/")
    mark = page.split('"X-Shown-In": "')[1].split('"')[0]
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_X_SHOWN_IN": mark}
    assert "HX-Refresh" not in region.browser.get("/clienten/", **asked).headers  # type: ignore[arg-type]
    region.choose(region.zuid)
    answer = region.browser.get("/clienten/", **asked)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers.get("HX-Refresh"), answer.content) == (204, "true", b"")


def test_a_draft_is_about_a_client_and_so_of_one_municipality(region: Region) -> None:
    region.sign_in(region.jo)
    draft = f"/contact/{region.anna.reference}/concept/"
    assert region.send(region.noord, draft, {"note": "Belde over werk"}).status_code == 200
    region.choose(region.zuid)
    assert region.send(region.noord, draft, {"note": "Anders"}).status_code == 409
    assert region.send(region.zuid, draft, {"note": "Anders"}).status_code == 404
    assert Draft.objects.count() == 1
    assert region.browser.get(f"/contact/{region.anna.reference}/").status_code == 404


@pytest.mark.parametrize("role_there", [True, False])
def test_what_was_typed_is_kept_where_it_belongs_when_the_session_ended_meanwhile(
    region: Region, role_there: bool
) -> None:
    """Another tab chose the other municipality; then nothing was done for too long."""
    region.sign_in(region.jo).choose(region.zuid)
    if not role_there:
        RoleHolding.objects.filter(user=region.jo, municipality=region.noord).update(ends_on=dates.today())
    earlier = dates.now() - timedelta(hours=2)
    Session.objects.update(began_at=earlier, used_at=earlier)
    answer = region.send(region.noord, f"/contact/{region.anna.reference}/", {"note": "Belde over werk"})
    assert answer["Location"].startswith("/aanmelden/")
    assert Draft.objects.count() == int(role_there)
    assert ("Wat u had ingevuld is bewaard" in region.page("/aanmelden/")) is role_there
