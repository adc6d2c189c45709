"""The commands as the Makefile calls them: in a process of their own, with this checkout's services."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mvi_portal.devservices.places import ROOT

pytestmark = pytest.mark.slow


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mvi_portal.devservices", *arguments]


def run(*arguments: str, env: dict[str, str], code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command(*arguments), cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done


def test_a_command_is_told_where_the_services_are(bare_environment: dict[str, str]) -> None:
    done = run("run", "--", "sh", "-c", "echo $DATABASE_URL $REDIS_URL", env=bare_environment)
    database, queue = done.stdout.split()
    assert database.startswith("postgres://")
    assert queue.startswith("unix://")


@pytest.mark.parametrize(("script", "code"), [("exit 7", 7), ("kill -9 $$", 137)])
def test_the_exit_code_is_that_of_the_command(
    script: str, code: int, bare_environment: dict[str, str]
) -> None:
    run("run", "--", "sh", "-c", script, env=bare_environment, code=code)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_reaches_the_command(number: signal.Signals, bare_environment: dict[str, str]) -> None:
    script = f"import signal, sys, time; signal.signal({int(number)}, lambda *_: sys.exit(9))"
    inner = [sys.executable, "-c", f"{script}; print('up', flush=True); time.sleep(60)"]
    process = subprocess.Popen(
        command("run", "--", *inner),
        cwd=ROOT,
        env=bare_environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "up\n"
    process.send_signal(number)
    assert process.wait(30) == 9
    process.stdout.close()


def test_a_killed_command_takes_what_it_ran_with_it(bare_environment: dict[str, str]) -> None:
    inner = [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"]
    process = subprocess.Popen(
        command("run", "--", *inner), cwd=ROOT, env=bare_environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    child = int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(child)
    run("run", "--", "true", env=bare_environment)  # and stops the services that it left


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run"], "run what?"),
        (["run", "--", "no-such-program"], "there is no program 'no-such-program'"),
    ],
)
def test_a_command_that_cannot_be_run_is_named(
    arguments: list[str], message: str, bare_environment: dict[str, str]
) -> None:
    done = run(*arguments, env=bare_environment, code=1)
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_management_command_finds_the_demo_register_and_has_standard_output_alone(
    bare_environment: dict[str, str],
) -> None:
    done = run("manage", "--", "figures", "--on", "2025-01-31", "--json", env=bare_environment)
    figures = {figure["key"]: figure["value"] for figure in json.loads(done.stdout)}
    assert figures["ondertekenaars.gemeenten"] == 70


def test_a_management_commands_failure_is_passed_on(bare_environment: dict[str, str]) -> None:
    done = run("manage", "--", "no_such_command", env=bare_environment, code=1)
    assert "no_such_command" in done.stderr
    assert done.stdout == ""


def test_a_command_about_migrations_is_not_kept_from_its_work(bare_environment: dict[str, str]) -> None:
    done = run("manage", "--", "makemigrations", "--check", "--dry-run", env=bare_environment)
    assert done.stdout == "No changes detected\n"


def test_the_data_of_a_running_command_cannot_be_cleaned_away(bare_environment: dict[str, str]) -> None:
    clean = command("clean")
    done = run("run", "--", *clean, env=bare_environment, code=1)
    assert "stop that first" in done.stderr
