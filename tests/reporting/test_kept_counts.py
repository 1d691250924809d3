"""Counts that are kept between answers go with the parts of these, as an erasure asks."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest

from opstap.analytics.distribution import case_mixes_of, strata_of
from opstap.facts.selectors.parts import forget_parts
from opstap.foundation import dates
from opstap.ladder.selectors.scales import scale_on
from opstap.reporting.selectors import differences

pytestmark = pytest.mark.django_db


def test_counts_are_forgotten_with_the_parts() -> None:
    """Of who is alone in a caseload they say on which level, for how long on benefit, and what came of it."""
    people = pl.DataFrame({"client_id": [1], "group": ["a"], "stratum": ["2|1-2"], "has": [1]})
    case_mixes_of(nw.from_native(people.lazy()), {"": "has"})
    scale = scale_on("vng", dates.today())
    assert scale is not None
    differences._reach_of(scale, (("a", scale.levels[2].id, -1, -1, 1),))
    kept = (strata_of, differences._reach_of)
    assert all(one.cache_info().currsize for one in kept)
    forget_parts()
    assert not any(one.cache_info().currsize for one in kept)
