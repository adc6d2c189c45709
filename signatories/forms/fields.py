"""Fields of the register: organisations by name or code, and numbers with a check."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, F
from django.utils import timezone
from stdnum.nl import bsn

from signatories.models import Organisation, OrganisationName
from signatories.models.organisations import OrganisationQuerySet

TOLD = 5  # so many suggestions with a line that is not clear


def reason(**kwargs: Any) -> forms.CharField:
    """What the history tells as the reason."""
    return forms.CharField(
        **{
            "label": "Waarom",
            "max_length": 300,
            "help_text": "Dit komt in de geschiedenis te staan.",
            **kwargs,
        }
    )


class OrganisationsField(forms.CharField):
    """One organisation on each line, by name or code; gives them in the order typed."""

    widget: Any = forms.Textarea(attrs={"rows": 4})
    among: OrganisationQuerySet | None = None  # else the whole register

    def __init__(self, **kwargs: Any) -> None:
        help_text = (
            "Eén per regel: de naam of de code, bijvoorbeeld gm0917. Staat er een naam meer dan één keer "
        )
        help_text += "in het register, dan vragen wij welke u bedoelt."
        super().__init__(**{"label": "Organisaties", "help_text": help_text, **kwargs})

    def clean(self, value: Any) -> Any:
        """The organisations. Every line that is not clear is told at once."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        found, unclear = [], []
        for line in lines:
            candidates = named(line, self.among)
            if len(candidates) == 1 and _is_meant(line, candidates[0]):
                found.append(candidates[0])
            else:
                unclear.append(_unclear(line, candidates))
        found_twice = {item for item in found if found.count(item) > 1}
        unclear += [f"{_told(item)} staat er twee keer." for item in sorted(found_twice, key=str)]
        if unclear:
            raise ValidationError(unclear)
        return found


class NamedOrganisationField(OrganisationsField):
    """One, for a filter: the organisation, or None when empty."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": "De naam of de code, bijvoorbeeld gm0917.", **kwargs})

    def clean(self, value: Any) -> Any:
        return next(iter(super().clean(value)), None)


def typed_as(organisations: Iterable[Organisation]) -> str:
    """As somebody would type them, one on each line: by today's name, or by code when others share it."""
    keys = [item.pk for item in organisations]
    if not keys:
        return ""
    named: dict[int, Any] = Organisation.objects.with_name(on=timezone.localdate()).in_bulk(keys)
    names = {item.name_on_day for item in named.values()}
    shared = OrganisationName.objects.filter(name__in=names).values("name")
    twice = set(
        shared.annotate(bearers=Count("organisation", distinct=True))
        .filter(bearers__gt=1)
        .values_list("name", flat=True)
    )
    told = (named[key] for key in keys)
    return "\n".join(item.key if item.name_on_day in twice else item.name_on_day or item.key for item in told)


def named(text: str, among: OrganisationQuerySet | None = None) -> list[Any]:
    """Whose code, name or abbreviation it is; when nobody's, who comes near, the nearest first."""
    rows = Organisation.objects.all() if among is None else among
    known = rows.with_name(on=timezone.localdate())
    by_code = known.filter(key__iexact=text)
    if by_code:
        return list(by_code)
    near = known.search(text).prefetch_related("names", "aliases")
    found = list(near.order_by(F("closeness").desc(), "key")[:50])
    return [item for item in found if plain(text) in set(_names(item))] or found


def _names(organisation: Organisation) -> Iterator[str]:
    for name in organisation.names.all():
        yield from (plain(name.name), plain(name.name_with_kind), plain(name.abbreviation))
    yield from (plain(alias.name) for alias in organisation.aliases.all())


def _is_meant(text: str, organisation: Organisation) -> bool:
    """Words that come near are not enough: a part of a name or the code itself is."""
    typed = plain(text)
    return typed == plain(organisation.key) or any(typed in name for name in _names(organisation))


def _unclear(line: str, candidates: list[Any]) -> str:
    if not candidates:
        return f"“{line}” staat niet in het register. Kijk of de naam klopt, of typ de code."
    shown = "; ".join(_told(item) for item in candidates[:TOLD])
    more = f"; en nog {len(candidates) - TOLD}" if len(candidates) > TOLD else ""
    return f"“{line}”: welke bedoelt u? {shown}{more}. Typ de code."


def _told(organisation: Any) -> str:
    return f"{organisation.name_on_day} ({organisation.get_kind_display()}, {organisation.key})"


def plain(text: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(part for part in parts if not unicodedata.combining(part)).split())


class DigitsField(forms.CharField):
    """A number of a register, of a fixed length; spaces and dots are taken out."""

    def __init__(self, *, length: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.length = length
        self.widget.attrs.update(inputmode="numeric", autocomplete="off")

    def clean(self, value: Any) -> str:
        number = str(super().clean(value)).replace(" ", "").replace(".", "")
        if number and (not number.isascii() or not number.isdigit() or len(number) != self.length):
            raise ValidationError(f"Een {self.label} heeft {self.length} cijfers.")
        return number


def is_rsin(number: str) -> bool:
    """The elfproef over nine digits: an RSIN and a BSN share it."""
    return bool(bsn.is_valid(number))
