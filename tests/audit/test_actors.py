"""Who acts when no person does: by which name the logs know them, and what they may."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.permissions import (
    Actor,
    background_jobs,
    command_line,
    demo_builder,
    the_organisation,
    whoever_sets_up,
)


@pytest.mark.parametrize(
    ("make", "known_as"),
    [
        (command_line, ("command", "opstap", "command")),
        (background_jobs, ("background", "opstap", "background")),
        (demo_builder, ("demo", "Voorbeeldstad", "demo")),
        (whoever_sets_up, ("setup", "opstap", "set-up page")),
        (the_organisation, ("organisation", "", "sign-in page")),
    ],
)
def test_each_is_known_in_the_logs_by_a_name_of_its_own(
    make: Callable[[], Actor], known_as: tuple[str, str, str]
) -> None:
    actor = make()
    assert (actor.reference, actor.name, actor.source) == known_as
    assert (actor.user_id, actor.municipality_id, actor.roles, actor.on_behalf_of) == (None, None, (), "")


@pytest.mark.parametrize("make", [command_line, background_jobs, demo_builder, whoever_sets_up])
def test_the_programs_own_hands_may_do_what_the_program_can(make: Callable[[], Actor]) -> None:
    make().require("anything_at_all")


def test_the_organisation_lets_in_and_does_nothing_else() -> None:
    assert the_organisation().permissions == {"admit_from_organisation"}
    with pytest.raises(PermissionDenied, match="see_own_caseload"):
        the_organisation().require("see_own_caseload")


def test_nobody_may_anything_by_themselves() -> None:
    assert not Actor("iemand", "Iemand", "screen").may("see_own_caseload")
