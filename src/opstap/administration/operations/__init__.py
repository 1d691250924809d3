"""Writing that puts together what several rooms write."""

from opstap.administration.operations.setting_up import AlreadySetUp, NewInstallation, set_up_installation

__all__ = ["AlreadySetUp", "NewInstallation", "set_up_installation"]
