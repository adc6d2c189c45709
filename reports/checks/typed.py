"""Numbers in a text that somebody typed: which, and which figure each probably is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mvi_portal.core import citations
from mvi_portal.core.dates import MONTHS
from mvi_portal.core.numbers import WORDS

_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_TEENS = ("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
_ONES = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")


def _in_words() -> dict[str, int]:
    """Up to a hundred, as Dutch writes them; one alone is an article, or meant as such."""
    found = {word: value for value, word in enumerate(WORDS) if value > 1}
    found |= {word: 13 + place for place, word in enumerate(_TEENS)}
    for ten, word in enumerate(_TENS, 2):
        found[word] = ten * 10
        for one, unit in enumerate(_ONES, 1):
            found[f"{unit}{'ën' if unit.endswith('e') else 'en'}{word}"] = ten * 10 + one
    return {**found, "honderd": 100}


NUMBERS = _in_words()
_MONTHS = "|".join(MONTHS)
_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,/\-–€])(?:(?P<digits>\d{{1,3}}(?:\.\d{{3}})+|\d+)(?![\w/]|[.,:\-–]\d)|(?P<words>{_WORDS})\b)",
    re.IGNORECASE,
)
# What is no count: a date, a year, a share, money, a measure, a stretch of time.
_BEHIND = re.compile(
    rf"^(?:\s*%|\s+procent|\s+(?:{_MONTHS})\b|\s+(?:euro|miljoen|miljard|duizend|jaar|jaren|jarige|maand(?:en)?"
    r"|kwarta(?:al|len)|weken|week|dagen|dag|uur|uren|minuten|keer|maal|ton|kilo(?:ton|meter|gram)?|kt|Mt|km|kg"
    r"|mm|meter|graden|e|de|ste)\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:€|\b(?:{_MONTHS}|bijlagen?|fase|artikel|art\.|lid|nrs?\.|nummer|stap|hoofdlijn|actielijn|lijn|thema"
    r"|paragraaf|hoofdstuk|tabel|figuur|versie|blz\.|pagina|dossier|postbus|kamer)(?:\s+(?:en|of))?)\s*$",
    re.IGNORECASE,
)
_YEARS = range(1900, 2101)
_NEAR = re.compile(r"[^\s.;:!?]+")


@dataclass(frozen=True)
class Typed:
    """A number as it stands in a text, and the words around it in small letters."""

    value: int
    shown: str  # with the words behind it, as a reader knows it
    behind: tuple[str, ...]
    before: tuple[str, ...]
    is_word: bool


def typed(words: str) -> Iterator[Typed]:
    """The numbers that may be counts, in order. Citations, dates, years and ordinals are none."""
    cited = [range(match.start, match.end) for match in citations.find(words)]
    for found in _NUMBER.finditer(words):
        if any(found.start() in span for span in cited) or _is_no_count(words, found):
            continue
        value = _value(found)
        behind, before = _around(words, found)
        shown = " ".join([found[0], *behind[:1]])
        yield Typed(value, shown, tuple(map(str.lower, behind)), before, found["words"] is not None)


def _value(found: re.Match[str]) -> int:
    if found["words"]:
        return NUMBERS[found["words"].lower()]
    return int(found["digits"].replace(".", ""))


def _is_no_count(words: str, found: re.Match[str]) -> bool:
    if _BEHIND.match(words[found.end() :]):
        return True
    if _BEFORE.search(words[: found.start()]):
        return True
    return found["words"] is None and "." not in found[0] and _value(found) in _YEARS


def _around(words: str, found: re.Match[str]) -> tuple[list[str], tuple[str, ...]]:
    """Within its sentence: six words behind it, and six before."""
    sentence = re.split(r"[.;:!?](?:\s|$)", words[found.end() :], maxsplit=1)[0]
    start = re.split(r"[.;:!?]\s", words[: found.start()])[-1]
    behind = [word.strip("(),“”‘’") for word in _NEAR.findall(sentence)[:6]]
    before = tuple(word.strip("(),“”‘’").lower() for word in _NEAR.findall(start)[-6:])
    return [word for word in behind if word], before
