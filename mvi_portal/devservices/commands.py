"""What the Makefile calls: `python -m mvi_portal.devservices run|manage|letter|demo|clean`."""

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import NoReturn

from mvi_portal import processes
from mvi_portal.devservices import demo, register
from mvi_portal.devservices.cleaning import clean
from mvi_portal.devservices.letter import letter_made, step
from mvi_portal.devservices.places import ROOT, ServicesError
from mvi_portal.devservices.services import services


def run(command: Sequence[str]) -> int:
    """Run a command with the services up; its exit code is ours."""
    if not command or not shutil.which(command[0]):
        raise ServicesError(f"there is no program {command[0]!r}" if command else "run what? run -- COMMAND…")
    with services() as addresses:
        return processes.exit_code(processes.start(command, env={**os.environ, **addresses}))


def manage(arguments: Sequence[str]) -> int:
    """Run a management command; a private database is made ready for it first."""
    with services() as addresses:
        env = {**os.environ, **addresses}
        if not os.environ.get("DATABASE_URL"):
            register.prepare(arguments[0] if arguments else "", env)
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        return processes.exit_code(processes.start(command, env=env))


def letter() -> int:
    with _demonstration() as env, letter_made(env):
        return 0


def stay_up(port: int) -> int:
    """The letter, then the portal itself until Ctrl-C."""
    demo.check_port(port)
    with _demonstration() as env, letter_made(env) as worker:
        demo.stay_up(port, env, worker)
    return 0


@contextmanager
def _demonstration() -> Iterator[dict[str, str]]:
    """The environment of a demonstration: the services up, and pages as a user sees them."""
    with ExitStack() as stack:
        with step("PostgreSQL en Valkey"):
            addresses = stack.enter_context(services())
        yield {"DEBUG": "off", **os.environ, **addresses}


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """End in an orderly way: what was started is stopped."""
    raise SystemExit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mvi_portal.devservices", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="a command with the services up: run -- COMMAND…")
    commands.add_parser("manage", help="a management command: manage -- ARGUMENTS…")
    commands.add_parser("letter", help="the progress letter of 2025")
    commands.add_parser("demo", help="the portal with demonstration data").add_argument("--port", type=_port)
    commands.add_parser("clean", help="stop what an interrupted command left running")
    return parser


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise argparse.ArgumentTypeError(f"{value!r} is no port: a number from 1 to 65535")
    return int(value)


def _listen() -> None:
    """Every signal that asks us to end is heard; a script's background command inherits a deaf SIGINT."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def main(arguments: Sequence[str]) -> int:
    """Do one command; its exit code."""
    mark = arguments.index("--") if "--" in arguments else len(arguments)
    given, rest = _parser().parse_args(arguments[:mark]), arguments[mark + 1 :]
    processes.adopt_orphans()
    _listen()
    try:
        match given.command:
            case "run":
                return run(rest)
            case "manage":
                return manage(rest)
            case "letter":
                return letter()
            case "demo":
                return stay_up(given.port)
            case _:
                clean()
                return 0
    except ServicesError as error:
        print(f"{given.command}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    finally:
        processes.reap()
