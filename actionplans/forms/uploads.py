"""Confirming whose plan an uploaded file is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from actionplans import guessing
from actionplans.forms.fields import SignaturesField, not_later
from actionplans.models import ActionPlan
from mvi_portal.core.dates import PartialDate, PartialDateFormField
from mvi_portal.files.models import Upload

PRECISE = "Zo precies als bekend: 24 november 2023, mei 2024 of najaar 2024."
NEW = "nieuw"


class ConfirmForm(forms.Form):
    """A new version of a plan of this organisation, or a new plan.

    `asked` is the code of the organisation whose plans are offered.
    """

    plan = forms.ChoiceField(label="Wat is dit?", widget=forms.RadioSelect)
    signatures = SignaturesField(required=False)
    title = forms.CharField(label="Titel van het nieuwe plan", max_length=250, required=False)
    received_on = PartialDateFormField(label="Ontvangen op", help_text=PRECISE)
    adopted_on = PartialDateFormField(
        label="Vastgesteld op", required=False, help_text=f"Alleen bij een nieuw plan. {PRECISE}"
    )
    note = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, upload: Upload, asked: str, **kwargs: Any) -> None:
        brought = timezone.localdate(upload.uploaded_at)
        initial = {
            "plan": NEW,
            "signatures": asked,
            "title": guessing.title(upload.filename),
            "received_on": PartialDate.day(brought),
        }
        super().__init__(*args, **kwargs)
        self.initial = initial
        self.known = _plans_of(asked)
        versions = [(plan.slug, f"Een nieuwe versie van {plan.title}") for plan in self.known]
        choice: Any = self.fields["plan"]
        choice.choices = [*versions, (NEW, "Een nieuw actieplan")]
        if not versions:
            choice.widget = forms.HiddenInput()
        elif not self.is_bound:
            self.initial["plan"] = versions[0][0]

    def clean_plan(self) -> ActionPlan | None:
        return next((plan for plan in self.known if plan.slug == self.cleaned_data["plan"]), None)

    def clean_received_on(self) -> PartialDate | None:
        return not_later(self.cleaned_data["received_on"])

    def clean_adopted_on(self) -> PartialDate | None:
        return not_later(self.cleaned_data["adopted_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "plan" in cleaned and cleaned["plan"] is None:
            self._ask("signatures", "Schrijf voor wie dit nieuwe plan geldt.")
            self._ask("title", "Geef het nieuwe plan een titel.")
        return cleaned

    def _ask(self, name: str, message: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)


def _plans_of(key: str) -> list[ActionPlan]:
    """The plans that stand for an organisation, the newest first."""
    if not key:
        return []
    found = ActionPlan.objects.filter(signatures__signatories__organisation__key=key)
    return list(found.distinct().order_by("-pk")[:10])
