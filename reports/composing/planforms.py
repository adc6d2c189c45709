"""What is typed about the plan of a letter."""

from __future__ import annotations

from django import forms

from mvi_portal.core.dates import DayField
from mvi_portal.core.editing import EditingForm
from reports.models import PlanStep, Recess


class SendingForm(forms.Form):
    """From which day the plan is counted back."""

    sending_on = DayField(label="Gewenste verzenddatum")


class StepForm(EditingForm):
    due_on = DayField(label="Uiterlijk op")
    done_on = DayField(label="Gedaan op", required=False, help_text="Leeg: nog niet gedaan.")

    class Meta:
        model = PlanStep
        fields = ("due_on", "done_on")


class RecessForm(EditingForm):
    first_day = DayField(label="Eerste dag")
    last_day = DayField(label="Laatste dag")

    class Meta:
        model = Recess
        fields = ("name", "first_day", "last_day", "source")
        help_texts = {"name": "Bijvoorbeeld kerstreces 2026.", "source": "Waar u dit vond."}
