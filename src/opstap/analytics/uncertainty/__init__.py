"""How sure a figure is: a share with its interval, two who judge the same people, groups beside what chance does."""

from opstap.analytics.uncertainty.agreement import FEWEST_PAIRS, Agreement, agreement
from opstap.analytics.uncertainty.differences import Answers, Difference, apart, change, difference
from opstap.analytics.uncertainty.estimates import SMALL, Estimate, drawn, estimated
from opstap.analytics.uncertainty.means import Apart, Mean, beside, mean_of
from opstap.analytics.uncertainty.rounded import Rounded, rounded_share
from opstap.analytics.uncertainty.standardised import Limits, Mix, Standardised, Verdict, standardised
from opstap.analytics.uncertainty.whatever import verdicts_whatever

__all__ = [
    "FEWEST_PAIRS",
    "SMALL",
    "Agreement",
    "Answers",
    "Apart",
    "Difference",
    "Estimate",
    "Limits",
    "Mean",
    "Mix",
    "Rounded",
    "Standardised",
    "Verdict",
    "agreement",
    "apart",
    "beside",
    "change",
    "difference",
    "drawn",
    "estimated",
    "mean_of",
    "rounded_share",
    "standardised",
    "verdicts_whatever",
]
