"""Whether a PDF is a letter of ours, what was sent, one that was changed, or none that we know."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models

from mvi_portal.core.uploads import words_of
from reports import frozen
from reports.models import LetterVersion, ParcelFile, SentDifference, SentFile
from reports.models.versions import LetterVersionQuerySet
from reports.render import figures_in

# What our files say in their properties (reports.parcel.letter.identifier).
_MARK = re.compile(rb"urn:mvi-portaal:(?P<name>[\w.-]+):(?P<sha256>[0-9a-f]{64})")
_DIGITS = re.compile(r"[0-9a-f]{64}")
_SPACE = re.compile(r"\s+")


class State(models.TextChoices):
    OURS = "ours", "van het portaal"
    SENT = "sent", "verzonden"
    CHANGED = "changed", "veranderd"
    UNKNOWN = "unknown", "onbekend"


@dataclass(frozen=True)
class Proof:
    """What was found; `figures` are those that the document prints, by their keys."""

    state: State
    sha256: str
    version: LetterVersion | None = None
    sent: SentFile | None = None
    title: str = "De brief als PDF"
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def differences(self) -> list[SentDifference]:
        """Where what was sent says something else than its frozen version, as kept when it was sent."""
        return list(self.sent.differences.select_related("explained_by")) if self.sent else []

    @property
    def holds(self) -> bool:
        """Byte for byte what was made, or what was sent."""
        return self.state in {State.OURS, State.SENT}


def prove(content: bytes, versions: LetterVersionQuerySet) -> Proof:
    """Of the versions of letters that may be told of."""
    sha256 = hashlib.sha256(content).hexdigest()
    return (
        _sent(sha256, versions)
        or _of_parcel(sha256, versions)
        or _ours(sha256, versions)
        or _changed(content, sha256, versions)
        or Proof(State.UNKNOWN, sha256)
    )


def _sent(sha256: str, versions: LetterVersionQuerySet) -> Proof | None:
    found = SentFile.objects.select_related("letter", "version__letter").filter(sha256=sha256)
    sent = found.filter(letter__versions__in=versions).distinct().first()
    if sent is None:
        return None
    version = sent.version
    return Proof(State.SENT, sha256, version, sent, "De verzonden brief", _figures(version))


def _of_parcel(sha256: str, versions: LetterVersionQuerySet) -> Proof | None:
    files = ParcelFile.objects.filter(sha256=sha256, parcel__version__in=versions)
    row = files.select_related("parcel__version__letter").order_by("-parcel__version__number").first()
    return Proof(State.OURS, sha256, row.parcel.version, None, row.title, row.figures) if row else None


def _ours(sha256: str, versions: LetterVersionQuerySet) -> Proof | None:
    version = versions.select_related("letter").filter(file_sha256=sha256).order_by("-number").first()
    return Proof(State.OURS, sha256, version, figures=_figures(version)) if version else None


def _changed(content: bytes, sha256: str, versions: LetterVersionQuerySet) -> Proof | None:
    """A file that still carries the mark of one of ours, in its properties or as it prints it."""
    marked = [(match["sha256"].decode(), match["name"].decode()) for match in _MARK.finditer(content)]
    for print_, name in marked or _printed(content):
        found = versions.select_related("letter").filter(content_sha256=print_).order_by("-number")
        if version := found.first():
            return Proof(State.CHANGED, sha256, version, None, _title(version, name), _figures(version))
    return None


def _printed(content: bytes) -> Iterator[tuple[str, str]]:
    """The fingerprints that stand in the text, also when a line ends in the middle of one."""
    text = _SPACE.sub("", words_of(content))
    yield from ((found, "") for found in dict.fromkeys(_DIGITS.findall(text)))


def _title(version: LetterVersion, name: str) -> str:
    row = ParcelFile.objects.filter(parcel__version=version, name=name).first()
    return row.title if row else "De brief als PDF"


def _figures(version: LetterVersion | None) -> dict[str, int]:
    if version is None or not version.content:
        return {}
    return {figure.key: figure.value for figure in figures_in(frozen.from_json(version.content))}
