"""A real scan, by clamd itself where the machine has it, and by a listener that speaks its protocol."""

from __future__ import annotations

import shutil
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from mvi_portal.core.uploads import Scan, scan
from mvi_portal.files import services
from mvi_portal.files.models import FileScan, Upload
from tests.documents import EICAR, docx, packed, pdf, sent
from tests.factories.signatories import ActorFactory

CLAMD = shutil.which("clamd") or "/usr/sbin/clamd"


class Session(socketserver.StreamRequestHandler):
    """INSTREAM as clamd answers it; anything with the test string in it is found."""

    def handle(self) -> None:
        assert self.rfile.readline() == b"nINSTREAM\n"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.wfile.write(b"stream: Eicar-Test FOUND\n" if EICAR in content else b"stream: OK\n")


@pytest.fixture
def scanner(settings: Settings) -> Iterator[str]:
    """Where a scanner listens."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMAV_ADDRESS = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield settings.CLAMAV_ADDRESS
        server.shutdown()


@pytest.fixture
def away(settings: Settings) -> None:
    settings.CLAMAV_ADDRESS = "tcp://127.0.0.1:1"


def infected() -> bytes:
    """Not packed, so that a plain search finds it."""
    return pdf() + EICAR


@pytest.mark.django_db
def test_a_clean_file_is_taken_and_one_with_a_virus_is_not(scanner: str) -> None:
    by = ActorFactory()
    assert services.scan_of(services.park(file=sent(pdf()), by=by)) is Scan.CLEAN
    with pytest.raises(ValidationError, match="virus gevonden"):
        services.park(file=sent(infected()), by=by)
    assert Upload.objects.count() == 1


@pytest.mark.django_db
def test_what_came_while_the_scanner_was_away_is_scanned_later(
    away: None, settings: Settings, request: pytest.FixtureRequest,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    by = ActorFactory()
    good, bad = services.park(file=sent(pdf()), by=by), services.park(file=sent(infected()), by=by)
    gone = services.park(file=sent(docx(), "b.docx"), by=by)
    default_storage.delete(gone.path)
    assert services.scan_of(good) is Scan.WAITING
    assert services.scan_waiting() == 0
    request.getfixturevalue("scanner")
    with django_capture_on_commit_callbacks(execute=True):
        services.scan_waiting()
    assert services.scan_of(good) is Scan.CLEAN
    assert services.scan_of(bad) is Scan.INFECTED
    assert default_storage.exists(good.path)
    assert not default_storage.exists(bad.path)
    assert not FileScan.objects.filter(state=Scan.WAITING).exists()
    with pytest.raises(ValidationError, match="virus gevonden"):
        services.park(file=sent(infected()), by=by)  # it is known by now


@pytest.mark.django_db
def test_of_bytes_that_came_twice_the_copy_that_is_left_is_scanned(
    away: None, request: pytest.FixtureRequest,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    by = ActorFactory()
    first, second = services.park(file=sent(pdf()), by=by), services.park(file=sent(pdf()), by=by)
    with django_capture_on_commit_callbacks(execute=True):
        services.drop(upload=second)
    request.getfixturevalue("scanner")
    assert services.scan_waiting() == 1
    assert services.scan_of(first) is Scan.CLEAN


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The daemon itself, that knows one virus."""
    if not Path(CLAMD).exists():
        pytest.skip("clamd is not on this machine")
    home = tmp_path_factory.mktemp("clamd")
    home.chmod(0o755)
    (home / "test.ndb").write_text(f"Eicar:0:*:{EICAR.hex()}\n")
    address = home / "clamd.sock"
    lines = ["Foreground yes", f"DatabaseDirectory {home}", f"LocalSocket {address}", "StreamMaxLength 60M"]
    (home / "clamd.conf").write_text("\n".join(lines))
    daemon = subprocess.Popen([CLAMD, "-c", str(home / "clamd.conf")], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not address.exists() and daemon.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"unix://{address}"
    daemon.terminate()
    daemon.wait(10)


@pytest.mark.slow
def test_clamd_itself_finds_it_also_in_a_package(clamd: str, settings: Settings) -> None:
    settings.CLAMAV_ADDRESS = clamd
    verdicts: list[Any] = [
        scan(ContentFile(content)) for content in (pdf(), infected(), packed({"word/a.bin": EICAR}))
    ]
    assert verdicts == [Scan.CLEAN, Scan.INFECTED, Scan.INFECTED]
