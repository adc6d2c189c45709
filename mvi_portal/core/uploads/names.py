"""The name that a file came with, made safe to keep and to give back."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath, PureWindowsPath

from mvi_portal.core.uploads.kinds import FileKind

LONGEST = 200
AWKWARD = set('\\/:*?"<>|')


def clean_name(name: str, kind: FileKind) -> str:
    """Without folders and signs that a computer cannot bear; it ends as its content does."""
    last = PureWindowsPath(PurePath(name).name).name
    shown = "".join(sign for sign in unicodedata.normalize("NFC", last) if _is_fit(sign))
    stem = PurePath(" ".join(shown.split())).stem.strip(". ")
    return f"{stem[:LONGEST].strip() or 'bestand'}.{kind.ending}"


def _is_fit(sign: str) -> bool:
    """No control signs, nor those that turn the order of a line around."""
    return sign not in AWKWARD and unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
