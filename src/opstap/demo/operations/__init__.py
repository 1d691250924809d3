"""Building the demo, and the sign-ins that go with it."""

from opstap.demo.operations.building import build_demo
from opstap.demo.operations.sign_ins import give_sign_ins

__all__ = ["build_demo", "give_sign_ins"]
