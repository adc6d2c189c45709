"""`make letter` and `make demo`, from beginning to end."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import takewhile
from threading import Thread

import pytest

from mvi_portal.devservices import commands, demo, portal, servers
from mvi_portal.devservices.places import ROOT, ServicesError

pytestmark = pytest.mark.slow


@contextmanager
def listener() -> Iterator[int]:
    """A port that somebody else has."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with listener() as port:
        return port


@contextmanager
def running_demo(port: int, env: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`make demo`, and what it says up to its address; deaf to Ctrl-C, as in a script's background."""
    command = [sys.executable, "-m", "mvi_portal.devservices", "demo", "--port", str(port)]
    with subprocess.Popen(
        ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *command],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        try:
            said = list(takewhile(lambda line: f"http://127.0.0.1:{port}" not in line, process.stdout))
            yield process, "".join(said)
        finally:
            process.kill()  # whatever went wrong, nobody waits for it


def letter_in(said: str) -> list[str]:
    return re.findall(r"^SHA-256: [0-9a-f]{64}$", said, re.MULTILINE)


def test_the_letter_comes_out_and_is_the_same_in_the_demo_which_answers_until_it_is_interrupted(
    bare_environment: dict[str, str],
) -> None:
    command = [sys.executable, "-m", "mvi_portal.devservices", "letter"]
    said = subprocess.run(
        command, cwd=ROOT, env=bare_environment, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    assert "Peildatum: 31 januari 2025" in said
    assert re.search(r"^Tabellen: \d+,\d s$", said, re.MULTILINE)
    assert letter_in(said)
    assert (ROOT / "var/out/voortgangsbrief-2025.pdf").read_bytes().startswith(b"%PDF-")

    port = free_port()
    with running_demo(port, bare_environment) as (process, again):
        assert letter_in(again) == letter_in(said)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert not portal.serves(port)


def kill_when_served(port: int, child: subprocess.Popen[bytes]) -> None:
    servers.wait_until(lambda: portal.serves(port), seconds=60)
    child.kill()


def test_when_one_of_the_three_ends_by_itself_all_ends(bare_environment: dict[str, str]) -> None:
    port = free_port()
    with portal.worker(bare_environment) as worker:
        end = Thread(target=kill_when_served, args=[port, worker])
        end.start()
        with pytest.raises(ServicesError, match="worker stopped by itself, so all stops"):
            demo.stay_up(port, bare_environment, worker)
        end.join()
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
