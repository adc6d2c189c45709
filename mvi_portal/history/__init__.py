"""Who changed what, when and why: the database's own record, written by triggers."""

from mvi_portal.history.tracking import history, tracked

__all__ = ["history", "tracked"]
