"""Names that were borne on another day: which stand in a text, and what they are on the day itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from signatories.models import OrganisationName, Succession
from signatories.models.organisations import on_day

_SHORTEST = 3
_FIELDS = ("organisation", "name", "name_with_kind", "abbreviation")
# Former municipalities whose name is a word, a first name or a place elsewhere too: only as a municipality.
_WORDS_TOO = re.compile(
    "Axel|Born|Doorn|Echt|Egmond|Elst|Goor|Grave|Haren|Hasselt|Heel|Helden|Horst|Kessel|Leek|Lith|Monster"
    "|Schermer|Thorn|Valkenburg|Vlist|Wisch"
)
_MUNICIPAL = re.compile(
    r"(?:\bgemeenten?\b[^.;:!?]{0,80}"
    r"|\b(?:burgemeester|wethouder|college|raad)(?:\s+en\s+wethouders)?\s+van\s+)$",
    re.IGNORECASE,
)
# Said on purpose: "de toenmalige minister van EZK".
_THEN = re.compile(
    r"(?:toenmalige?|voormalige?|destijds|vroegere?|eerder|eertijds)\W+(?:\w+\W+){0,6}$", re.IGNORECASE
)


def advice(now: str) -> str:
    then = "zeg dat het de naam van toen is (‘het toenmalige …’)"
    return f"Schrijf ‘{now}’, of {then}." if now else f"Die dag bestond dit niet meer: {then}."


@dataclass(frozen=True)
class FormerNames:
    """Names of another date, which no organisation bears on the day; `now` tells each by that of the day."""

    now: dict[str, str]
    held: frozenset[str]  # all names of the day

    def within(self, words: str) -> list[str]:
        """Those that stand there, and not within a name of the day: ‘Echt’ in ‘Echt-Susteren’."""
        said = [name for name in self.now if name in words]
        around = [name for name in self.held if name in words] if said else []

        def counts(name: str, match: re.Match[str]) -> bool:
            if _WORDS_TOO.fullmatch(name) and not _MUNICIPAL.search(words[: match.start()]):
                return False
            return not any(_covers(longer, words, match) for longer in around if name in longer)

        return found_in(words, said, counts=counts)


def _covers(longer: str, words: str, match: re.Match[str]) -> bool:
    first = words.find(longer, max(0, match.start() - len(longer)))
    while 0 <= first <= match.start():
        if match.end() <= first + len(longer):
            return True
        first = words.find(longer, first + 1)
    return False


def former_names(day: date) -> FormerNames:
    """Of all organisations, municipalities that merged among them; three queries."""
    exists = on_day(day, start="organisation__valid_from", end="organisation__valid_until")
    holds = on_day(day) & exists
    here = {key: names for key, *names in OrganisationName.objects.filter(holds).values_list(*_FIELDS)}
    held = frozenset(name for names in here.values() for name in names if name)
    rows = list(
        OrganisationName.objects.exclude(pk__in=OrganisationName.objects.filter(holds)).values_list(*_FIELDS)
    )
    after = _successors(day, here) if any(key not in here for key, *_names in rows) else {}
    found: dict[str, str] = {}
    for key, *names in rows:
        current = [here[other] for other in ([key] if key in here else after.get(key, []))]
        for place, name in enumerate(names):
            if len(name) >= _SHORTEST and name not in held and name[:1].isupper():
                now = [other[place] or other[0] for other in current]
                found[name] = " of ".join(sorted({item for item in now if item != name}))
    return FormerNames(found, held)


def _successors(day: date, here: Collection[int]) -> dict[int, list[int]]:
    """By who is gone those that exist on the day, however many steps they are away."""
    steps: dict[int, list[int]] = defaultdict(list)
    for before, after in Succession.objects.filter(on__lte=day).values_list("predecessor", "successor"):
        steps[before].append(after)
    return {key: list(_onward(key, steps, here)) for key in steps}


def _onward(start: int, steps: Mapping[int, list[int]], here: Collection[int]) -> Iterator[int]:
    seen, waiting = {start}, [start]
    while waiting:
        for key in steps.get(waiting.pop(), ()):
            if key in seen:
                continue
            seen.add(key)
            if key in here:
                yield key
            else:
                waiting.append(key)


def found_in(
    words: str,
    names: Iterable[str],
    *,
    counts: Callable[[str, re.Match[str]], bool] = lambda _name, _at: True,
) -> list[str]:
    """The names that stand there as whole words and count there; the longest where one holds another."""
    spans: dict[str, list[range]] = defaultdict(list)
    for name in sorted((name for name in names if name in words), key=lambda name: (-len(name), name)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", words):
            inside = any(match.start() in span for held in spans.values() for span in held)
            if not inside and not _THEN.search(words[: match.start()]) and counts(name, match):
                spans[name].append(range(match.start(), match.end()))
    return sorted(spans)
