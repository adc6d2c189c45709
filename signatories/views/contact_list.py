"""All contact persons together, and the one export that holds them: personal data, for the secretariat."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.workbooks import Page
from signatories.filters import ContactFilter
from signatories.models import Contact, OrganisationName

log = logging.getLogger(__name__)


class ContactList(ListPage):
    """Who was not erased, as they are today. The log tells when a file of them was made, and by whom."""

    noun = "Contactpersonen"
    template = "signatories/contact_list.html"
    columns = (
        Column("name", "Naam", sort="naam"),
        Column("organisation", "Organisatie", sort="organisatie"),
        Column("purpose", "Doel"),
        Column("email", "E-mailadres"),
        Column("phone", "Telefoon"),
        Column("checked", "Laatst nagekeken op", sort="nagekeken"),
    )
    sorts = {"naam": "name", "organisatie": "name_on_day", "nagekeken": "checked_on"}
    default_sort = "organisatie"
    then = ("name", "pk")
    empty = "Geen contactpersonen gevonden. U voegt ze toe in het dossier van een organisatie."
    dated = False
    header = (
        "code",
        "organisatie",
        "naam",
        "e-mailadres",
        "telefoon",
        "doel",
        "laatst nagekeken op",
        "demo",
    )
    export = "signatories:contact-export"
    meanings = {
        "organisatie": "De naam van de organisatie, vandaag.",
        "naam": "Persoonsgegevens: deel dit bestand niet verder, en gooi het weg na gebruik.",
        "e-mailadres": "Leeg: niet bekend.",
        "telefoon": "Leeg: niet bekend.",
        "doel": "Waarvoor u deze persoon mag benaderen.",
        "laatst nagekeken op": "Leeg: nog niet nagekeken.",
    }

    def rows(self) -> QuerySet[Any]:
        allowed(self.request, Action.KEEP_REGISTER)
        names = OrganisationName.objects.filter(organisation=OuterRef("organisation"))
        nearest = names.nearest(on=timezone.localdate()).values("name")[:1]
        known = Contact.objects.filter(erased_on__isnull=True).select_related("organisation")
        return known.annotate(name_on_day=Subquery(nearest))

    def narrowed(self, rows: QuerySet[Any]) -> ContactFilter:
        return ContactFilter(self.request.GET, rows)

    def extra(self) -> dict[str, Any]:
        place = self.link("signatories:organisation-list")
        return {"crumbs": [("Organisaties", place), (self.noun, "")]}

    def row(self, item: Any) -> Row:
        key = item.organisation.key
        return Row(
            [
                Cell(
                    item.name or item.email or "zonder naam",
                    self.link("signatories:contact-edit", key, item.pk),
                    "demo" if item.is_demo else "",
                    "warn",
                ),
                Cell(item.name_on_day or key, self.link("signatories:organisation-detail", key)),
                Cell(item.purpose),
                Cell(item.email, f"mailto:{item.email}" if item.email else ""),
                Cell(item.phone),
                Cell(long_date(item.checked_on) if item.checked_on else "nog niet"),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        return [
            item.organisation.key,
            item.name_on_day,
            item.name,
            item.email,
            item.phone,
            item.purpose,
            item.checked_on,
            item.is_demo,
        ]

    def _sheet(self, report: Callable[[int], None] = lambda _done: None) -> Page:
        log.info("contact persons exported: %s, by user %s", self.total(), self.request.user.pk)
        return super()._sheet(report)
