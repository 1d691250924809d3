"""What a message says: that something waits, and where; no name, no number, nothing of a client or of the receiver."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.utils.translation import override

import opstap
from opstap.accounts.operations import mailing
from opstap.accounts.selectors.links import FORGOTTEN, INVITED
from opstap.administration.operations import mail as trying
from opstap.foundation.mail import sending
from opstap.foundation.references import new_reference
from tests.factories.accounts import a_functional_administrator, a_worker, acting
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
KINDS = (FORGOTTEN, INVITED, mailing.TAKEN_AWAY, mailing.LET_IN)
NAME, SIGN_IN, ADDRESS = "Kanariegeel Serinus", "zangvogel", "vogel@voorbeeld.example"
# Every file that makes a message; each stands in a test below.
WRITERS = {"accounts/operations/mailing.py", "administration/operations/mail.py"}
LETTERS = re.compile(r"\d{6,}")  # a BSN, a telephone number, a case number


def telling(message: Any) -> list[str]:
    """What tells of a person, in all of a message but to whom it goes."""
    said = f"{message.subject}\n{message.body}"
    words = re.sub(r"https?://\S+", "", said)
    found = [word for word in (*NAME.split(), SIGN_IN, ADDRESS) if word.casefold() in said.casefold()]
    return found + LETTERS.findall(words)


@pytest.fixture(autouse=True)
def _mail_goes(settings: LazySettings) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.voorbeeld.example", "opstap@voorbeeld.example"
    settings.OPSTAP_ADDRESS = "https://opstap.voorbeeld.example"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_message_about_an_account_names_nobody(kind: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    user = a_worker(a_municipality(), "case_manager", name=NAME)
    user.email, user.sign_in_name = ADDRESS, SIGN_IN
    user.save()
    monkeypatch.setattr(mailing, "override", lambda _always: override(language))
    mailing.mail_about_account.call(user.reference, kind, new_reference())
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    assert telling(message) == []
    assert ("Opstap" in message.subject, len(message.body) > 40) == (True, True)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_message_to_try_with_names_nobody(language: str) -> None:
    administrator = a_functional_administrator(a_municipality())
    with override(language):
        trying.send_test_mail(by=acting(administrator), to=ADDRESS)
    (message,) = mail.outbox
    assert telling(message) == []


def test_every_message_that_is_made_stands_here() -> None:
    room = Path(opstap.__file__).parent
    makes = {
        str(path.relative_to(room))
        for path in room.rglob("*.py")
        if re.search(r"\b(Message|EmailMessage|send_mail)\(", path.read_text(encoding="utf-8"))
    }
    own = str(Path(sending.__file__).relative_to(room))
    assert makes - {own} == WRITERS
