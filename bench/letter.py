"""A build in a warm worker against the `weasyprint` command line on the same HTML."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from django.conf import settings
from django.test.utils import override_settings

from bench.scratch import promise, wait_for, worker
from mvi_portal.core.pdf import faces
from mvi_portal.jobs.models import Job
from mvi_portal.jobs.services import work
from reports import render
from reports.frozen import from_json
from reports.models import Letter, LetterVersion
from reports.services import request_build

NAME = "voortgangsbrief-2025"
MOST = 0.5  # docs/decisions/0006
ROUNDS = 5


def measure() -> bool:
    """True when a build, from its first figure to the stored file, takes at most `MOST` of the command's.

    A Celery worker builds, asked through the queue, as it does for a user; it has built one before, and so is
    warm. It tells itself how long each step took. Its pages are drawn afterwards, when the letter is there.

    The two take turns, so that a machine that is busy for a while slows both.
    """
    letter = Letter.objects.get(slug=NAME)
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder), worker(Path(folder)):
        warm = built_by_worker(letter)
        page = Path(folder) / "letter.html"
        page.write_text(render.to_html(from_json(warm.content)))
        page.with_suffix(".css").write_text(faces.typeface().css(Path(folder)))
        pairs = [
            (sum(built_by_worker(letter).steps.values()), taken(lambda: command_line(page)))
            for _ in range(ROUNDS)
        ]
    ours, theirs = (median(column) for column in zip(*pairs, strict=True))
    steps = ", ".join(f"{step} {seconds:.2f}" for step, seconds in letter.versions.latest("pk").steps.items())
    return promise(
        f"a build in a warm worker: {ours / theirs:.2f} of the weasyprint command line (at most {MOST}; "
        f"{ours:.2f} s and {theirs:.2f} s; {warm.pages} pages; {steps})",
        holds=ours / theirs <= MOST,
    )


def built_by_worker(letter: Letter) -> LetterVersion:
    """Asked for and waited for, until the worker has nothing left to do: its pages are drawn too."""
    version = request_build(letter=letter, by=None)
    wait_for(lambda: not Job.objects.open().exists())
    return _ready(version)


def built(letter: Letter) -> LetterVersion:
    """The same by this process, without a queue between."""
    version = request_build(letter=letter, by=None)
    work(Job.objects.get(letter_version=version).pk, worker="bench")
    return _ready(version)


def _ready(version: LetterVersion) -> LetterVersion:
    version.refresh_from_db()
    if not version.is_ready:
        raise SystemExit(Job.objects.get(letter_version=version).reason)
    return version


def command_line(page: Path) -> None:
    """Python, WeasyPrint, the page, its style sheets and typeface from nothing; with the tags of ours."""
    program = Path(sys.executable).with_name("weasyprint")
    static = f"{settings.BASE_DIR}/static/"
    options = ["--quiet", "--pdf-variant", "pdf/a-2a", "--base-url", static]
    style, file = page.with_suffix(".css"), page.with_suffix(".pdf")
    subprocess.run([program, *options, "--stylesheet", style, page, file], check=True)


def taken(work_to_do: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work_to_do()
    return time.perf_counter() - start
