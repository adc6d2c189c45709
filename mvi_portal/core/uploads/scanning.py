"""Asking ClamAV whether a file is clean."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from clamav_client import clamd
from django.conf import settings
from django.db import models

log = logging.getLogger(__name__)
PATIENCE = 60  # seconds


class Scan(models.TextChoices):
    """What is known of viruses in a file."""

    NONE = "none", "niet gescand"  # development: there is no scanner
    WAITING = "waiting", "wacht op de virusscan"  # kept aside: given to nobody until it was scanned
    CLEAN = "clean", "geen virus gevonden"
    INFECTED = "infected", "virus gevonden"

    @property
    def is_open(self) -> bool:
        """Whether the file may be given to somebody."""
        return self in {Scan.NONE, Scan.CLEAN}


def scan(file: Any) -> Scan:
    """The verdict on an open file. Without an answer it waits where there is, or must be, a scanner."""
    unknown = Scan.WAITING if settings.UPLOADS_NEED_SCAN or settings.CLAMAV_ADDRESS else Scan.NONE
    if not settings.CLAMAV_ADDRESS:
        return unknown
    file.seek(0)
    try:
        verdicts = _client(settings.CLAMAV_ADDRESS).instream(file)
    except (clamd.ClamdError, OSError, ValueError) as error:
        log.warning("the virus scanner does not answer: %s", type(error).__name__)
        return unknown
    finally:
        file.seek(0)
    return _verdict([status for status, _name in verdicts.values()], unknown)


def _verdict(found: list[str], unknown: Scan) -> Scan:
    if "FOUND" in found:
        return Scan.INFECTED
    return Scan.CLEAN if found == ["OK"] else unknown


def _client(address: str) -> Any:
    """`tcp://host:3310` or `unix:///folder/socket`."""
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return clamd.ClamdUnixSocket(parts.path, timeout=PATIENCE)
    return clamd.ClamdNetworkSocket(parts.hostname or "", parts.port or 3310, timeout=PATIENCE)
