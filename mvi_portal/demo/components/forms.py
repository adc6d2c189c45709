"""A field of each kind, and forms in each state."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django import forms

from mvi_portal.core.dates.forms import DayField
from mvi_portal.core.writing import ProseEditor

KINDS = [("", "Alle soorten"), ("gemeente", "Gemeente"), ("waterschap", "Waterschap")]
ANSWERS = [("akkoord", "akkoord"), ("mits", "akkoord, mits"), ("niet", "niet akkoord")]


class Fields(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label="Naam", help_text="Zoals de organisatie zichzelf noemt.")
    kind = forms.ChoiceField(label="Soort", choices=KINDS, required=False)
    answer = forms.ChoiceField(label="Antwoord", choices=ANSWERS, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label="Soorten", choices=KINDS[1:], widget=forms.CheckboxSelectMultiple, help_text="Meer dan één mag."
    )
    day = DayField(label="Datum")
    remark = forms.CharField(label="Toelichting", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="Dit plan is openbaar", required=False)
    file = forms.FileField(label="Bestand", help_text="Een PDF van hoogstens 20 MB.", required=False)
    organisation = forms.CharField(
        label="Organisatie", widget=forms.TextInput({"list": "organisaties"}), required=False
    )
    fixed = forms.CharField(label="Sleutel (ligt vast)", initial="gm1680", disabled=True, required=False)


class Narrow(forms.Form):
    """What a list is narrowed with."""

    word = forms.CharField(label="Zoek", required=False)
    kind = forms.ChoiceField(label="Soort organisatie", choices=KINDS, required=False)


class Prose(forms.Form):
    """Rich text; one on a page."""

    text = forms.CharField(
        label="Tekst met opmaak",
        initial="<p>Wij kochten <strong>circulaire</strong> stoelen.</p>",
        widget=ProseEditor({"rows": 5, "data-label": "Tekst met opmaak"}),
    )


class Draft(forms.Form):
    """What saves itself."""

    tekst = forms.CharField(label="Typ hier iets")


class Line(forms.Form):
    """A row below something else. Its `instance` tells whether it is stored."""

    name = forms.CharField(label="Naam")
    day = DayField(label="Datum", required=False)
    instance = SimpleNamespace(pk=None)


@dataclass(frozen=True)
class Part:
    """All that the component asks of rows: what they are called, and the formset."""

    one: str
    many: str
    note: str = ""


@dataclass(frozen=True)
class Rows:
    part: Part
    formset: Any


_Lines = forms.formset_factory(Line, extra=1, can_delete=True)


def rows() -> Rows:
    """One that is stored, and one to fill in."""
    return Rows(
        Part("Fase", "Fasen", "Laat de laatste regel leeg als er niets bij komt."),
        _stored(_Lines(prefix="fase", initial=[{"name": "Verkenning", "day": "1 mei 2024"}])),
    )


def wrong_rows() -> Rows:
    """As they come back after something was wrong in a row, and with all of them together."""
    sent = {
        "deel-TOTAL_FORMS": "1",
        "deel-INITIAL_FORMS": "1",
        "deel-0-name": "",
        "deel-0-day": "31 februari",
    }
    formset = _stored(_Lines(sent, prefix="deel"))
    formset.is_valid()
    formset.forms[0].add_error(None, "Deze regel staat er al.")
    formset.non_form_errors().append("Vul ten minste één deelnemer in.")
    return Rows(Part("Deelnemer", "Deelnemers"), formset)


def _stored(formset: Any) -> Any:
    for form in formset.forms:
        form.fields["DELETE"].label = "Haal deze regel weg"
    for form in formset.initial_forms:
        form.instance = SimpleNamespace(pk=1)
    return formset
