"""Messages about an account: a link to choose a password, and that a second step was taken away.

What stands in the database about a message that waits is a reference. The link itself is made when the message goes.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from opstap.accounts.models import RoleHolding, User
from opstap.accounts.operations.telling import tell_changed
from opstap.accounts.permissions import require_keeping, require_other
from opstap.accounts.selectors.links import FORGOTTEN, INVITED, token_for, user_who_forgot
from opstap.accounts.selectors.towns import towns_of
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.jobs.naming import JobFailed, TryLater, job
from opstap.foundation.mail.sending import Message, Undelivered, deliver, link_to
from opstap.foundation.references import new_reference
from opstap.foundation.ui.templatetags.ui_format import day as day_in_words
from opstap.municipality.models import Municipality

TAKEN_AWAY, LET_IN = "tweede-stap", "andere-gemeente"


def send_link(*, by: Actor, user: User) -> None:
    """Mail somebody a link: an invitation to who never chose a password, else one to choose another."""
    by.require("manage_accounts")
    require_keeping(by, user)
    require_other(by, user)
    with writing(by=by, verb="send_link", about=user.reference):
        mail_about_account.enqueue(
            user.reference, FORGOTTEN if user.has_usable_password() else INVITED, new_reference()
        )
    tell_changed(by, user)


def ask_for_link(*, by: Actor, typed: str) -> None:
    """Mail a link to whoever forgot the password. The same is done for a name that nobody has."""
    by.require("ask_for_link")
    user = user_who_forgot(typed)
    reference = user.reference if user else new_reference()
    with writing(by=by, verb="ask_for_link"):
        mail_about_account.enqueue(reference, FORGOTTEN, new_reference())


def tell_taken_away(user: User) -> None:
    """Put by the message that a second step was taken away; within the operation that does it."""
    if user.email:
        mail_about_account.enqueue(user.reference, TAKEN_AWAY, new_reference())


def tell_let_in(user: User, municipality: Municipality) -> None:
    """Put by the message that another municipality gave them a role; within the operation that does it."""
    if user.email:
        mail_about_account.enqueue(user.reference, LET_IN, new_reference(), municipality.reference)


@job(gettext_noop("Mail somebody about their account"))
def mail_about_account(reference: str, kind: str, key: str, town: str = "") -> None:
    """One message; nothing when nobody has this reference or a mail address. `town` is the municipality it is about."""
    user = User.objects.filter(reference=reference, is_active=True).first()
    if user is None or not user.email:
        return
    with override("nl"):
        subject, text = _of_a_role_in(user, town) if kind == LET_IN else _words(user, kind)
    try:
        deliver(Message(user.email, subject, text, key))
    except Undelivered as undelivered:
        raise (TryLater if undelivered.may_pass else JobFailed)(undelivered.reason) from None


def _words(user: User, kind: str) -> tuple[str, str]:
    if kind == TAKEN_AWAY:
        text = _(
            "The second step of your account in Opstap was taken away by your functional administrator. At the next "
            "sign-in you set it up anew.\n\nDid you not ask for this? Tell your functional administrator at once."
        )
        return _("Opstap: your second step was taken away"), text
    link = link_to(reverse("accounts:link", args=[kind, user.reference, token_for(user, kind)]))
    if kind == INVITED:
        text = _("There is an account for you in Opstap. Choose a password within three days:\n\n%(link)s")
        return _("Opstap: choose your password"), text % {"link": link}
    text = _(
        "Choose another password for Opstap within an hour:\n\n%(link)s\n\nDid you not ask for this? Then you need not "
        "do anything: your password stays as it is."
    )
    return _("Opstap: choose another password"), text % {"link": link}


def _of_a_role_in(user: User, town: str) -> tuple[str, str]:
    """That a municipality gave them a role: which one, from when, and what to choose for who has more than one."""
    today = dates.today()
    held = RoleHolding.objects.filter(user=user, municipality__reference=town).select_related("municipality")
    last = held.order_by("-pk").first()
    name, since = (last.municipality.name, max(last.starts_on, today)) if last else (_("another municipality"), today)
    began = (
        _("%(municipality)s gave you a role in Opstap, from %(day)s.")
        if since > today
        else _("%(municipality)s gave you a role in Opstap.")
    )
    lines = [began % {"municipality": name, "day": day_in_words(since)}]
    if len(towns_of(user, since)) > 1:
        lines.append(_("After signing in you choose, at the top of the page, in which municipality you work."))
    warning = _("Did you not expect this? Tell your functional administrator at once.")
    return _("Opstap: you can work in another municipality too"), f"{' '.join(lines)}\n\n{warning}"
