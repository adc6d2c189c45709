"""One page in plain language (B1) with the main figures, from what was frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.printing import house
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.printing.wording import qualified
from reports.frozen import FrozenLetter

# The key of a figure, with the sentence in which it is told, and what it means.
_SAYING = (
    (
        "ondertekenaars.organisaties",
        "{} organisaties van de overheid doen mee aan het Manifest MVOI.",
        "Zij beloven om bij hun inkoop te letten op mens en milieu.",
    ),
    (
        "ondertekenaars.gemeenten",
        "{} gemeenten doen mee.",
        "Daarnaast doen ministeries, provincies, waterschappen en andere organisaties mee.",
    ),
    (
        "actieplannen.ontvangen",
        "{} actieplannen zijn klaar.",
        "In een actieplan schrijft een organisatie wat zij gaat doen, en wanneer.",
    ),
    (
        "actieplannen.geevalueerd",
        "{} plannen zijn beoordeeld.",
        "Zo weet een organisatie wat goed is in haar plan, en wat beter kan.",
    ),
    (
        "buyergroups.gestart",
        "{} groepen van inkopers zijn begonnen.",
        "In zo'n groep (een buyer group) spreken inkopers samen af wat zij aan bedrijven vragen.",
    ),
)


@dataclass(frozen=True)
class Told:
    """A figure: the number apart, the sentence, what it means, and what changed."""

    sentence: str
    meaning: str
    change: str


class Plain:
    """All that the template asks for."""

    def __init__(self, letter: FrozenLetter) -> None:
        self.letter = letter
        self.title = f"Inkopen met aandacht voor mens en milieu: hoe staat het ervoor op {self.day}?"
        self.told = list(self._told())

    @property
    def day(self) -> str:
        return long_date(self.letter.reference_date)

    @property
    def head(self) -> house.Head:
        name = self.letter.sender.organisation.name_with_kind
        demo = self.letter.is_demo
        return house.Head(
            sender=name[:1].upper() + name[1:],
            title=self.title,
            dated=self.letter.dated,
            addressee=(),
            marks=(house.CONCEPT,) * self.letter.is_concept + (house.DEMO,) * demo,
            notices=(f"{house.DEMO}: een deel van de getallen is verzonnen.",) * demo,
            logo=house.logo(),
            marking=self.letter.marking,
        )

    def _told(self) -> Iterator[Told]:
        for key, sentence, meaning in _SAYING:
            if figure := self.letter.figures.get(key):
                words = qualified(figure, figure.value)
                said = sentence.format(words)
                yield Told(said[:1].upper() + said[1:], meaning, self._change(figure))

    def _change(self, figure: FrozenFigure) -> str:
        since = self.letter.since
        if since is None or figure.previous is None:
            return ""
        difference = figure.value - figure.previous
        if not difference:
            return f"Dat zijn er evenveel als op {long_date(since)}."
        more = "meer" if difference > 0 else "minder"
        return f"Dat zijn er {number(abs(difference))} {more} dan op {long_date(since)}."


def to_html(letter: FrozenLetter) -> str:
    """For paper."""
    page = Plain(letter)
    return render_to_string(
        "reports/plain_page.html", {"page": page, "letter": letter, "dated": letter.dated}
    )


def to_page(letter: FrozenLetter) -> str:
    """As one file for the screen."""
    return render_to_string("reports/plain_screen.html", {"page": Plain(letter), "letter": letter})


def figures_of(letter: FrozenLetter) -> dict[str, int]:
    return {key: letter.figures[key].value for key, *_told in _SAYING if key in letter.figures}
