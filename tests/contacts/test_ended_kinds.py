"""A kind of contact that the administrator ended is offered no more; what was noted with it stays readable."""

from __future__ import annotations

from opstap.audit.permissions import command_line
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
