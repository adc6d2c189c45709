"""What is typed about an activity of the plan, with its milestones."""

from __future__ import annotations

from typing import Any

from django import forms

from monitoring.forms.facts import FactForm, LineField, Part, RowForm
from monitoring.models import Activity, Milestone
from mvi_portal.core.dates import DayField
from signatories.forms.choosing import OrganisationField

PRECISE = "Zo precies als bekend: 24-11-2022, mei 2024, najaar 2024 of medio 2025."
DERIVED = "Laat leeg: de stand volgt dan uit de datums. Overstemmen kan alleen met een dag en een reden."


class MilestoneForm(RowForm):
    class Meta:
        model = Milestone
        fields = ("title", "planned_on", "reached_on")
        help_texts = {"planned_on": PRECISE, "reached_on": PRECISE}


class ActivityForm(FactForm):
    """How it stands follows from the dates; who says otherwise, says from when and why."""

    line = LineField()
    owner = OrganisationField(label="Eigenaar")
    override_since = DayField(label="Overstemd vanaf", required=False)
    parts = (Part(MilestoneForm, "Mijlpaal", "Mijlpalen", "Een stap die wordt bereikt, of nog niet."),)

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
