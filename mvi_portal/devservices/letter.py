"""`make letter`: the progress letter out of an empty folder, step by step, with the time of each."""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from subprocess import PIPE
from typing import Any

from mvi_portal import processes
from mvi_portal.devservices import register
from mvi_portal.devservices.places import ROOT, ServicesError

NAME = "voortgangsbrief-2025"


@contextmanager
def step(name: str) -> Iterator[None]:
    """Tell how long a step took."""
    start = time.monotonic()
    yield
    print(f"{name:<28}{time.monotonic() - start:6.1f} s", flush=True)


def make_letter(env: Mapping[str, str]) -> None:
    """Migrate, load the demo register, build the letter through the queue; prints what came out."""
    with register.alone(env):
        with step("tables"):
            register.migrate(env)
        with step("demo register"):
            register.load_demo(env)
    with step("letter, by a worker"):
        built = _build(env)
    for name, seconds in built["seconds"].items():
        print(f"  {name:<26}{seconds:6.2f} s")
    print(f"{built['path']}\n{built['pages']} pages, reference date {built['reference_date']}")
    print(f"SHA-256 {built['sha256']}", flush=True)


def _build(env: Mapping[str, str]) -> dict[str, Any]:
    target = f"var/out/{NAME}.pdf"
    command = ["build_letter", "--letter", NAME, "--out", target, "--json"]
    child = processes.start([sys.executable, str(ROOT / "manage.py"), *command], env=env, stdout=PIPE)
    answer = child.stdout.read() if child.stdout else b""
    if code := processes.exit_code(child):
        raise ServicesError(f"the letter was not built (exit code {code})")
    found: dict[str, Any] = json.loads(answer)
    return found
