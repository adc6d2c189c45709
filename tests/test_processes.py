from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from mvi_portal import processes

ENV = dict(os.environ)
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(60)
"""


def test_a_background_child_writes_to_its_log_and_reads_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log" / "child.log"
    child = processes.start_logged(["sh", "-c", "cat; echo out; echo err >&2"], env=ENV, log=log)
    assert child.wait() == 0
    assert log.read_text() == "out\nerr\n"


def test_a_child_is_asked_to_stop() -> None:
    child = processes.start(["sleep", "60"], env=ENV)
    processes.stop(child)
    assert child.returncode == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_made_to_stop(tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = processes.start_logged([sys.executable, "-c", STUBBORN], env=ENV, log=log)
    while not log.read_text():
        time.sleep(0.02)
    processes.stop(child, patience=0.2)
    assert child.returncode == -signal.SIGKILL


def test_stopping_what_has_ended_is_no_fault() -> None:
    child = processes.start(["true"], env=ENV)
    child.wait()
    processes.stop(child)
    assert child.returncode == 0


@pytest.mark.parametrize(("script", "code"), [("exit 3", 3), ("kill -TERM $$", 143)])
def test_an_exit_code_as_shells_have_it(script: str, code: int) -> None:
    assert processes.exit_code(processes.start(["sh", "-c", script], env=ENV)) == code


def test_signal_handlers_are_put_back() -> None:
    before = [signal.getsignal(number) for number in processes.SIGNALS]
    processes.exit_code(processes.start(["true"], env=ENV))
    assert [signal.getsignal(number) for number in processes.SIGNALS] == before
