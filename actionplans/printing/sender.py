"""Who writes about evaluations."""

from __future__ import annotations

SENDER = "PIANOo, Expertisecentrum Aanbesteden"
