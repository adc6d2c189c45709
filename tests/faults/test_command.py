"""`build_letter` from a shell: with a worker of its own, with one that is there, and when it goes wrong."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from mvi_portal.jobs import workers
from mvi_portal.jobs.models import Job, State
from reports.models import BUILD_STEPS, AnnexKind, Letter, LetterVersion, Section
from tests import unmeasured
from tests.factories.registers import municipalities
from tests.factories.reports import AnnexFactory, LetterFactory, figure
from tests.faults.machinery import Queue, Worker, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LETTER = ("build_letter", "--letter", "brief-2025")
PARCEL = ("build_parcel", "brief-2025")
StartWorker = Callable[[], Worker]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def letter() -> Letter:
    municipalities(3)
    text = f"<p>Er zijn {figure('ondertekenaars.gemeenten')} gemeenten.</p>"
    return LetterFactory.saying(text, slug="brief-2025")


@pytest.fixture
def run(queue: Queue, worker_env: dict[str, str], settings: Settings, tmp_path: Path) -> Iterator[Run]:
    """The command in a shell of its own; afterwards nothing that it started may be left."""
    env = {
        **unmeasured.environment(),
        **worker_env,
        "REDIS_URL": queue.url,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }
    env["VAR_DIR"] = str(tmp_path / "var")

    def build(*options: str, command: Sequence[str] = LETTER) -> subprocess.CompletedProcess[str]:
        out = tmp_path / "uit" / ("brief.pdf" if command == LETTER else "pakket")
        return subprocess.run(
            [sys.executable, "manage.py", *command, "--out", str(out), *options],
            env=env,
            cwd=django_settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )

    yield build
    wait_for(lambda: not _temporary_workers(queue.url), "what the command started is gone", seconds=15)


def test_command_builds_with_a_worker_of_its_own(letter: Letter, run: Run, tmp_path: Path) -> None:
    done = run("--json")

    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    version = LetterVersion.objects.get()
    out = tmp_path / "uit" / "brief.pdf"
    assert outcome["path"] == str(out)
    assert outcome["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest() == version.file_sha256
    assert outcome["content_sha256"] == version.content_sha256
    assert (outcome["letter"], outcome["version"], outcome["pages"]) == ("brief-2025", 1, 1)
    assert (outcome["reference_date"], outcome["what_if"]) == ("2025-01-31", False)
    assert list(outcome["seconds"]) == [*BUILD_STEPS, "Totaal"]


def test_command_uses_the_worker_that_is_there_and_tells_a_problem_without_a_traceback(
    letter: Letter, run: Run, start_worker: StartWorker, tmp_path: Path
) -> None:
    start_worker()

    done = run("--on", "1 juni 2024")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:3] == [
        str(tmp_path / "uit" / "brief.pdf"),
        "Brief: brief-2025, versie 1 (wat als)",
        "Peildatum: 1 juni 2024",
    ]
    assert "PDF maken: " in done.stdout

    Section.objects.update(text=figure("zzz"))
    done = run()
    assert (done.returncode, done.stdout) == (1, "")
    assert "staat het cijfer 'zzz', maar dat bestaat niet." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("letter")
def test_a_parcel_comes_with_all_its_files_in_a_folder(run: Run, tmp_path: Path) -> None:
    done = run("--json", command=PARCEL)

    assert done.returncode == 0, done.stderr
    outcome, out = json.loads(done.stdout), tmp_path / "uit" / "pakket"
    files = {row["name"]: row["sha256"] for row in outcome["files"]}
    assert {path.name for path in out.iterdir()} == {*files, "manifest.json"}
    for name, sha256 in files.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == sha256
    manifest = json.loads((out / "manifest.json").read_text())
    assert {row["name"]: row["sha256"] for row in manifest["files"]} == files
    assert (outcome["letter"], outcome["version"], outcome["freeze"]) == ("brief-2025", 1, 1)


@pytest.mark.usefixtures("letter")
def test_letter_that_takes_too_long_is_cancelled_and_says_what_to_do(
    run: Run, start_worker: StartWorker
) -> None:
    municipalities(400, first=4)
    AnnexFactory(letter=Letter.objects.get(), kind=AnnexKind.SIGNATORIES)
    worker = start_worker()
    wait_for(workers.answers, "the worker answers")

    with ThreadPoolExecutor(1) as aside:
        told = aside.submit(run, "--timeout", "2")
        wait_for(lambda: Job.objects.filter(state=State.RUNNING).exists(), "the letter is being built")
        worker.freeze_at_work()
        done = told.result()

    assert (done.returncode, done.stdout) == (1, "")
    assert "na 2 seconden nog niet klaar" in done.stderr
    assert "--timeout" in done.stderr
    assert "Traceback" not in done.stderr
    assert Job.objects.get().state == State.CANCELLED
    assert not LetterVersion.objects.get().is_ready


def test_without_a_queue_the_command_says_so(letter: Letter, run: Run, queue: Queue) -> None:
    queue.kill()

    done = run("--timeout", "5")

    assert (done.returncode, done.stdout) == (1, "")
    assert "De wachtrij is niet bereikbaar" in done.stderr
    assert "Traceback" not in done.stderr
    assert Job.objects.get().state == State.CANCELLED


def _temporary_workers(url: str) -> list[Path]:
    """Processes of this queue with our own settings; the workers of the tests have others."""
    return [place for place in Path("/proc").glob("[0-9]*") if _is_temporary(place, url)]


def _is_temporary(place: Path, url: str) -> bool:
    try:
        environment = (place / "environ").read_bytes().split(b"\0")
    except OSError:  # it is gone, or not ours
        return False
    settings = b"DJANGO_SETTINGS_MODULE=tests.faults.settings"
    return f"REDIS_URL={url}".encode() in environment and settings not in environment
