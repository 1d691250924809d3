"""How sure a figure is: a share of those of whom it is known, with its interval and its coverage."""

from opstap.analytics.uncertainty.estimates import SMALL, Estimate, estimated

__all__ = ["SMALL", "Estimate", "estimated"]
