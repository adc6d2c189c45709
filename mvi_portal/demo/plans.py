"""Action plans: those known by name, and invented ones of invented signatories, with delays and inquiries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from actionplans.models import ActionPlan, Ambition, Answer, Delay, Inquiry, PlanCoverage, PlanVersion
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import DEMO, NOTE, TO_CONFIRM, Fields, institution, municipality, province
from mvi_portal.demo.files import file_of
from mvi_portal.demo.invented import INSTITUTIONS, PROVINCES
from mvi_portal.demo.writer import Writer
from signatories.models import Manifest, Signature, Theme

REGIONAL = (10, 11, 12)  # one plan of three municipalities
_FIRST = date(2023, 6, 1)  # of the invented plans; the others follow at equal distances
_STEP = timedelta(days=11)
_EARLY = range(1, 41)
_LATER = {
    43: date(2024, 2, 8), 44: date(2024, 9, 20), 45: date(2024, 3, 14), 47: date(2024, 4, 4),
    48: date(2024, 6, 6), 49: date(2024, 7, 11), 51: date(2023, 12, 7), 53: date(2024, 10, 17),
    57: date(2025, 1, 23), 41: date(2025, 4, 10), 56: date(2025, 6, 12), 61: date(2025, 5, 22),
}  # fmt: skip
_BY_MONTH = {municipality(30): PartialDate.month(2024, 4)}
_SCANNED = 2
_SECOND_VERSIONS = {municipality(5): date(2024, 11, 21), province(2): date(2024, 12, 5)}

_DELAYS = {
    41: (date(2023, 11, 16), PartialDate.season(2024, "voorjaar")),
    44: (date(2024, 2, 1), PartialDate.day(date(2024, 9, 30))),
    56: (date(2025, 1, 9), PartialDate.mid(2025)),
}
_ANSWERS = {
    41: Answer.PROMISED, 42: Answer.NOTHING, 46: Answer.UNKNOWN, 50: Answer.PROMISED, 55: Answer.NOTHING,
}  # fmt: skip
_ASKED_ON = date(2024, 10, 1)


@dataclass(frozen=True)
class Made:
    """An invented plan: whose signatures it stands for, and when it was received."""

    slug: str
    title: str
    signatures: tuple[str, ...]
    received_on: PartialDate

    @property
    def fields(self) -> Fields:
        """Adopted three weeks before it was received; it runs for the year of receipt and two more."""
        received = self.received_on.last_day
        return {
            "slug": self.slug,
            "title": self.title,
            "adopted_on": PartialDate.day(self.received_on.first_day - timedelta(weeks=3)),
            "period_from": PartialDate.year(received.year),
            "period_until": PartialDate.year(received.year + 2),
            **DEMO,
        }


def load(writer: Writer, manifest: Manifest, users: dict[str, User]) -> None:
    """All plans, what they stand for, their versions and ambitions, and what was agreed about the others."""
    signatures = {row.slug: row for row in manifest.signatures.all()}
    invented = list(made_plans())
    rows = [*(plan.fields for plan in invented), *_real_plans()]
    plans = {row.slug: row for row in writer.write(ActionPlan, rows, key=["slug"]).values()}
    stands_for = {plan.slug: plan.signatures for plan in invented} | _REAL_COVERAGE
    coverages = [
        {"plan": plans[slug], "signature": signatures[one]}
        for slug, many in stands_for.items()
        for one in many
    ]
    writer.write(PlanCoverage, coverages, key=["plan", "signature"])
    pianoo = users["pianoo-1@voorbeeld.example"]
    writer.write(PlanVersion, _versions(plans, invented, pianoo), key=["plan", "number"])
    writer.write(PlanVersion, _versions_of_real_plans(plans), key=["plan", "number"])
    themes = list(manifest.themes.order_by("order"))
    writer.write(Ambition, _ambitions(plans, invented, themes), key=["plan", "theme"])
    writer.write(Delay, _delays(signatures), key=["signature"])
    writer.write(Inquiry, _inquiries(signatures), key=["signature", "asked_on"])


def made_plans() -> Iterator[Made]:
    """In a fixed order: those of provinces and institutions first."""
    keys = [
        *(province(number) for number in range(1, PROVINCES + 1)),
        *(institution(number) for number in range(1, INSTITUTIONS + 1)),
    ]
    for place, key in enumerate(keys):
        yield _made(key, _FIRST + place * _STEP)
    for number in _EARLY:
        if number in REGIONAL[1:]:
            continue  # covered by the regional plan of the first
        yield _made(municipality(number), _FIRST + number * _STEP)
    for number, day in _LATER.items():
        yield _made(municipality(number), day)


def _made(key: str, day: date) -> Made:
    received = _BY_MONTH.get(key) or PartialDate.day(day)
    name = key.replace("-", " ").capitalize()
    if key == municipality(REGIONAL[0]):
        return Made(
            "regionaal-actieplan-10-11-12",
            "Regionaal actieplan MVOI Voorbeeldgemeenten 10, 11 en 12",
            tuple(municipality(number) for number in REGIONAL),
            received,
        )
    return Made(f"actieplan-{key}", f"Actieplan MVOI {name}", (key,), received)


_REAL_COVERAGE = {"actieplan-uvw": ("uvw",), "actieplan-gm0233": ("gm0233",)}


def _real_plans() -> Iterator[Fields]:
    """Public by name. Of most nobody told when they were received: they have no version, and do not count."""
    yield {
        "slug": "actieplan-uvw",
        "title": "Actieplan MVOI Unie van Waterschappen",
        "adopted_on": date(2022, 11, 15),
        "source": "gepubliceerd actieplan van 15 november 2022",
    }
    yield {
        "slug": "actieplan-gm0917",
        "title": "Actieplan MVOI gemeente Heerlen 2024-2026",
        "period_from": PartialDate.year(2024),
        "period_until": PartialDate.year(2026),
        "source": "gepubliceerd plan; ontvangst en ondertekening zijn niet bekend",
    }
    yield {
        "slug": "actieplan-gm1699",
        "title": "Uitvoeringsplan MVI gemeente Noordenveld",
        "period_from": PartialDate.year(2021),
        "source": "gepubliceerd plan vanaf 2021; ontvangst en ondertekening zijn niet bekend",
    }
    yield {
        "slug": "actieplan-gm0233",
        "title": "Actieplan MVOI gemeente Ermelo",
        "adopted_on": date(2025, 12, 15),
        "source": f"ermelo.nl: vastgesteld bij de ondertekening; jaar {TO_CONFIRM}; ontvangst niet bekend",
    }


def _versions(plans: dict[str, ActionPlan], invented: list[Made], by: User) -> Iterator[Fields]:
    for plan in invented:
        told = {"plan": plans[plan.slug], "number": 1, "received_on": plan.received_on, **DEMO}
        yield told | _file(plan, by)
    for key, day in _SECOND_VERSIONS.items():
        yield {"plan": plans[f"actieplan-{key}"], "number": 2, "received_on": day, **DEMO}


def _file(plan: Made, by: User) -> Fields:
    """The plan itself, as a small PDF; of one only a scan came in."""
    is_scan = plan.slug == f"actieplan-{municipality(_SCANNED)}"
    brought_at = datetime.combine(plan.received_on.last_day + timedelta(days=1), time(9), UTC)
    return {
        **file_of(plan.title, f"{plan.slug}.pdf", is_scan=is_scan),
        "searchable": not is_scan,
        "uploaded_at": brought_at,
        "uploaded_by": by,
    }


def _versions_of_real_plans(plans: dict[str, ActionPlan]) -> Iterator[Fields]:
    yield {
        "plan": plans["actieplan-uvw"],
        "number": 1,
        "received_on": PartialDate.end(2022),
        "source": f"afgeleid: vastgesteld op 15 november 2022, en in de telling van de {NOTE}; {TO_CONFIRM}",
        "note": "De dag van ontvangst is niet bekend. Het plan telt daarom vanaf de laatste dag van 2022.",
    }


def _ambitions(plans: dict[str, ActionPlan], invented: list[Made], themes: list[Theme]) -> Iterator[Fields]:
    """A step for each theme, in a pattern; now and then none was set."""
    for place, plan in enumerate(invented):
        for theme in themes:
            mixed = place * 7 + theme.order * 3
            yield {
                "plan": plans[plan.slug],
                "theme": theme,
                "step": None if mixed % 13 == 0 else mixed % 4 + (2 if mixed % 9 == 0 else 1),
            }


def _delays(signatures: dict[str, Signature]) -> Iterator[Fields]:
    for number, (announced, until) in _DELAYS.items():
        yield {
            "signature": signatures[municipality(number)],
            "announced_on": announced,
            "until": until,
            "reason": "De vaststelling door het bestuur vraagt meer tijd.",
            **DEMO,
        }


def _inquiries(signatures: dict[str, Signature]) -> Iterator[Fields]:
    for number, answer in _ANSWERS.items():
        yield {
            "signature": signatures[municipality(number)],
            "asked_on": _ASKED_ON,
            "answer": answer,
            "note": "Navraag per e-mail.",
            **DEMO,
        }
