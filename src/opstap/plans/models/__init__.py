"""Models of the plans room."""

from opstap.plans.models.trajectories import Activity, Instrument, Trajectory

__all__ = ["Activity", "Instrument", "Trajectory"]
