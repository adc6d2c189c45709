"""Who acts for which organisation: what an administrator types, and what an account's page tells."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import FormPart, Panel
from mvi_portal.core.dates import DayField, long_date
from mvi_portal.core.editing import EditingForm
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.models import Kind, Organisation, OrganisationName, Representative
from signatories.services import appoint

NONE = ("", "– geen –")
COLUMNS = [Column("organisation", "Organisatie"), Column("from", "Vanaf"), Column("until", "Tot en met")]
CHANGE = Column("change", "Wijzigen")


def organisations() -> list[Any]:
    """Those that exist today, by kind and name, as a choice shows them."""
    today = timezone.localdate()
    named: QuerySet[Any] = Organisation.objects.existing(on=today).with_name(on=today)
    found = named.order_by("kind", F("sort_name_on_day"))
    by_kind = groupby(found, key=lambda organisation: organisation.kind)
    choices = {kind: [(item.key, item.name_on_day or item.key) for item in items] for kind, items in by_kind}
    return [NONE, *((capfirst(kind.label), choices[kind]) for kind in Kind if kind in choices)]


def _to_choose() -> list[Any]:
    return [("", "– kies –"), *organisations()[1:]]


class OrganisationField(forms.ChoiceField):
    """One of the organisations of today; gives the organisation, or None."""

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        choices = _to_choose if required else organisations
        super().__init__(choices=choices, label="Organisatie", required=required, **kwargs)

    def clean(self, value: Any) -> Organisation | None:
        key = super().clean(value)
        return Organisation.objects.get(key=key) if key else None


class InvitedForForm(forms.Form):
    """Goes along in the invitation."""

    organisation = OrganisationField(
        required=False,
        help_text=(
            "Voor wie gaat deze persoon aan de slag? Een contactpersoon ziet alleen wat van deze organisatie "
            "is. Meer organisaties voegt u later toe."
        ),
    )


class RepresentativeForm(forms.Form):
    user = forms.ModelChoiceField(
        User.objects.filter(is_active=True).order_by("name"), label="Account", empty_label="– kies –"
    )
    organisation = OrganisationField()
    valid_from = DayField(label="Vanaf")


class EndForm(EditingForm):
    valid_until = DayField(
        label="Tot en met", required=False, help_text="Laat leeg als er nog geen einde bekend is."
    )

    class Meta:
        model = Representative
        fields = ("valid_until",)


def _invited_for(data: QueryDict | None) -> forms.Form:
    return InvitedForForm(data)


def _appoint_invited(form: forms.Form, account: User, by: User) -> None:
    organisation = form.cleaned_data["organisation"]
    if organisation is not None:
        appoint(user=account, organisation=organisation, valid_from=timezone.localdate(), by=by)


INVITED_FOR = FormPart(_invited_for, _appoint_invited)


def with_names(rows: QuerySet[Representative], on: date) -> QuerySet[Any]:
    """Annotate the organisation's name of the day."""
    names = OrganisationName.objects.filter(organisation=OuterRef("organisation")).nearest(on=on)
    return rows.select_related("organisation", "user", "stands_in_for").annotate(
        name_on_day=Subquery(names.values("name")[:1])
    )


def acting_panel(account: User, keeps: bool) -> Panel:
    """For which organisations somebody acts: all for who keeps accounts; for oneself not those of before."""
    today = timezone.localdate()
    rows = with_names(Representative.objects.filter(user=account), today)
    if not keeps:
        rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
    found = rows.order_by(F("valid_until").desc(nulls_first=True), "valid_from")
    caption = f"Organisaties waarvoor {account} handelt"
    columns = [*COLUMNS, CHANGE] if keeps else COLUMNS
    table = Table(caption, columns, [_row(item, keeps) for item in found], "Nog geen organisatie.")
    new = f"{reverse('signatories:representative-new')}?account={account.pk}"
    context = {
        "table": table,
        "new_url": new if keeps else "",
        **({} if keeps else _replaced(account, today)),
    }
    return Panel("Handelt namens", "signatories/_acting.html", context)


def _replaced(account: User, today: date) -> dict[str, Any]:
    """Who stands in for oneself, now and soon, and the way to arrange it."""
    current = Q(valid_until__gte=today)
    rows = with_names(Representative.objects.filter(current, stands_in_for=account), today)
    stand_ins = [
        (item.pk, f"{item.user} voor {item.name_on_day or item.organisation.key}", _days(item))
        for item in rows.order_by("valid_from", "user__name")
    ]
    own = Representative.objects.in_own_name().acting(on=today).filter(user=account).exists()
    return {"stand_ins": stand_ins, "stand_in_url": reverse("signatories:stand-in-new") if own else ""}


def _days(item: Representative) -> str:
    end = long_date(item.valid_until) if item.valid_until else ""
    return f"van {long_date(item.valid_from)} tot en met {end}"


def _row(item: Any, keeps: bool) -> Row:
    name = item.name_on_day or item.organisation.key
    address = reverse("signatories:organisation-detail", args=[item.organisation.key])
    tag = f"vervangt {item.stands_in_for}" if item.stands_in_for else "demo" if item.is_demo else ""
    cells = [Cell(name, address, tag, "warn"), *period(item)]
    return Row([*cells, change(item)] if keeps else cells)


def period(item: Representative) -> list[Cell]:
    """From when until when."""
    until = long_date(item.valid_until) if item.valid_until else "geen einde"
    return [Cell(long_date(item.valid_from)), Cell(until)]


def change(item: Representative) -> Cell:
    return Cell("Wijzig", reverse("signatories:representative-end", args=[item.pk]))
