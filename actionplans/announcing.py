"""What rounds of evaluations tell to the floor, once the app is ready."""

from __future__ import annotations

from mvi_portal.jobs import kinds


def announce() -> None:
    """A worker's handlers by their path: the web process never imports what prints."""
    kinds.register(
        "evaluation.report",
        label="Verslag van een evaluatieronde",
        handler="actionplans.printing.jobs.make_report",
    )
    kinds.register(
        "evaluation.replies",
        label="Antwoorden aan ondertekenaars",
        handler="actionplans.printing.jobs.make_replies",
    )
