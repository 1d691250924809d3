"""People of whom every field holds a mark of their own, so that it can be seen on whatever page it turns up.

They are made by the operations; then each text that somebody can type is corrected into the mark, whichever models and
fields there are by now. Not here: who may see them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models

from opstap.accounts.models import Team, User
from opstap.accounts.operations import save_draft
from opstap.audit.models import Fact
from opstap.audit.operations import append_facts, writing
from opstap.clients.logic.finer import FinerRow
from opstap.clients.models import Alias, Assignment, Client, FinerBarrier, Handover, Protection
from opstap.clients.operations import end_protection, leave_call_back, refuse_handover
from opstap.clients.selectors.held import told_of
from opstap.clients.selectors.sealing import kind_cipher, sealed_kind
from opstap.contacts.logic import ContactRow, Note
from opstap.contacts.operations import record_contacts
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.privacy.enums import RequestKind, RequestOutcome
from opstap.privacy.models import RightsRequest
from opstap.privacy.operations.requests import answer_request, extend_request, note_request
from tests.architecture.test_personal_data import leads_to_client, own_models
from tests.clients.test_personal_data import a_client_of_whom_everything_is_known
from tests.factories.accounts import acting
from tests.factories.clients import BY, a_bsn

# What a field holds that nobody types: a code of a list, a key, a reference to another row.
CODES = {
    "reference", "kind", "sex", "preferred_language", "preferred_channel", "bsn_key", "note_key", "texts_key", "duty",
    "ground", "kind_key",
    "end_reason", "entry_reason", "exit_reason", "origin_of_entry", "law", "outcome", "role", "reason", "state",
    "batch", "glass", "verdict", "looked", "trajectory", "result", "instrument_in_use", "income_situation",
    "low_literate", "basic_qualification", "integration", "exempt", "answers", "about",
}  # fmt: skip
TYPED = {("clients.casenumber", "about")}  # a code elsewhere
# What is the name of somebody who works here, or of a thing of the municipality, beside the mark of the client.
NOT_THEIRS = ("Manager-", "Doelgroep-")
# What one colleague wrote for themselves or for one other: also kept from who sees the client.
# And the finer kind of a barrier, which no role that Opstap brings may see.
PRIVATE = ("Let op ", "Overdracht-", "Concept-", "Fijner-")


@dataclass(frozen=True)
class Canary:
    """Somebody, with what may turn up of them."""

    mark: str
    number: str  # of the client; what is sealed holds it too
    client: Client
    kept: Client
    bsn: str
    born: date
    worker: User

    @property
    def marks(self) -> tuple[str, ...]:
        """What tells that a page, a file or a line is about them."""
        return (self.number.casefold(), *self.beside_the_number)

    @property
    def beside_the_number(self) -> tuple[str, ...]:
        """The same, for who reviews the log: that goes by the number of a client."""
        return (self.mark.casefold(), self.bsn, self.born.isoformat(), self.client.reference, self.kept.reference)

    @property
    def private(self) -> tuple[str, ...]:
        """What only its writer reads, or one other."""
        return tuple(f"{words}{self.number}".casefold() for words in PRIVATE)


def a_canary(town: Municipality, team: Team, letter: str, *, protected: bool = False) -> Canary:
    """In a caseload of this team."""
    mark, number = f"Kanarie{letter}", f"Vogelnummer{letter}"
    bsn, born = a_bsn(600 + ord(letter)), date(1931, 1, ord(letter) % 28 + 1)
    client = a_client_of_whom_everything_is_known(town, team, number, bsn)
    worker = Assignment.objects.filter(client=client, worker__isnull=False).latest("pk").worker
    assert worker is not None
    _more(client, worker, mark, number)
    mark_all(client, mark, born)
    if not protected:
        for row in Protection.objects.current().filter(client=client):
            end_protection(by=BY, protection=row, why=mark)
    return Canary(mark, number, client, Alias.objects.get(client=client, replaces=None).kept, bsn, born, worker)


def _more(client: Client, worker: User, mark: str, number: str) -> None:
    handover = Handover.objects.waiting().select_related("receiver").get(client=client)
    refuse_handover(by=acting(handover.receiver), batch=handover.batch, why=f"Overdracht-{number}")
    save_draft(by=acting(worker), kind="contact", about=client.reference, content={"note": [f"Concept-{number}"]})
    leave_call_back(by=BY, client=client, phone="030 123", text=mark)
    _finer(client, number)
    note = Note(mark, client_does=mark, municipality_does=mark)
    record_contacts(by=BY, rows=[ContactRow(client.pk, dates.today() - timedelta(days=3), "office", note=note)])
    request = RightsRequest.objects.current().get(client=client)
    extend_request(by=BY, request=request, why=mark)
    request = RightsRequest.objects.current().get(client=client)
    today = dates.today()
    answer_request(by=BY, request=request, outcome=RequestOutcome.REFUSED, settled_on=today, reason=mark)
    about = told_of("benefit", [client.pk])[0].pk
    note_request(
        by=BY, client=client, kind=RequestKind.CORRECTION, received_on=today, words=mark, about="benefit",
        about_row=about, record=mark,
    )  # fmt: skip


def _finer(client: Client, number: str) -> None:
    standing = FinerBarrier.objects.current().get(client=client)
    sealed = sealed_kind(f"Fijner-{number}")
    row = FinerRow(client.pk, standing.barrier_id, sealed, kind_cipher().key_id, standing.pk)
    with writing(by=BY, verb="record_finer_barrier") as recording:
        append_facts(FinerBarrier, [row], recording=recording)


def typed_fields(model: type[models.Model]) -> list[str]:
    """The texts of a model that people type."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and (field.name not in CODES or (model._meta.label_lower, field.name) in TYPED)
    ]


def fact_models() -> list[type[Fact]]:
    """Tables of facts about a client, with texts."""
    return [
        model
        for model in own_models()
        if issubclass(model, Fact) and hasattr(model, "client") and leads_to_client(model) and typed_fields(model)
    ]


def mark_all(client: Client, mark: str, born: date) -> None:
    """Correct what stands of the client in each table: every typed text is the mark from now on."""
    with writing(by=BY, verb="correct_person", about=client.reference) as recording:
        for model in fact_models():
            rows: Any = model._default_manager
            standing = rows.filter(client=client, replaced_by=None, withdrawn=False)
            for row in list(standing):
                row.replaces_id, row.pk, row._state.adding = row.pk, None, True
                row.recording_id = recording.number
                for name in typed_fields(model):
                    setattr(row, name, mark.casefold() if name == "folded_name" else mark)
                if hasattr(row, "birth_date"):
                    row.birth_date = born
                row.save()
