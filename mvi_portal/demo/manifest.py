"""The Manifest of 2022, its themes and steps, and the one before it."""

from __future__ import annotations

from datetime import date

from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import GAZETTE, NEWS_2022, TO_CONFIRM
from mvi_portal.demo.writer import Writer
from signatories.models import Domain, Manifest, Step, Theme

SLUG = "mvoi-2022-2025"
SIGNED = date(2022, 11, 24)

THEMES = (
    ("milieu-en-biodiversiteit", "Milieu en biodiversiteit", Domain.PHYSICAL),
    ("klimaat", "Klimaat", Domain.PHYSICAL),
    ("circulair", "Circulair, waaronder biobased", Domain.PHYSICAL),
    ("ketenverantwoordelijkheid", "Ketenverantwoordelijkheid (ISV)", Domain.SOCIAL),
    ("diversiteit-en-inclusie", "Diversiteit en inclusie", Domain.SOCIAL),
    ("social-return", "Social return", Domain.SOCIAL),
)
STEPS = ("Afweging", "Pilots", "Verbreding", "Borging", "Leiderschap")


def load(writer: Writer) -> Manifest:
    """Both manifests; gives the one of 2022."""
    before = writer.write(Manifest, [_of_2016()], key=["slug"])
    (manifest,) = writer.write(
        Manifest, [{**_of_2022(), "predecessor": next(iter(before.values()))}], key=["slug"]
    ).values()
    writer.write(
        Theme,
        [
            {
                "manifest": manifest,
                "slug": slug,
                "name": name,
                "domain": domain,
                "order": order,
                "source": f"{NEWS_2022}; de indeling naar domein is een eigen lezing",
            }
            for order, (slug, name, domain) in enumerate(THEMES, 1)
        ],
        key=["manifest", "slug"],
    )
    writer.write(
        Step,
        [
            {"manifest": manifest, "number": number, "name": name, "source": "PIANOo, 18 mei 2022"}
            for number, name in enumerate(STEPS, 1)
        ],
        key=["manifest", "number"],
    )
    return manifest


def _of_2022() -> dict[str, object]:
    return {
        "slug": SLUG,
        "name": "Manifest Maatschappelijk Verantwoord Opdrachtgeven en Inkopen 2022-2025",
        "citation": GAZETTE,
        "opened_on": SIGNED,
        "runs_until": PartialDate.year(2025),
        "plan_term_months": 12,
        "source": GAZETTE,
    }


def _of_2016() -> dict[str, object]:
    return {
        "slug": "mvi-2016-2020",
        "name": "Manifest Maatschappelijk Verantwoord Inkopen 2016-2020",
        "opened_on": date(2016, 12, 8),
        "runs_until": PartialDate.year(2020),
        "ended_on": date(2021, 1, 1),  # so that its signatures count no longer
        "plan_term_months": 6,
        "source": f"looptijd en termijn: stichtingrijk.nl; eerste en laatste dag {TO_CONFIRM}",
    }
