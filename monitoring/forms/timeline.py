"""Between which days, and of what, the timeline is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from mvi_portal.core.dates.forms import DayField
from signatories.forms.fields import NamedOrganisationField
from signatories.models.organisations import OrganisationQuerySet

ALL = ("", "alle")


class TimelineForm(forms.Form):
    van = DayField(label="Van", required=False, help_text="Bijvoorbeeld 31-1-2025.")
    tot = DayField(label="Tot en met", required=False, help_text="Bijvoorbeeld 31-1-2025.")
    lijn = forms.ChoiceField(label="Hoofdlijn", required=False)
    soort = forms.ChoiceField(label="Soort", required=False)
    organisatie = NamedOrganisationField(label="Organisatie", required=False)
    volg = forms.BooleanField(label="Alleen wat ik volg", required=False)
    eerder = forms.BooleanField(label="Wat in deze periode is vastgelegd over de tijd ervoor", required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        start: date,
        end: date,
        lines: list[tuple[str, str]],
        kinds: list[tuple[str, str]],
        visible: OrganisationQuerySet,
    ) -> None:
        filled = {"van": start, "tot": end, **{name: value for name, value in data.items() if value}}
        super().__init__(filled)
        self.fields["lijn"].choices = [ALL, *lines]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["soort"].choices = [ALL, *kinds]  # type: ignore[attr-defined]  # likewise
        self.fields["organisatie"].among = visible  # type: ignore[attr-defined]  # its own field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("van"), cleaned.get("tot")
        if start and end and start > end:
            self.add_error("tot", "Deze dag ligt vóór de eerste. Draai ze om, of kies een latere.")
        return cleaned
