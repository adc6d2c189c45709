"""Who sends letters, to whom, and who holds which office: facts with dates that the secretariat keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, Prefetch, QuerySet
from django.utils import timezone

from mvi_portal.core.dates import DayField, long_date
from mvi_portal.core.editing import EditingForm
from mvi_portal.core.slugs import free_slug
from mvi_portal.core.tables import Column
from reports.models import Addressee, AddresseeAddress, SenderDetails
from reports.models.parties import lines_of
from signatories.forms.choosing import Directory, OrganisationField, share
from signatories.models import Office, OfficeHolder, Organisation

_PERIOD = (Column("from", "Geldt vanaf"), Column("until", "Geldt tot en met"))
_DAYS: Any = {"valid_from": DayField, "valid_until": DayField}
_HOW = dict.fromkeys(_DAYS, "Bijvoorbeeld 31 januari 2025. Leeg: niet bekend, of zonder einde.")
_LINES = forms.Textarea(attrs={"rows": 4})


class SenderForm(EditingForm):
    """What stands in the column of a letter."""

    organisation = OrganisationField(label="Organisatie")

    class Meta:
        model = SenderDetails
        fields = (
            "organisation",
            "visiting",
            "postal",
            "website",
            "phone",
            "closing",
            "reference_form",
            "valid_from",
            "valid_until",
            "source",
        )
        widgets = {"visiting": _LINES, "postal": _LINES}
        field_classes, help_texts = _DAYS, _HOW

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directory = Directory()
        share(self.fields, self.directory)


class AddresseeForm(EditingForm):
    """To whom letters go."""

    class Meta:
        model = Addressee
        fields = ("name", "slug", "source")


class AddressForm(EditingForm):
    """Where an addressee gets its post."""

    class Meta:
        model = AddresseeAddress
        fields = ("addressee", "lines", "salutation", "valid_from", "valid_until", "source")
        widgets = {"lines": _LINES}
        field_classes, help_texts = _DAYS, _HOW


class OfficeForm(EditingForm):
    """A function that signs or decides, as long as it exists; its key follows from its words."""

    organisation = OrganisationField(label="Organisatie")

    class Meta:
        model = Office
        fields = ("organisation", "title", "portfolio", "valid_from", "valid_until", "source")
        field_classes = _DAYS
        help_texts = {
            **_HOW,
            "title": "Zoals het onder een brief staat: De minister van Economische Zaken.",
            "valid_from": "Leeg: altijd al. Een ambt ondertekent en beslist alleen zolang het bestaat.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directory = Directory()
        share(self.fields, self.directory)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        office: Any = self.instance
        if not office.slug and cleaned.get("title"):
            office.slug = free_slug(Office.objects.all(), cleaned["title"])
        return cleaned


class HolderForm(EditingForm):
    """Who holds an office from a day on."""

    office = forms.ModelChoiceField(label="Ambt", queryset=Office.objects.order_by("title", "slug"))

    class Meta:
        model = OfficeHolder
        fields = ("office", "name", "valid_from", "valid_until", "source")
        field_classes, help_texts = _DAYS, _HOW


@dataclass(frozen=True)
class Noun:
    """One kind of facts: its form, what it is called, and how a list tells a row."""

    form: type[EditingForm]
    one: str
    many: str
    columns: tuple[Column, ...]
    rows: Callable[[], QuerySet[Any]]
    told: Callable[[Any], Iterator[str]]

    @property
    def model(self) -> type[Model]:
        found: type[Model] = self.form._meta.model
        return found


def _period(row: Any) -> Iterator[str]:
    yield long_date(row.valid_from) if row.valid_from else "altijd al"
    yield long_date(row.valid_until) if row.valid_until else "nu nog"


def _sender(row: Any) -> Iterator[str]:
    yield row.organisation.name_on_day or row.organisation.key
    yield ", ".join(lines_of(row.visiting))
    yield ", ".join(lines_of(row.postal))
    yield row.closing
    yield row.reference_form
    yield from _period(row)


def _senders() -> QuerySet[Any]:
    """With the name that the organisation bears today."""
    named = Organisation.objects.with_name(on=timezone.localdate())
    return SenderDetails.objects.prefetch_related(Prefetch("organisation", named))


def _address(row: Any) -> Iterator[str]:
    yield str(row.addressee)
    yield ", ".join(lines_of(row.lines))
    yield row.salutation
    yield from _period(row)


def _office(row: Any) -> Iterator[str]:
    yield row.title
    yield row.organisation.name_on_day or row.organisation.key
    yield row.portfolio
    yield from _period(row)


def _offices() -> QuerySet[Any]:
    """With the name that the organisation bears today."""
    named = Organisation.objects.with_name(on=timezone.localdate())
    return Office.objects.prefetch_related(Prefetch("organisation", named))


def _holder(row: Any) -> Iterator[str]:
    yield row.office.title
    yield row.name
    yield from _period(row)


def _addressee(row: Any) -> Iterator[str]:
    yield row.name


NOUNS = {
    "afzenders": Noun(
        SenderForm,
        "afzendergegevens",
        "Afzendergegevens",
        (
            Column("organisation", "Organisatie"),
            Column("visiting", "Bezoekadres"),
            Column("postal", "Postadres"),
            Column("closing", "Slotgroet"),
            Column("reference", "Vorm van het kenmerk"),
            *_PERIOD,
        ),
        lambda: _senders().order_by("organisation__key", "valid_from"),
        _sender,
    ),
    "geadresseerden": Noun(
        AddresseeForm,
        "geadresseerde",
        "Geadresseerden",
        (Column("name", "Naam"),),
        lambda: Addressee.objects.order_by("name", "slug"),
        _addressee,
    ),
    "adressen": Noun(
        AddressForm,
        "adres",
        "Adressen van geadresseerden",
        (
            Column("addressee", "Geadresseerde"),
            Column("lines", "Adres"),
            Column("salutation", "Aanhef"),
            *_PERIOD,
        ),
        lambda: AddresseeAddress.objects.select_related("addressee").order_by(
            "addressee__name", "valid_from"
        ),
        _address,
    ),
    "ambten": Noun(
        OfficeForm,
        "ambt",
        "Ambten",
        (
            Column("title", "Ambt"),
            Column("organisation", "Organisatie"),
            Column("portfolio", "Portefeuille"),
            Column("from", "Bestaat vanaf"),
            Column("until", "Bestaat tot en met"),
        ),
        lambda: _offices().order_by("title", "valid_from", "slug"),
        _office,
    ),
    "ambtsdragers": Noun(
        HolderForm,
        "ambtsdrager",
        "Ambtsdragers",
        (Column("office", "Ambt"), Column("name", "Naam"), *_PERIOD),
        lambda: OfficeHolder.objects.select_related("office").order_by("office__title", "valid_from"),
        _holder,
    ),
}
