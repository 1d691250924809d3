"""The plan of an import: what a file says against what is known, and the rows each room should add."""

from opstap.exchange.selectors.plan.making import make_plan
from opstap.exchange.selectors.plan.plans import Additions, LargeChange, NewWorker, PersonChange, Plan

__all__ = ["Additions", "LargeChange", "NewWorker", "PersonChange", "Plan", "make_plan"]
