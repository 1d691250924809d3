"""Trajectories, activities and instruments of a file, held against what is known of each client."""

from opstap.exchange.selectors.plan.help.planning import plan_help
from opstap.exchange.selectors.plan.help.shown import Changed, Known, Seen, seen_together

__all__ = ["Changed", "Known", "Seen", "plan_help", "seen_together"]
