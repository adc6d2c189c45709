"""Our own nodes in a text: what the letter fills in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models

from .grammar import Tag


class ProseError(ValueError):
    """A node that cannot be meant; the message is Dutch and tells which."""


class Form(models.TextChoices):
    """How a figure is printed."""

    NUMBER = "number", "getal"
    WORDS = "words", "in woorden (tot en met twaalf)"
    CHANGE = "change", "verschil met de vorige brief"
    TREND = "trend", "neemt toe, neemt af of blijft gelijk"
    ALL = "all", "alle"
    AT_LEAST = "at-least", "minstens of zo’n"


@dataclass(frozen=True, slots=True)
class FigureNode:
    """A figure of the register, in the text."""

    key: str
    form: Form = Form.NUMBER

    def __str__(self) -> str:
        return _markup("mvi-figure", {"data-key": self.key, "data-form": self.form.value})


@dataclass(frozen=True, slots=True)
class CitationNode:
    """A paper that is cited: a footnote of its own, or in the words of the footnote that it stands in."""

    ref: str
    in_footnote: bool = False

    def __str__(self) -> str:
        return _markup("mvi-citation", {"data-ref": self.ref})


@dataclass(frozen=True, slots=True)
class FootnoteNode:
    """A footnote; in `render` its own nodes are already filled in."""

    html: str

    def __str__(self) -> str:
        return f"<mvi-footnote>{self.html}</mvi-footnote>"


@dataclass(frozen=True, slots=True)
class TableNode:
    """A table of figures."""

    keys: tuple[str, ...]
    title: str = ""

    def __str__(self) -> str:
        return _markup("mvi-table", {"data-keys": " ".join(self.keys), "data-title": self.title})


INDICATOR = "indicator."  # before the name of an indicator: a chart can be of one


@dataclass(frozen=True, slots=True)
class ChartNode:
    """A chart with its table, of one figure's series or of what was measured of an indicator.

    `since` None lets the letter choose where it begins; an indicator has all that is known.
    """

    key: str
    since: date | None = None
    title: str = ""

    def __str__(self) -> str:
        since = self.since.isoformat() if self.since else ""
        return _markup("mvi-chart", {"data-key": self.key, "data-from": since, "data-title": self.title})


Node = FigureNode | CitationNode | FootnoteNode | TableNode | ChartNode


def node_of(tag: Tag, *, in_footnote: bool) -> Node:
    """The node that a (clean) leaf stands for; ProseError when it says too little or something unknown."""
    values = tag.attributes
    match tag.name:
        case "mvi-figure":
            return FigureNode(_needed(tag, "data-key", "Een cijfer"), _form(values.get("data-form")))
        case "mvi-citation":
            return CitationNode(_needed(tag, "data-ref", "Een verwijzing"), in_footnote)
        case "mvi-table":
            keys = _needed(tag, "data-keys", "Een tabel met cijfers").split()
            return TableNode(tuple(keys), values.get("data-title", ""))
        case _:
            key = _needed(tag, "data-key", "Een grafiek")
            return ChartNode(key, _since(values.get("data-from")), values.get("data-title", ""))


def _markup(name: str, attributes: dict[str, str]) -> str:
    return f"{Tag(name, {key: value for key, value in attributes.items() if value})}</{name}>"


def _needed(tag: Tag, attribute: str, what: str) -> str:
    value = tag.attributes.get(attribute, "")
    if not value:
        raise ProseError(f"{what} in de tekst zegt niet waarnaar het verwijst ({attribute} ontbreekt).")
    return value


def _form(value: str | None) -> Form:
    try:
        return Form(value or Form.NUMBER)
    except ValueError:
        raise ProseError(f"Een cijfer in de tekst heeft een onbekende vorm: “{value}”.") from None


def _since(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ProseError(f"Een grafiek begint op een dag die niet bestaat: “{value}”.") from None
