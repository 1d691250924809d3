"""A kind of contact that the administrator ended is offered no more; what was noted with it stays readable."""

from __future__ import annotations

import re
from datetime import timedelta

from opstap.audit.permissions import command_line
from opstap.contacts.models import Contact
from opstap.foundation import dates
from opstap.municipality.models import Code
from opstap.municipality.operations import end_code
from tests.contacts.desks import Desk


def test_an_ended_kind_is_offered_no_more(desk: Desk) -> None:
    offered = desk.browser.get(desk.url).content.decode()
    assert 'value="video"' in offered
    video = Code.objects.get(code_list__key="contact_kind", code="video")
    end_code(by=command_line(), code=video, ends_on=dates.today())
    assert 'value="video"' not in desk.browser.get(desk.url).content.decode()


def kinds_of(page: str) -> list[str]:
    return re.findall(r'name="kind" id="\w+" value="(\w+)"', page)


def test_a_contact_of_an_earlier_day_is_offered_the_kinds_of_that_day(desk: Desk) -> None:
    today = dates.today()
    earlier = today - timedelta(days=10)
    video = Code.objects.get(code_list__key="contact_kind", code="video")
    end_code(by=command_line(), code=video, ends_on=today - timedelta(days=5))
    sent = {"kind": "phone", "outcome": "held", "held_on": earlier.isoformat(), "settled": "stays", "note": "Kort."}
    shown = desk.browser.post(desk.url, sent | {"day": "1"})
    assert shown.status_code == 200
    assert "video" in kinds_of(shown.content.decode())
    assert "Kort." in shown.content.decode()
    assert not Contact.objects.exists()
    refused = desk.browser.post(desk.url, sent | {"kind": "video", "held_on": today.isoformat(), "looked": "anew"})
    assert refused.status_code == 400
    assert "Deze soort kan op die dag niet worden gekozen" in refused.content.decode()
    assert desk.browser.post(desk.url, sent | {"kind": "video", "looked": "anew"}).status_code == 302
    assert Contact.objects.get().kind == "video"
