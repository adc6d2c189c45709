"""Whose plan a file is, guessed from its name. A person confirms it before anything counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from django.db.models import Exists, F, OuterRef

from signatories.forms.fields import plain
from signatories.models import Organisation, Signatory

CODE = re.compile(r"\b(gm|pv|ws|mnre|oorg|so|zbo?)\d{2,6}\b", re.IGNORECASE)
NOISE = re.compile(
    r"actieplan(nen)?|uitvoeringsplan|plan(nen)?|mvoi|mvi|manifest|gemeente|provincie|waterschap|ministerie|van|de|het"
    r"|een|en|voor|versie|v\d+|\d+|def(initief)?|concept|final|vastgesteld|getekend|scan|kopie|copy|bijlage|regionaal"
    r"|maatschappelijk|verantwoord|opdrachtgeven|inkopen|pdf|docx?|odt",
    re.IGNORECASE,
)
SHORT = 5  # a word of fewer letters is like too many names: it must be one (Ede, Goes)
MOST_TRIES = 8
MOST_FOUND, SHOWN = 200, 5


def organisations(filename: str, *, on: date) -> list[Any]:
    """Whose it can be, the likeliest first, by name of the day: by code, else by name, also a former one."""
    stem = PurePath(filename).stem.replace("_", " ")
    if code := CODE.search(stem):
        by_code = list(_named(on).filter(key__iexact=code[0]))
        if by_code:
            return by_code
    for words in _phrases(stem):
        found = list(_like(words, on)[:MOST_FOUND])
        if found:
            whole = plain(stem)
            found.sort(key=lambda item: (not item.is_signed, not _is_in(whole, item)))
            return found[:SHOWN]
    return []


def title(filename: str) -> str:
    """The name as people would write it."""
    stem = " ".join(PurePath(filename).stem.replace("_", " ").split())
    return stem[:1].upper() + stem[1:]


def _phrases(stem: str) -> Iterator[str]:
    """What is left of the name without common words: the whole, then pairs, then single words."""
    loose = re.sub(r"[^\w' -]|(?<=\w)-(?=\d)", " ", stem)
    words = [word for word in loose.split() if word and not _is_noise(word)]
    tries = [" ".join(words), *(" ".join(pair) for pair in pairwise(words))]
    tries += words
    yield from list(dict.fromkeys(phrase for phrase in tries if phrase))[:MOST_TRIES]


def _is_in(stem: str, organisation: Any) -> bool:
    """Whether a name, number and all, stands in the file's name."""
    return any(plain(name.name) in stem for name in organisation.names.all())


def _is_noise(word: str) -> bool:
    return all(not part or NOISE.fullmatch(part) for part in word.split("-"))


def _named(on: date) -> Any:
    signed = Exists(Signatory.objects.in_force(on=on).filter(organisation=OuterRef("pk")))
    return Organisation.objects.with_name(on=on).annotate(is_signed=signed)


def _like(words: str, on: date) -> Any:
    """Who signed stands first: others owe no plan."""
    if len(words) < SHORT:
        return (
            _named(on)
            .filter(names__name__iexact=words)
            .prefetch_related("names")
            .order_by(F("is_signed").desc(), "key")
        )
    near = _named(on).search(words).prefetch_related("names")
    return near.order_by(F("is_signed").desc(), F("closeness").desc(), "key")
