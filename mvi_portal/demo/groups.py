"""Buyer groups: those known by name, of which the start is not known, and invented ones that are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from buyergroups.models import BuyerGroup, GroupTheme, Initiator, Output, Participation, Phase, Sector
from buyergroups.models.outputs import OutputKind
from buyergroups.models.participations import ParticipationRole
from buyergroups.models.phases import FINAL, PhaseKind
from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import DEMO, Fields, Organisations, municipality, province
from mvi_portal.demo.invented import AGENCY
from mvi_portal.demo.writer import Writer
from signatories.models import Domain, Manifest, Theme

_FOUND = "bij naam gevonden in openbaar materiaal"
_OWN_SECTOR = "de sector is een eigen indeling; het begin is niet bekend"
_KNOWN = (
    ("circulaire-viaducten-en-bruggen", "Circulaire viaducten en bruggen", Sector.INFRASTRUCTURE, _FOUND),
    ("zero-emissie-bouwmaterieel", "Zero-emissie bouwmaterieel", Sector.INFRASTRUCTURE, _FOUND),
    ("verkeersborden-en-bewegwijzering", "Verkeersborden en bewegwijzering", Sector.INFRASTRUCTURE, _FOUND),
    ("nieuwbouw-en-renovatie-van-scholen", "Nieuwbouw en renovatie van scholen", Sector.BUILDING,
     "scholenopkoersnaar2030.nl"),
    ("zonnepanelen", "Zonnepanelen", Sector.BUILDING, _FOUND),
    ("circulaire-windparken-op-land", "Circulaire windparken op land", Sector.INFRASTRUCTURE, _FOUND),
    ("biobased-bouwmaterialen", "Biobased bouwmaterialen", Sector.BUILDING,
     f"{_FOUND}, met LNV, SIGN en RVO; hun rollen zijn niet bekend"),
    ("ai-beeldherkenning-met-drones", "AI-beeldherkenning met drones", Sector.OPERATIONS,
     f"{_FOUND}, met BZK; de rol is niet bekend"),
)  # fmt: skip

COUNTED, AFTER = 35, (date(2025, 3, 20), date(2025, 10, 2))
_VAGUE = {
    4: PartialDate.month(2020, 4), 9: PartialDate.season(2020, "najaar"), 16: PartialDate.month(2021, 1),
    22: PartialDate.quarter(2022, 1), 31: PartialDate.season(2024, "voorjaar"),
}  # fmt: skip
_SECTORS = (
    (Sector.BUILDING, "Voorbeeldgebouwen"),
    (Sector.INFRASTRUCTURE, "Voorbeeldwegen"),
    (Sector.OPERATIONS, "Voorbeeldkantoor"),
    (Sector.INFRASTRUCTURE, "Voorbeeldwater"),
    (Sector.MOBILITY, "Voorbeeldvervoer"),
)
_PHASES = (  # days after the start
    (PhaseKind.MARKET, 180),
    (PhaseKind.IMPLEMENTATION, 420),
    (PhaseKind.COMPLETED, 780),
)
_STOPPED = 12  # this one ended early
_KNOWN_UNTIL = date(2026, 6, 30)  # no phase begins later: nobody invents what is still to come


@dataclass(frozen=True)
class Made:
    """An invented group."""

    number: int
    started_on: PartialDate

    @property
    def slug(self) -> str:
        return f"voorbeeldgroep-{self.number:02}"

    @property
    def fields(self) -> Fields:
        sector, product = _SECTORS[self.number % len(_SECTORS)]
        social = sector == Sector.OPERATIONS and self.number % 2
        return {
            "slug": self.slug,
            "name": f"Voorbeeldgroep {self.number:02}",
            "sector": sector,
            "product_group": f"{product} {self.number:02}",
            "domain": Domain.SOCIAL if social else Domain.PHYSICAL,
            "description": "Een verzonnen groep: zij laat zien hoe het portaal buyer groups volgt.",
            "started_on": self.started_on,
            **DEMO,
        }

    def phases(self) -> Iterator[tuple[PhaseKind, PartialDate, date | None]]:
        """Kind, begin, and the eve of the next."""
        found = [(PhaseKind.START, self.started_on), *self._later()]
        for (kind, begin), following in zip(found, [*found[1:], None], strict=True):
            yield kind, begin, following[1].last_day - timedelta(days=1) if following else None

    def _later(self) -> Iterator[tuple[PhaseKind, PartialDate]]:
        steps = ((PhaseKind.STOPPED, 300),) if self.number == _STOPPED else _PHASES
        for kind, after in steps:
            day = self.started_on.last_day + timedelta(days=after)
            if day <= _KNOWN_UNTIL:
                yield kind, PartialDate.day(day)


def load(writer: Writer, manifest: Manifest, known: Organisations) -> None:
    """The groups, with the phases, themes, participants and results of the invented ones."""
    made = list(made_groups())
    agency = {"facilitator": known[AGENCY]}
    rows = [*_known_groups(), *({**group.fields, **agency} for group in made)]
    groups = {row.slug: row for row in writer.write(BuyerGroup, rows, key=["slug"]).values()}
    themes = list(manifest.themes.order_by("order"))
    writer.write(Phase, _phases(groups, made), key=["group", "kind"])
    writer.write(GroupTheme, _themes(groups, made, themes), key=["group", "theme"])
    initiators = (
        {"group": groups[item.slug], "organisation": known[_initiator(item)], **DEMO} for item in made
    )
    writer.write(Initiator, initiators, key=["group", "organisation"])
    writer.write(
        Participation, _participations(groups, made, known), key=["group", "organisation", "party_name"]
    )
    writer.write(Output, _outputs(groups, made), key=["group", "title"])


def made_groups() -> Iterator[Made]:
    """13 in 2020, 3 more in January 2021, and 19 until the end of 2024; then two that came after."""
    for number in range(1, COUNTED + 1):
        yield Made(number, _VAGUE.get(number) or PartialDate.day(_start(number)))
    for number, day in enumerate(AFTER, COUNTED + 1):
        yield Made(number, PartialDate.day(day))


def _start(number: int) -> date:
    if number <= 13:
        return date(2020, min(number, 12), 10 + number % 9)
    if number <= 16:
        return date(2021, 1, number)
    months = 3 + (number - 17) * 43 // 18  # from April 2021 to November 2024
    return date(2021 + months // 12, months % 12 + 1, 5 + number % 20)


def _known_groups() -> Iterator[Fields]:
    for slug, name, sector, source in _KNOWN:
        yield {
            "slug": slug,
            "name": name,
            "sector": sector,
            "domain": Domain.PHYSICAL,
            "started_on": None,
            "source": f"{source}; {_OWN_SECTOR}",
        }


def _initiator(group: Made) -> str:
    return province(group.number % 3 + 1)


def _phases(groups: dict[str, BuyerGroup], made: list[Made]) -> Iterator[Fields]:
    for group in made:
        for kind, begin, until in group.phases():
            yield {
                "group": groups[group.slug],
                "kind": kind,
                "valid_from": begin,
                "valid_until": until,
                **DEMO,
            }


def _themes(groups: dict[str, BuyerGroup], made: list[Made], themes: list[Theme]) -> Iterator[Fields]:
    for group in made:
        for theme in themes:
            fits = theme.domain == group.fields["domain"] and (group.number + theme.order) % 3
            if fits:
                yield {"group": groups[group.slug], "theme": theme, **DEMO}


def _participations(
    groups: dict[str, BuyerGroup], made: list[Made], known: Organisations
) -> Iterator[Fields]:
    """A core of two or three, a network of two, and a party from the market; all invented."""
    core, learning, market = ParticipationRole.CORE, ParticipationRole.LEARNING, ParticipationRole.MARKET
    for group in made:
        row = {"group": groups[group.slug], "valid_from": group.started_on, **DEMO}
        members = 4 + group.number % 2
        for place in range(members):
            key = municipality((group.number * 5 + place * 7) % 50 + 1)
            role = learning if place >= members - 2 else core
            project = f"Voorbeeldproject {group.number:02}-{place + 1}" if role == core else ""
            yield {**row, "organisation": known[key], "party_name": "", "role": role, "project": project}
        name = f"Voorbeeldbedrijf {'ABCDE'[group.number % 5]}"
        yield {**row, "organisation": None, "party_name": name, "role": market}


def _outputs(groups: dict[str, BuyerGroup], made: list[Made]) -> Iterator[Fields]:
    """A vision of the market when that phase ended, lessons when the group did."""
    for group in made:
        begins = {kind: begin.last_day for kind, begin, _until in group.phases()}
        results = (
            (OutputKind.MARKET_VISION, "Marktvisie", begins.get(PhaseKind.IMPLEMENTATION)),
            (
                OutputKind.LESSONS,
                "Geleerde lessen",
                next((begins[kind] for kind in FINAL if kind in begins), None),
            ),
        )
        for kind, name, day in results:
            if day:
                title = f"{name} Voorbeeldgroep {group.number:02}"
                yield {
                    "group": groups[group.slug],
                    "kind": kind,
                    "title": title,
                    "published_on": day,
                    **DEMO,
                }
