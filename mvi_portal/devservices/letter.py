"""`make letter`: the progress letter out of an empty folder, step by step, with the time of each."""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from mvi_portal import processes
from mvi_portal.devservices import register
from mvi_portal.devservices.places import ROOT, ServicesError

NAME = "voortgangsbrief-2025"


@contextmanager
def step(name: str) -> Iterator[None]:
    """Tell how long a step took."""
    start = time.monotonic()
    yield
    print(f"{name}: {time.monotonic() - start:.1f} s".replace(".", ","), flush=True)


def make_letter(env: Mapping[str, str]) -> None:
    """Migrate, load the demo register, build it through the queue; the builder tells what comes out."""
    with register.alone(env):
        with step("Tabellen"):
            register.migrate(env)
        with step("Demonstratiegegevens"):
            register.load_demo(env)
    with step("Brief, met een worker"):
        _build(env)


def _build(env: Mapping[str, str]) -> None:
    target = f"var/out/{NAME}.pdf"
    command = [sys.executable, str(ROOT / "manage.py"), "build_letter", "--letter", NAME, "--out", target]
    if code := processes.exit_code(processes.start(command, env=env)):
        raise ServicesError(f"the letter was not built (exit code {code})")
