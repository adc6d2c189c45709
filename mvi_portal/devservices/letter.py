"""`make letter`: the progress letter out of an empty folder, step by step, with the time of each."""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from subprocess import Popen

from mvi_portal import processes
from mvi_portal.devservices import portal, register
from mvi_portal.devservices.places import ROOT, ServicesError

NAME = "voortgangsbrief-2025"


@contextmanager
def step(name: str) -> Iterator[None]:
    """Tell how long a step took."""
    start = time.monotonic()
    yield
    print(f"{name}: {time.monotonic() - start:.1f} s".replace(".", ","), flush=True)


@contextmanager
def letter_made(env: Mapping[str, str]) -> Iterator[Popen[bytes]]:
    """Migrate, load the demo register, build it through the queue; its worker stays while this lasts."""
    with register.alone(env), step("Tabellen"):
        register.migrate(env)
    with portal.worker(env) as worker:  # comes up while the register is loaded
        with register.alone(env), step("Demonstratiegegevens"):
            register.load_demo(env)
        with step("Brief, door een worker"):
            portal.wait_for_worker(worker)
            _build(env)
        yield worker


def _build(env: Mapping[str, str]) -> None:
    target = f"var/out/{NAME}.pdf"
    command = [sys.executable, str(ROOT / "manage.py"), "build_letter", "--letter", NAME, "--out", target]
    if code := processes.exit_code(processes.start(command, env=env)):
        raise ServicesError(f"the letter was not built (exit code {code})")
