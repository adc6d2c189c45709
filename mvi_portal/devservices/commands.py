"""The commands of `python -m mvi_portal.devservices`."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from mvi_portal import processes
from mvi_portal.devservices.places import ServicesError
from mvi_portal.devservices.services import services, stop_leftovers

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(command: Sequence[str]) -> int:
    """Run a command with the services up; its exit code, 128 + n when signal n ended it."""
    with services() as addresses:
        return execute(command, {**os.environ, **addresses})


def execute(command: Sequence[str], env: dict[str, str]) -> int:
    child = processes.start(command, env=env)
    with _forwarding(child):
        code = child.wait()
    return 128 - code if code < 0 else code


@contextmanager
def _forwarding(child: subprocess.Popen[bytes]) -> Iterator[None]:
    """What is asked of us is asked of the child. On a terminal, Ctrl-C reaches it by itself."""

    def forward(number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGINT or not sys.stdin.isatty():
            child.send_signal(number)

    before = {number: signal.signal(number, forward) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m mvi_portal.devservices", description=__doc__)
    commands = found.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="run a command with the services up").add_argument("argv", nargs="+")
    commands.add_parser("stop", help="stop what an interrupted command left running")
    return found


def main(arguments: Sequence[str]) -> int:
    given = parser().parse_args(arguments)
    try:
        if given.command == "run":
            return run(given.argv)
        return 0 if stop_leftovers() else 1
    except ServicesError as error:
        print(f"devservices: {error}", file=sys.stderr)
        return 1
