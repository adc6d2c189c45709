"""Expanded JSON-LD: nodes whose every value is a list; a fault is noted with its place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from signatories.tooi.errors import Problem, RegisterError
from signatories.tooi.vocabulary import local


@dataclass(frozen=True)
class Node:
    """One node of a file. A field that is missing or wrong is added to `problems` and read as empty."""

    raw: dict[str, Any]
    file: str
    problems: list[Problem]

    @property
    def id(self) -> str:
        return str(self.raw["@id"])

    @property
    def types(self) -> list[str]:
        types = self.raw.get("@type", [])
        return [kind for kind in types if isinstance(kind, str)] if isinstance(types, list) else []

    def wrong(self, text: str, field: str = "") -> None:
        self.problems.append(Problem(self.file, text, node=local(self.id), field=local(field)))

    def text(self, field: str, *, required: bool = True, longest: int | None = None) -> str:
        values = self._values(field, "@value", required=required)
        if len(values) > 1:
            self.wrong("hier mag één waarde staan.", field)
        value = values[0].strip() if values else ""
        if values and required and not value:
            self.wrong("de waarde is leeg.", field)
        if longest is not None and len(value) > longest:
            self.wrong(f"de waarde is langer dan {longest} tekens.", field)
        return value

    def day(self, field: str, *, required: bool = True) -> date | None:
        """A date, or the date of a moment as it is written there (Dutch time)."""
        value = self.text(field, required=required)
        if not value:
            return None
        try:
            return date.fromisoformat(value.split("T")[0])
        except ValueError:
            self.wrong(f"“{value}” is geen datum.", field)
            return None

    def codes(self, field: str, *, required: bool = True) -> list[str]:
        """The codes of the organisations that the field points to."""
        return [local(value) for value in self._values(field, "@id", required=required)]

    def _values(self, field: str, part: str, *, required: bool) -> list[str]:
        if field not in self.raw:
            if required:
                self.wrong("het veld ontbreekt.", field)
            return []
        values = self.raw[field]
        if not isinstance(values, list) or not values:
            self.wrong("hier hoort een lijst met waarden te staan.", field)
            return []
        found = [value.get(part) if isinstance(value, dict) else None for value in values]
        texts = [value for value in found if isinstance(value, str)]
        if len(texts) < len(found):
            self.wrong(f"een waarde heeft geen {part}.", field)
        return texts


@dataclass(frozen=True)
class Document:
    """A file as it was handed in."""

    name: str
    content: bytes


def document(path: Path) -> Document:
    """Raises RegisterError when the file cannot be read."""
    try:
        return Document(path.name, path.read_bytes())
    except OSError as error:
        text = f"het bestand kan niet worden gelezen ({error.strerror})."
        raise RegisterError([Problem(path.name, text)]) from error


def load(path: Document) -> list[Node]:
    """The nodes of a file. Raises RegisterError when it is no list of nodes at all."""
    data = _parse(path)
    if not isinstance(data, list) or not data:
        raise RegisterError(
            [Problem(path.name, "dit is geen TOOI-register: er staat geen lijst met knopen in.")]
        )
    problems: list[Problem] = []
    for number, raw in enumerate(data, start=1):
        if not isinstance(raw, dict) or not isinstance(raw.get("@id"), str):
            problems.append(Problem(path.name, f"element {number} van de lijst is geen knoop met een @id."))
    if problems:
        raise RegisterError(problems)
    return [Node(raw, path.name, problems) for raw in data]


def _parse(path: Document) -> Any:
    try:
        return json.loads(path.content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        place = f"regel {error.lineno}, teken {error.colno}"
        raise RegisterError([Problem(path.name, f"dit is geen geldige JSON ({place}).")]) from error
    except UnicodeDecodeError as error:
        text = f"dit bestand is geen tekst in UTF-8 (byte {error.start})."
        raise RegisterError([Problem(path.name, text)]) from error
    except RecursionError as error:
        text = "het bestand kan niet worden gelezen (te diep genest)."
        raise RegisterError([Problem(path.name, text)]) from error
