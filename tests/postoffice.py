"""A real mail server for a test: it takes, refuses, puts off, hangs up, or keeps who sends waiting."""

from __future__ import annotations

import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from pytest_django import Settings

REFUSED = "550 5.1.1 Deze postbus bestaat niet"
LATER = "451 4.7.1 Probeer het later opnieuw"


@dataclass
class PostOffice:
    """What arrived, and how it answers: by recipient, and to the whole of a mail."""

    port: int
    letters: list[Message] = field(default_factory=list)
    by_recipient: dict[str, str] = field(default_factory=dict)
    to_data: str = "250 2.0.0 Aangenomen"
    hangs_up: bool = False
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if answer := self.by_recipient.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - likewise
        self.letters.append(email.message_from_bytes(envelope.content))
        if self.hangs_up:
            server.transport.abort()
        self.gate.wait(30)
        return self.to_data

    @property
    def env(self) -> dict[str, str]:
        """For a worker in a process of its own."""
        return {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(self.port), "EMAIL_SECURITY": "none"}


@contextmanager
def post_office() -> Iterator[PostOffice]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    office = PostOffice(port)
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office
    finally:
        office.gate.set()
        controller.stop()


def send_there(office: PostOffice, settings: Settings) -> None:
    """Mail of this process goes to the server of the test."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = ""
    settings.EMAIL_TIMEOUT = 5
