"""Handing one mail to the server, and understanding its answer.

Over SMTP the steps are taken one by one: only so the server's own words are known, and whether the mail was
in its hands when the connection broke.
"""

from __future__ import annotations

import smtplib
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import sanitize_address

from mvi_portal.mails.models import Mail

LONGEST = 1000  # characters of an answer that are kept
TEMPORARY = range(400, 500)
BROKE = smtplib.SMTPServerDisconnected, OSError
IN_A_FILE = "In een bestand gezet: deze omgeving verstuurt geen mail."


class Fate(Enum):
    """What became of one try."""

    ACCEPTED = "accepted"
    LATER = "later"  # the server will not have it now
    REFUSED = "refused"  # nor ever
    UNREACHABLE = "unreachable"  # the server was not there, or did not let us in: it is not about this mail
    UNKNOWN = "unknown"  # the connection broke while the mail was in the server's hands


@dataclass(frozen=True)
class Outcome:
    fate: Fate
    answer: str


def message_of(mail: Mail) -> EmailMessage:
    """As it goes out: the same number each time, so that a server that has it can know it again."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    number = f"<{mail.message_id}@{sender.rpartition('@')[2] or 'localhost'}>"
    headers = {"Message-ID": number, "Auto-Submitted": "auto-generated"}
    to = formataddr((mail.recipient_name, mail.recipient))
    message = EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
    for file in mail.attachments.all():
        message.attach(file.name, bytes(file.content), file.content_type)
    return message


class Post(AbstractContextManager["Post"]):
    """One connection for many mails, opened when the first one goes."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def __exit__(self, *_: object) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._connection.close()

    def deliver(self, message: EmailMessage) -> Outcome:
        """A connection that the server closed while it was idle is opened anew, once."""
        was_open = getattr(self._connection, "connection", None) is not None
        outcome = self._try(message)
        if outcome.fate is Fate.UNREACHABLE and was_open:
            outcome = self._try(message)
        return outcome

    def _try(self, message: EmailMessage) -> Outcome:
        try:
            self._connection.open()
            server = getattr(self._connection, "connection", None)
            if server is None:
                self._connection.send_messages([message])
                return Outcome(Fate.ACCEPTED, IN_A_FILE)
            outcome = _hand_over(server, message)
        except (smtplib.SMTPException, OSError) as error:
            outcome = Outcome(Fate.UNREACHABLE, _told(error))
        if outcome.fate in {Fate.UNREACHABLE, Fate.UNKNOWN}:
            self._hang_up()
        return outcome

    def _hang_up(self) -> None:
        """A broken connection is not used again."""
        with suppress(smtplib.SMTPException, OSError):
            self._connection.close()
        self._connection = get_connection()


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> Outcome:
    """Raises what broke the connection before the mail itself was handed over."""
    server.ehlo_or_helo_if_needed()
    encoding = message.encoding or settings.DEFAULT_CHARSET
    sender = parseaddr(sanitize_address(message.from_email, encoding))[1]
    to = parseaddr(sanitize_address(message.to[0], encoding))[1]
    for said in (server.mail(sender), server.rcpt(to)):
        if said[0] not in {250, 251}:
            server.rset()
            return _outcome(*said)
    whole: Any = message.message()  # Django's own, which knows how lines end on the wire
    return _data(server, whole.as_bytes(linesep="\r\n"))


def _data(server: smtplib.SMTP, content: bytes) -> Outcome:
    try:
        return _outcome(*server.data(content))
    except smtplib.SMTPDataError as error:  # the server did not want to begin
        server.rset()
        return _outcome(error.smtp_code, error.smtp_error)
    except BROKE as error:
        return Outcome(Fate.UNKNOWN, _told(error))


def _outcome(code: int, said: bytes | str) -> Outcome:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    answer = f"{code} {' '.join(text.split())}"[:LONGEST]
    if code == 250:
        return Outcome(Fate.ACCEPTED, answer)
    return Outcome(Fate.LATER if code in TEMPORARY else Fate.REFUSED, answer)


def _told(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:LONGEST]
