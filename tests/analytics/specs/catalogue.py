"""Every spec there is, for the tests and for docs/indicators/."""

from tests.analytics.specs.caseload_specs import CASELOAD_SPECS
from tests.analytics.specs.coverage_specs import COVERAGE_SPECS
from tests.analytics.specs.crosswalk_specs import CROSSWALK_SPECS
from tests.analytics.specs.current_expected_specs import CURRENT_EXPECTED_SPECS
from tests.analytics.specs.deployment_specs import DEPLOYMENT_SPECS
from tests.analytics.specs.difference_specs import DIFFERENCE_SPECS
from tests.analytics.specs.duration_specs import DURATION_SPECS
from tests.analytics.specs.goal_specs import GOAL_SPECS
from tests.analytics.specs.indicator_specs import INDICATOR_SPECS
from tests.analytics.specs.inflow_specs import INFLOW_SPECS
from tests.analytics.specs.left_specs import LEFT_SPECS
from tests.analytics.specs.movement_specs import MOVEMENT_SPECS
from tests.analytics.specs.placement_specs import PLACEMENT_SPECS
from tests.analytics.specs.profile_specs import PROFILE_SPECS
from tests.analytics.specs.quality_specs import QUALITY_SPECS
from tests.analytics.specs.ready_specs import READY_SPECS
from tests.analytics.specs.realised_specs import REALISED_SPECS
from tests.analytics.specs.released_specs import PUBLISHED_SPECS, SERIES_SPECS
from tests.analytics.specs.standing_specs import STANDING_SPECS
from tests.analytics.specs.target_specs import TARGET_SPECS
from tests.analytics.specs.traits_changed_specs import TRAITS_CHANGED_SPECS
from tests.analytics.specs.trajectory_specs import TRAJECTORY_SPECS

SPECS = (*PLACEMENT_SPECS, *GOAL_SPECS, *CURRENT_EXPECTED_SPECS, *MOVEMENT_SPECS, *CROSSWALK_SPECS)
RENDERED = (
    *SPECS,
    *COVERAGE_SPECS,
    *TRAJECTORY_SPECS,
    *CASELOAD_SPECS,
    *PROFILE_SPECS,
    *INDICATOR_SPECS,
    *TARGET_SPECS,
    *QUALITY_SPECS,
    *REALISED_SPECS,
    *READY_SPECS,
    *DEPLOYMENT_SPECS,
    *DIFFERENCE_SPECS,
    *DURATION_SPECS,
    *LEFT_SPECS,
    *TRAITS_CHANGED_SPECS,
    *INFLOW_SPECS,
    *STANDING_SPECS,
    *PUBLISHED_SPECS,
    *SERIES_SPECS,
)
