"""`make letter` and `make demo`, from beginning to end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from mvi_portal.devservices import commands, portal
from mvi_portal.devservices.places import ROOT

pytestmark = pytest.mark.slow


@contextmanager
def listener() -> Iterator[int]:
    """A port that somebody else has."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with listener() as port:
        return port


def child_of(parent: int, word: str) -> int:
    """The process that this one started with that word in its command."""
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (place / "cmdline").read_text().split("\0")
            if word in words and f"PPid:\t{parent}\n" in (place / "status").read_text():
                return int(place.name)
    raise AssertionError(f"{parent} has no child for {word}")


def test_the_letter_comes_out_and_is_the_same_the_second_time(bare_environment: dict[str, str]) -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-m", "mvi_portal.devservices", "letter"],
            cwd=ROOT,
            env=bare_environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    ]
    assert "Peildatum: 31 januari 2025" in outputs[0]
    assert re.search(r"^Tabellen: \d+,\d s$", outputs[0], re.MULTILINE)
    hashes = [re.findall(r"^SHA-256: [0-9a-f]{64}$", output, re.MULTILINE) for output in outputs]
    assert hashes[0]
    assert hashes[0] == hashes[1]
    assert (ROOT / "var/out/voortgangsbrief-2025.pdf").read_bytes().startswith(b"%PDF-")


@contextmanager
def running_demo(port: int, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """`make demo` from the moment that it names its address; deaf to Ctrl-C, as in a script's background."""
    demo = [sys.executable, "-m", "mvi_portal.devservices", "demo", "--port", str(port)]
    with subprocess.Popen(
        ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *demo],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        try:
            assert any(f"http://127.0.0.1:{port}" in line for line in process.stdout)
            yield process
        finally:
            process.kill()  # whatever went wrong, nobody waits for it


def test_the_demo_answers_until_it_is_interrupted(bare_environment: dict[str, str]) -> None:
    port = free_port()
    with running_demo(port, bare_environment) as process:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert not portal.serves(port)


def test_when_one_of_the_three_ends_by_itself_all_ends(bare_environment: dict[str, str]) -> None:
    port = free_port()
    with running_demo(port, bare_environment) as process:
        os.kill(child_of(process.pid, "worker"), signal.SIGKILL)
        assert process.wait(60) == 1
        assert process.stderr
        assert "worker stopped by itself, so all stops" in process.stderr.read()
    assert not portal.serves(port)


def test_a_port_in_use_is_said_before_anything_starts(capsys: pytest.CaptureFixture[str]) -> None:
    with listener() as port:
        assert commands.main(["demo", "--port", str(port)]) == 1
    said = capsys.readouterr()
    assert f"port {port} of 127.0.0.1 cannot be had" in said.err
    assert "make demo PORT=" in said.err
    assert said.out == ""


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_what_is_no_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        commands.main(["demo", f"--port={port}"])
    assert "is no port" in capsys.readouterr().err
