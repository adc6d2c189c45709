"""What a reminder says: the secretariat's own words, or else these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actionplans.models import ReminderKind, ReminderText
from mvi_portal.core.dates import long_date
from mvi_portal.mails.calendars import File, day_file
from mvi_portal.mails.placeholders import fill
from signatories.models import Contact

PLACES = {
    "aanhef": "Geachte, met de naam van de contactpersoon als die bekend is",
    "organisatie": "de naam van de organisatie",
    "manifest": "de naam van het manifest",
    "ondertekend": "de dag van de ondertekening",
    "termijn": "de dag waarop het plan er moet zijn, met gemeld uitstel",
}
_END = "Met vriendelijke groet,\n\nhet secretariaat van het Manifest MVOI\n"
_HELP = (
    "PIANOo helpt u graag, met handleidingen en een inloopspreekuur. Hebt u meer tijd nodig? "
    "Laat het ons weten, dan spreken we een nieuwe datum af.\n\n"
)
_SIGNED = "{aanhef},\n\n{organisatie} ondertekende het {manifest} ({ondertekend}). "
DEFAULTS: dict[ReminderKind, tuple[str, str]] = {
    ReminderKind.AHEAD: (
        "Het actieplan van {organisatie}: over drie maanden",
        (
            f"{_SIGNED}Daarbij hoort een actieplan, uiterlijk op {{termijn}}: over ongeveer drie maanden. "
            f"De datum zit als afspraak bij dit bericht.\n\n{_HELP}{_END}"
        ),
    ),
    ReminderKind.SOON: (
        "Het actieplan van {organisatie}: over een maand",
        (
            f"{_SIGNED}Over ongeveer een maand, op {{termijn}}, verwachten we uw actieplan. "
            f"Is het al vastgesteld? Stuur het ons dan gerust eerder.\n\n{_HELP}{_END}"
        ),
    ),
    ReminderKind.DUE: (
        "Het actieplan van {organisatie}",
        (
            f"{_SIGNED}Op {{termijn}} verwachten we uw actieplan. Hebt u het al verstuurd? "
            f"Dan is dit bericht niet meer nodig, en bedanken we u.\n\n{_HELP}{_END}"
        ),
    ),
    ReminderKind.PAST: (
        "Vraag over het actieplan van {organisatie}",
        (
            f"{_SIGNED}Op {{termijn}} liep de termijn voor het actieplan af, en we hebben het nog niet "
            "ontvangen. Wilt u ons laten weten hoe het ervoor staat, en wanneer we het kunnen verwachten?\n\n"
            f"{_HELP}{_END}"
        ),
    ),
}


@dataclass(frozen=True)
class Text:
    """Subject and body, with their places to fill in."""

    subject: str
    body: str
    is_default: bool = False

    def filled(self, values: Mapping[str, str]) -> Text:
        return Text(fill(self.subject, values), fill(self.body, values), self.is_default)


def texts() -> dict[ReminderKind, Text]:
    """Of every kind."""
    own = {ReminderKind(row.kind): Text(row.subject, row.body) for row in ReminderText.objects.all()}
    return {kind: own.get(kind) or default(kind) for kind in ReminderKind}


def default(kind: ReminderKind) -> Text:
    return Text(*DEFAULTS[kind], is_default=True)


def values(signature: Any, due_on: date, *, organisation: str, contact: str) -> dict[str, str]:
    """What goes in the places. Needs `manifest` loaded."""
    return {
        "aanhef": f"Geachte {contact}" if contact else "Geachte heer of mevrouw",
        "organisatie": organisation,
        "manifest": str(signature.manifest.name),
        "ondertekend": str(signature.signed_on),
        "termijn": long_date(due_on),
    }


def calendar(signature: Any, due_on: date, *, organisation: str, told_on: date) -> File:
    """The due date; a later reminder moves the same appointment."""
    return day_file(
        "actieplan.ics",
        uid=f"actieplan-{signature.manifest.slug}-{signature.slug}@mvi-portaal",
        day=due_on,
        title=f"Actieplan MVOI van {organisation}",
        detail="Uiterlijk vandaag verwacht het secretariaat van het Manifest MVOI het actieplan.",
        told_on=told_on,
    )


def name_of(contact: Contact) -> str:
    return " ".join(contact.name.split())
