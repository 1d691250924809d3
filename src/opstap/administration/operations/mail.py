"""A message to try outgoing mail with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation.mail.sending import Message, deliver, link_to


def send_test_mail(*, by: Actor, to: str) -> None:
    """Send it at once. Undelivered with the reason when it was not taken."""
    by.require("configure_municipality")
    text = _("This is a message to try outgoing mail with. You need not do anything.\n\nOpstap, %(site)s")
    deliver(Message(to, _("Opstap: outgoing mail works"), text % {"site": link_to("/")}, ""))
    with writing(by=by, verb="send_test_mail"):
        pass
