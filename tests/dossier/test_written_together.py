"""Whoever writes about many clients at once: both logs name each of them, once, whichever page it was."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from opstap.audit.logic.entries import pseudonyms_in
from opstap.audit.models import Access
from opstap.audit.operations import accesses
from opstap.audit.selectors.accesses import looks_at
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.models import Client
from opstap.clients.operations import merge_clients, request_handovers
from opstap.privacy.selectors.processing import lines_of, processings_of
from tests.factories.accounts import a_worker, acting
from tests.factories.clients import BY
from tests.factories.desk import Office, days_ago, shown_on_list
from tests.factories.ladder import placed
from tests.factories.windows import Window, version_at

pytestmark = pytest.mark.django_db
TODAY = days_ago(0)
ROUTES = Path(__file__).parents[1] / "matrix" / "routes.toml"


@pytest.fixture
def office(client: Browser) -> Office:
    return Office(client)


@pytest.fixture(autouse=True)
def _own_heads(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


def _ticked(office: Office, what: str, clients: list[Client]) -> Any:
    references = [client.reference for client in clients]
    given = shown_on_list(office.browser) | {"client": references, "what": what, "next": "/clienten/"}
    return office.browser.post("/clienten/samen/", given)


def _sent(office: Office, path: str, given: dict[str, Any]) -> Any:
    return office.browser.post(path, given | version_at(office.browser, path))


def confirm(office: Office, clients: list[Client]) -> Any:
    for client in clients:
        placed(client, "2", on=days_ago(400))
    office.sign_in(office.jo)
    return _ticked(office, "confirm", clients)


def take_back_confirming(office: Office, clients: list[Client]) -> Any:
    return office.browser.post(f"{confirm(office, clients)['Location']}terug/")


def assign(office: Office, clients: list[Client]) -> Any:
    path = str(_ticked(office.sign_in(office.leader), "assign", clients)["Location"])
    given = {"workers": [office.kim.reference], "from_on": TODAY.isoformat(), "reason": "worker_absent"}
    return _sent(office, path, given)


def take_back_assigning(office: Office, clients: list[Client]) -> Any:
    return office.browser.post(f"{assign(office, clients)['Location']}terug/")


def leave(office: Office, clients: list[Client]) -> Any:
    """All that a worker has go on to another."""
    given = {"workers": [office.kim.reference], "from_on": TODAY.isoformat(), "reason": "worker_absent"}
    return _sent(office.sign_in(office.leader), f"/team/toewijzen/?worker={office.jo.reference}", given)


def guide_along(office: Office, clients: list[Client]) -> Any:
    coach = a_worker(office.town, "job_coach", name="Rik Coach")
    path = str(_ticked(office.sign_in(office.leader), "beside", clients)["Location"])
    given = {"worker": coach.reference, "role": "job_coach", "from_on": TODAY.isoformat(), "until": ""}
    return _sent(office, path, given)


def hand_over(office: Office, clients: list[Client]) -> Any:
    given = {"receivers": [office.kim.reference], "from_on": TODAY.isoformat(), "note": "zo besproken"}
    return office.sign_in(office.jo).browser.post("/overdracht/nieuw/", given)


def _asked(office: Office, clients: list[Client]) -> str:
    ids = [client.pk for client in clients]
    (batch,) = request_handovers(by=acting(office.jo), client_ids=ids, receivers=[office.kim], from_on=TODAY, note="")
    return f"/overdracht/{batch}/"


def accept(office: Office, clients: list[Client]) -> Any:
    path = _asked(office, clients)
    return office.sign_in(office.kim).browser.post(path, {"action": "accept"})


def refuse(office: Office, clients: list[Client]) -> Any:
    path = _asked(office, clients)
    return office.sign_in(office.kim).browser.post(path, {"action": "refuse", "why": "vol"})


def revoke(office: Office, clients: list[Client]) -> Any:
    path = _asked(office, clients)
    return office.sign_in(office.jo).browser.post(path, {"action": "revoke"})


def prioritise(office: Office, clients: list[Client]) -> Any:
    asked = "&".join(f"client={client.reference}" for client in clients)
    return office.sign_in(office.jo).browser.post(f"/prioriteit/?{asked}", {"note": "Bel deze week."})


Doing = Callable[[Office, list[Client]], Any]
# What is done for many, by the address that does it.
DONE: dict[str, tuple[Doing, ...]] = {
    "dossier:together": (confirm,),
    "desk:take-back": (take_back_confirming, take_back_assigning),
    "desk:assign": (assign, leave),
    "desk:beside": (guide_along,),
    "desk:hand-over": (hand_over,),
    "desk:prioritise": (prioritise,),
    "desk:handover": (accept, refuse, revoke),
}
# Those that write about nobody, or about one who is named already.
NOT_MANY = {
    "dossier:list-keep", "dossier:list-remove", "dossier:new", "desk:search", "desk:outside", "desk:outside-answer",
    "desk:break-glass", "desk:glass", "desk:call-back", "desk:new-stand-in", "desk:stand-in",
    "desk:review-protection", "desk:end-protection", "desk:unknown",
}  # fmt: skip


def saved(action: str) -> Access:
    """The record of the form that saved; each form comes twice (`tests.twice`), and the second time writes nothing."""
    row, *again = Access.objects.filter(action=action, method="POST").order_by("pk")
    assert all((one.listed_count, bytes(one.listed)) == (0, b"") for one in again)
    return row


@pytest.mark.parametrize(
    ("action", "do"), [pytest.param(action, do, id=do.__name__) for action, several in DONE.items() for do in several]
)
def test_each_is_named_once_in_both_logs(office: Office, action: str, do: Doing) -> None:
    three = [office.of(office.jo, surname) for surname in ("Adema", "Bakker", "Cornelis")]
    other = office.of(office.kim, "Dekker")
    assert do(office, three).status_code == 302
    row = saved(action)
    assert row.result == "done"
    assert (sorted(pseudonyms_in(bytes(row.listed))), row.listed_count) == (
        sorted(pseudonym_of(one.reference) for one in three), 3,
    )  # fmt: skip
    assert len({line.subject for line in lines_of(row) if line.subject}) == 3
    for one in three:
        assert row in looks_at([one.reference])
        assert action in {done.action for done in processings_of(one)}
    assert not looks_at([other.reference]).filter(pk=row.pk).exists()


def test_whatever_else_is_sent_in_about_no_one_client_stands_among_them() -> None:
    """A new page that writes about many says so here, and is walked above."""
    routes = tomllib.loads(ROUTES.read_text(encoding="utf-8"))
    of_many = {
        name
        for name, route in routes.items()
        if name.startswith(("dossier:", "desk:", "contacts:", "plans:", "ladder:"))
        and "post" in route
        and route.get("about") != "client"
        and route["post"] != "configure_municipality"
    }
    assert of_many == {*DONE, *NOT_MANY}


def test_who_was_left_alone_is_not_named(office: Office) -> None:
    placed_today, never, waits = (office.of(office.jo, surname) for surname in ("Adema", "Bakker", "Cornelis"))
    placed(placed_today, "2", on=TODAY)
    placed(waits, "2", on=days_ago(400))
    office.sign_in(office.jo)
    _ticked(office, "confirm", [placed_today, never, waits])
    assert bytes(saved("dossier:together").listed) == pseudonym_of(waits.reference)


def test_where_nothing_is_written_nobody_is_named(office: Office) -> None:
    one = office.of(office.jo)
    office.sign_in(office.jo)
    _ticked(office, "confirm", [one])
    assert (bytes(saved("dossier:together").listed), saved("dossier:together").listed_count) == (b"", 0)


def test_of_merged_dossiers_the_person_is_named_and_once(office: Office) -> None:
    kept, merged = office.of(office.jo, "Adema"), office.of(office.jo, "Adema")
    merge_clients(by=BY, client=merged, kept=kept, why="dezelfde")
    assign(office, [kept])
    row = saved("desk:assign")
    assert (bytes(row.listed), row.listed_count) == (pseudonym_of(kept.reference), 1)


def test_of_one_client_nothing_is_listed_beside_them(office: Office) -> None:
    one = office.of(office.jo)
    placed(one, "2", on=days_ago(400))
    path = f"/plaatsen/{one.reference}/bevestigen/"
    own = Window(office.sign_in(office.jo).browser, f"/plaatsen/{one.reference}/")
    assert office.browser.post(path, own.fields).status_code == 302
    row = saved("ladder:confirm")
    assert (bytes(row.subject), bytes(row.listed), row.listed_count) == (pseudonym_of(one.reference), b"", 0)
