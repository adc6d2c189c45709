"""A connection breaks in the middle of an upload: nothing half of it is kept, and it can be sent again."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from actionplans.models import PlanVersion
from mvi_portal.files.models import FileScan, Upload
from mvi_portal.wsgi import application
from tests.actionplans.keeping import person
from tests.documents import pdf
from tests.factories.actionplans import ActionPlanFactory

BOUNDARY = "grens"
TOKEN = "a" * 32
PADDED = pdf() + b"%" * 200_000  # so that half of it is a PDF that opens


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """The answers are looked at; lines on the screen are not."""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False  # so that closing it waits until every request is done

    def process_request_thread(self, request: object, client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            connection.close()


@contextmanager
def served() -> Iterator[int]:
    """The port; afterwards every request that came has been answered."""
    with make_server("127.0.0.1", 0, application, Server, Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def request(client: Client, path: str, field: str, **more: str) -> bytes:
    """As a browser sends it, its token in a header: then nothing but the body is lacking."""
    fields = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in more.items()
    )
    file = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="plan.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = (fields + file).encode() + PADDED + f"\r\n--{BOUNDARY}--\r\n".encode()
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    head = (
        f"POST {path} HTTP/1.1\r\nHost: testserver\r\nConnection: close\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}\r\n"
        f"X-CSRFToken: {TOKEN}\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send(port: int, content: bytes) -> bytes:
    """The whole answer; the sending side closes when `content` is gone."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
        wire.sendall(content)
        wire.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: wire.recv(65_536), b""))


def hang_up(port: int, content: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
        wire.sendall(content)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cut", [hang_up, send])
def test_half_an_upload_leaves_nothing_and_the_whole_one_is_kept_once(
    cut: Callable[[int, bytes], object], media: Path
) -> None:
    eva = person()
    plan = ActionPlanFactory()
    to_plan = request(eva, f"/actieplannen/{plan.slug}/versies/nieuw/", "file", received_on="1 juni 2023")
    dragged = request(eva, "/actieplannen/uploaden/", "files")
    with served() as port:
        for content in (to_plan, dragged):
            cut(port, content[: len(content) // 2])
    assert (PlanVersion.objects.count(), Upload.objects.count(), FileScan.objects.count()) == (0, 0, 0)
    assert not [path for path in media.rglob("*") if path.is_file()]

    with served() as port:
        answers = [send(port, content) for content in (to_plan, to_plan, dragged, dragged)]
    assert all(answer.split(b" ", 2)[1] == b"302" for answer in answers)
    assert PlanVersion.objects.get().file.read() == PADDED
    assert Upload.objects.get().file.read() == PADDED
    assert len([path for path in media.rglob("*") if path.is_file()]) == 2
