"""What is typed about an activity of the plan, with its milestones."""

from __future__ import annotations

from typing import Any

from django import forms

from monitoring.forms.facts import FactForm, LineField, Part, RowForm
from monitoring.models import Activity, Milestone
from mvi_portal.core.dates import DayField
from signatories.forms.choosing import OrganisationField

PRECISE = "Zo precies als bekend: 24 november 2022, mei 2024, najaar 2024 of medio 2025."
DERIVED = "Laat leeg: de stand volgt uit de datums. Kiest u toch zelf, vul dan ook een dag en een reden in."


class MilestoneForm(RowForm):
    class Meta:
        model = Milestone
        fields = ("title", "planned_on", "reached_on")


class ActivityForm(FactForm):
    """How it stands follows from the dates; who says otherwise, says from when and why."""

    line = LineField()
    owner = OrganisationField(label="Eigenaar")
    override_since = DayField(label="Andere stand geldt vanaf", required=False)
    parts = (
        Part(MilestoneForm, "Mijlpaal", "Mijlpalen", f"Een stap die wordt bereikt, of nog niet. {PRECISE}"),
    )

    class Meta:
        model = Activity
        fields = (
            "title",
            "line",
            "owner",
            "description",
            "planned_start",
            "planned_end",
            "started_on",
            "ended_on",
            "override",
            "override_since",
            "override_reason",
            "source",
        )
        widgets = {"description": forms.Textarea({"rows": 4})}
        help_texts = {
            **dict.fromkeys(("planned_start", "planned_end", "started_on", "ended_on"), PRECISE),
            "override": DERIVED,
            "source": "Waar u dit vond.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].required = True
