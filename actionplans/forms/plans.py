"""What is typed about a plan: its facts, for whom it stands, what was received, and its ambitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplans.forms.fields import SignaturesField, not_later
from actionplans.models import ActionPlan, PlanVersion
from mvi_portal.core.dates import DayField, PartialDate, PartialDateFormField
from mvi_portal.core.editing import EditingForm
from mvi_portal.core.uploads import PDF, kind_named
from mvi_portal.files.fields import UploadField, UploadForm
from signatories.forms.fields import reason
from signatories.models import Theme
from signatories.services.signatures import FUTURE

PRECISE = "Zo precies als bekend: 24 november 2023, mei 2024 of najaar 2024."
NOTHING = "Kies een bestand of vul een webadres in. Zijn die er niet, leg dan in de toelichting uit waarom."
COPY = "Bewaar de pagina als PDF en kies die hierboven: een webadres kan verdwijnen."
CONSULTED = "Vul de dag in waarop u het webadres hebt bekeken."
NO_COPY = (
    "Bij deze versie is een bestand bewaard dat geen PDF is. Voeg voor het webadres een nieuwe versie toe, "
    "met een kopie van de pagina als PDF."
)
UNSET = ("", "niet bepaald")

if TYPE_CHECKING:  # the mixins are forms when they are used
    Base = forms.Form
else:
    Base = object


def _is_pdf(file: Any) -> bool:
    """By its name: what is inside was looked at when it came in."""
    return file is not None and kind_named(file.filename.rpartition(".")[2]) is PDF


class PlanForm(EditingForm):
    """The facts of a plan."""

    adopted_on = PartialDateFormField(
        label="Vastgesteld op", required=False, help_text=f"Mag vóór de ondertekening liggen. {PRECISE}"
    )
    period_from = PartialDateFormField(label="Loopt vanaf", required=False, help_text="Bijvoorbeeld 2024.")
    period_until = PartialDateFormField(
        label="Loopt tot en met", required=False, help_text="Bijvoorbeeld 2026."
    )
    why = reason(required=False)

    class Meta:
        model = ActionPlan
        fields = ("title", "adopted_on", "period_from", "period_until", "source")
        help_texts = {"source": "Waar u dit vond."}

    def clean_adopted_on(self) -> PartialDate | None:
        return not_later(self.cleaned_data["adopted_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("period_from"), cleaned.get("period_until")
        if start and end and end.last_day < start.first_day:
            self.add_error("period_until", "Het einde ligt vóór het begin.")
        return cleaned


class ReceiptFields(UploadForm, forms.Form):
    """What was received, and when: a file, a web address with a copy of it, or the bare fact."""

    received_on = PartialDateFormField(label="Ontvangen op", help_text=PRECISE)
    file = UploadField(label="Bestand", required=False)
    url = forms.URLField(
        label="Webadres",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Alleen als het plan op een webpagina staat. Kies dan hierboven een kopie als PDF.",
    )
    retrieved_on = DayField(
        label="Webadres bekeken op", required=False, help_text="Bijvoorbeeld 31 januari 2025."
    )
    note = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_received_on(self) -> PartialDate | None:
        return not_later(self.cleaned_data["received_on"])

    def clean_retrieved_on(self) -> Any:
        day = self.cleaned_data["retrieved_on"]
        if day and day > timezone.localdate():
            raise ValidationError(FUTURE)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_address(cleaned)
        told = any(cleaned.get(name) for name in ("file", "url", "note"))
        if not told and not {"file", "url", "note"} & set(self.errors):
            self.add_error("file", NOTHING)
        return cleaned

    def _check_address(self, cleaned: dict[str, Any]) -> None:
        url, day, file = (cleaned.get(name) for name in ("url", "retrieved_on", "file"))
        if url and not day and "retrieved_on" not in self.errors:
            self.add_error("retrieved_on", CONSULTED)
        if day and not url and "url" not in self.errors:
            self.add_error("url", "Vul het webadres in, of maak de dag leeg.")
        if url and not _is_pdf(file) and "file" not in self.errors:
            self.add_error("file", COPY)


class NewPlanForm(ReceiptFields):
    """A plan and what was received of it, in one go."""

    signatures = SignaturesField()
    title = forms.CharField(label="Titel", max_length=250, help_text="Zoals op het plan staat.")
    adopted_on = PartialDateFormField(
        label="Vastgesteld op", required=False, help_text=f"Mag vóór de ondertekening liggen. {PRECISE}"
    )
    period_from = PartialDateFormField(label="Loopt vanaf", required=False, help_text="Bijvoorbeeld 2024.")
    period_until = PartialDateFormField(
        label="Loopt tot en met", required=False, help_text="Bijvoorbeeld 2026."
    )
    field_order = ("signatures", "title", "file", "received_on", "adopted_on", "period_from", "period_until")
    PLAN = ("adopted_on", "period_from", "period_until")

    def clean_adopted_on(self) -> PartialDate | None:
        return not_later(self.cleaned_data["adopted_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("period_from"), cleaned.get("period_until")
        if start and end and end.last_day < start.first_day:
            self.add_error("period_until", "Het einde ligt vóór het begin.")
        return cleaned


class NewVersionForm(ReceiptFields):
    field_order = ("file", "received_on")


class CoverForm(forms.Form):
    signatures = SignaturesField()


class VersionForm(UploadForm, EditingForm):
    """The facts of a version; its file only when it has none."""

    received_on = PartialDateFormField(label="Ontvangen op", help_text=PRECISE)
    url = forms.URLField(label="Webadres", required=False, max_length=500, assume_scheme="https")
    retrieved_on = DayField(label="Webadres bekeken op", required=False)
    file = UploadField(
        label="Bestand",
        required=False,
        help_text="Bij deze versie is nog geen bestand bewaard. Bij een webadres: een kopie als PDF.",
    )
    why = reason()

    class Meta:
        model = PlanVersion
        fields = ("received_on", "url", "retrieved_on", "note", "source")
        help_texts = {"source": "Waar u dit vond."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.file:  # type: ignore[attr-defined] # a version
            del self.fields["file"]

    def clean_received_on(self) -> PartialDate | None:
        return not_later(self.cleaned_data["received_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("url") and not cleaned.get("retrieved_on") and "retrieved_on" not in self.errors:
            self.add_error("retrieved_on", CONSULTED)
        if cleaned.get("retrieved_on") and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", "Vul het webadres in, of maak de dag leeg.")
        self._ask_copy(cleaned)
        return cleaned

    def _ask_copy(self, cleaned: dict[str, Any]) -> None:
        """Of an address that was typed now; one that was kept without a copy may stay so."""
        url = cleaned.get("url")
        if not url or url == self.stored["url"]:
            return
        if "file" not in self.fields:
            if not _is_pdf(self.instance):
                self.add_error("url", NO_COPY)
        elif not _is_pdf(cleaned.get("file")) and "file" not in self.errors:
            self.add_error("file", COPY)


class AmbitionsForm(EditingForm):
    """A step for each theme of the manifest, or "niet bepaald"."""

    class Meta:
        model = ActionPlan
        fields = ()

    def __init__(self, *args: Any, themes: list[Theme], names: dict[int, str], **kwargs: Any) -> None:
        plan = kwargs["instance"]
        known = {row.theme_id: row.step for row in plan.ambitions.all()}
        initial = {theme.slug: known.get(theme.pk) or "" for theme in themes}
        super().__init__(*args, initial=initial, **kwargs)
        self.themes = themes
        steps = [UNSET, *((step, f"{step} {names.get(step, '')}".strip()) for step in range(1, 6))]
        for theme in themes:
            self.fields[theme.slug] = forms.TypedChoiceField(
                label=theme.name, choices=steps, coerce=int, empty_value=None, required=False
            )

    def steps(self) -> dict[Theme, int | None]:
        return {theme: self.cleaned_data[theme.slug] for theme in self.themes}
