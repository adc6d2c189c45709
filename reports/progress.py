"""How far a build is, and why one did not succeed, in words that a reader can act on."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from reports.models import BUILD_STEPS, Letter, LetterVersion, VersionState

_WAITS = "De brief staat in de wachtrij. Zodra het portaal tijd heeft, begint het bouwen."
_CANCELLED = "Het bouwen is afgebroken voordat de brief klaar was."
_UNKNOWN = "Van het bouwen van deze versie is niets meer bekend."


@dataclass(frozen=True)
class Progress:
    """Steps that were done of all steps, and in words at which one it is."""

    done: int
    total: int
    words: str


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with the address where it can be mended."""

    text: str
    href: str = ""
    where: str = ""


def progress_of(version: LetterVersion) -> Progress:
    """From the job's own row, so it never tells more than was truly done."""
    job, steps = version.job, len(BUILD_STEPS)
    if version.is_ready:
        return Progress(steps, steps, "De brief is klaar.")
    if job is None or version.state != VersionState.BUILDING:
        return Progress(0, steps, _WAITS)
    total = job.total or steps
    step = f": {job.step}" if job.step else ""
    return Progress(job.done, total, f"Stap {min(job.done + 1, total)} van {total}{step}")


def problems_of(version: LetterVersion, request: HttpRequest, *, may_edit: bool) -> list[Problem]:
    """Why there is no file: nothing for a version that is ready or under way."""
    if version.is_ready or version.is_under_way:
        return []
    if version.state == VersionState.CANCELLED:
        return [Problem(_CANCELLED)]
    reasons = version.job.reason.splitlines() if version.job else []
    places = section_places(version.letter) if may_edit else {}
    return [_problem(reason, places) for reason in reasons or [_UNKNOWN]]


def section_places(letter: Letter) -> dict[str, str]:
    """Where each section is edited, by the name that the problems call it by."""
    return {
        f"'{section}'": reverse("reports:section-edit", args=[letter.slug, section.pk])
        for section in letter.sections.all()
    }


def _problem(reason: str, places: dict[str, str]) -> Problem:
    name = next((name for name in places if name in reason), "")
    return Problem(reason, places.get(name, ""), name.strip("'"))
