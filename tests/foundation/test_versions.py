"""What a form carries to say on which version it was opened."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from opstap.foundation.ui.conflicts import begun_on, sent_version
from opstap.foundation.versions import version_of, version_of_values

ONE, MANY = version_of("row", 1), version_of_values("town", {"name": "Sneek", "code": None})


@pytest.mark.parametrize("version", [ONE, MANY])
def test_a_form_that_was_sent_stays_on_the_version_that_it_carries(version: str) -> None:
    sent = QueryDict(f"version={version}")
    assert sent_version(sent) == version
    assert (begun_on(sent, "now").version, begun_on(None, "now").version) == (version, "now")


@pytest.mark.parametrize("said", ["", "oud", ONE[:-1], f"{ONE}-", f"{ONE}\n", f"{MANY}.12", '"><b>', ONE.upper()])
def test_what_has_not_the_shape_of_a_version_is_none(said: str) -> None:
    sent = QueryDict(mutable=True)
    sent["version"] = said
    assert (sent_version(sent), begun_on(sent, "now").version) == ("", "")
    assert sent_version(QueryDict()) == ""
