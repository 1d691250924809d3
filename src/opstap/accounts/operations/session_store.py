"""The session engine: Django's own in the database, whose rows say whose they are, since when and when last used.

What the framework reads and saves at every request is machinery and takes no recording; ending a session does
(`operations.sessions`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase

from opstap.accounts.models import Session
from opstap.foundation import dates
from opstap.foundation.references import new_reference

STAMP = "signed_in"  # in a session: its reference, its beginning and the browser, by the names of the model
VISIT = timedelta(hours=1)  # how long a session is kept in which nobody signed in
AFTER = timedelta(hours=1)  # and one that is over: until then a form that is sent in can still become a draft
NOTED_EACH = timedelta(minutes=1)


class SessionStore(InDatabase):
    """One session, with its row at hand."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of the room."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]  # not in the types of Django
        return self.row

    def __setitem__(self, key: str, value: Any) -> None:
        """Whoever signs in, also once more in the same browser, begins anew."""
        if key == USER_KEY:
            self.pop(STAMP, None)
        super().__setitem__(key, value)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row as it is saved: with what the session knows of its beginning, and used now."""
        now = dates.now()
        if USER_KEY not in data:
            data.pop(STAMP, None)
        elif STAMP not in data or data[STAMP]["user"] != str(data[USER_KEY]):
            data[STAMP] = {"user": str(data[USER_KEY]), "reference": new_reference(), "began_at": now.isoformat()}
        stamp = data.get(STAMP, {})
        began_at = datetime.fromisoformat(stamp["began_at"]) if stamp else now
        row = cast("Session", super().create_model_instance(data))
        row.user_id = int(stamp["user"]) if stamp else None
        row.reference = stamp.get("reference", row.reference)
        row.began_at, row.used_at = began_at, max(began_at, now)
        row.browser, row.system = data.get("browser", ("", ""))
        row.expire_date = began_at + settings.OPSTAP_SESSION_LENGTH + AFTER if stamp else now + VISIT
        return row

    def save(self, must_create: bool = False) -> None:
        """A session that gets another key, as when a password was changed, gets another reference with it."""
        if must_create and self.session_key is not None:
            held: dict[str, Any] = self._get_session(no_load=True)  # type: ignore[attr-defined]  # not in the types
            held.get(STAMP, {}).update(reference=new_reference())
        super().save(must_create)

    def note_use(self) -> None:
        """Remember that it was used just now; once a minute is enough."""
        now = dates.now()
        if self.row is not None and now - self.row.used_at >= NOTED_EACH:
            Session.objects.filter(pk=self.row.pk).update(used_at=now)
            self.row.used_at = now
