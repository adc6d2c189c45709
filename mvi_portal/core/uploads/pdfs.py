"""PDF files: whether they open, how many pages they have, and whether one can search in them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from mvi_portal.core.uploads.packed import DAMAGED, LOCKED

READER = Path(__file__).with_name("pdf_reader.py")
WORDS = Path(__file__).with_name("pdf_words.py")
PATIENCE = 30  # seconds


def check_pdf(file: Any) -> tuple[int, bool]:
    """The number of pages, and whether it is searchable: half of the pages hold text.

    Raises ValidationError.
    """
    found = _read(file)
    if found.get("fault") == "locked":
        raise ValidationError(LOCKED, code="locked")
    if not found.get("pages"):
        raise ValidationError(DAMAGED, code="damaged")
    return int(found["pages"]), bool(found["searchable"])


def texts_of(file: Any) -> list[str]:
    """The text of each page; nothing of a file that cannot be read."""
    found = _read(file, "text").get("texts", [])
    return [str(text) for text in found]


def _read(file: Any, *asked: str) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        file.seek(0)
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        return _ask(copy.name, *asked)


def _ask(path: str, *asked: str) -> dict[str, Any]:
    """A reader that breaks, or takes too long, has found a damaged file."""
    command = [sys.executable, "-I", str(READER), path, *asked]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603 - ours
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {}
    return found


def words_of(content: bytes) -> str:
    """The text of a PDF, page by page; nothing for a file that cannot be read."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        copy.write(content)
        copy.flush()
        command = [sys.executable, "-I", str(WORDS), copy.name]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - ours
        except subprocess.SubprocessError:
            return ""
    return done.stdout.decode(errors="replace")
