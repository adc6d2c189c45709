"""What is typed about a group itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from buyergroups.models import BuyerGroup
from mvi_portal.core.editing import EditingForm
from signatories.forms.choosing import Directory, OrganisationField, share
from signatories.forms.fields import OrganisationsField, typed_as
from signatories.models import Organisation, Theme


class GroupForm(EditingForm):
    """A group, by whom it is facilitated, who took the initiative, and its themes."""

    facilitator = OrganisationField(label="Begeleid door", required=False)
    initiators = OrganisationsField(label="Initiatiefnemers", required=False)
    themes = forms.MultipleChoiceField(
        label="Thema's", required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    instance: BuyerGroup

    class Meta:
        model = BuyerGroup
        fields = [
            "name",
            "sector",
            "product_group",
            "domain",
            "description",
            "started_on",
            "facilitator",
            "source",
        ]

    def __init__(self, *args: Any, instance: BuyerGroup, **kwargs: Any) -> None:
        given = {
            "initiators": typed_as(_initiators(instance)),
            "themes": _themes(instance),
        }
        super().__init__(*args, instance=instance, initial=given, **kwargs)
        self.directory = Directory()
        share(self.fields, self.directory)
        self.fields["themes"].choices = theme_choices()  # type: ignore[attr-defined] # a MultipleChoiceField
        self.fields["started_on"].help_text = (
            "Zo precies als bekend: 24 november 2022, november 2022, najaar 2022 of 2022. "
            "Leeg: niet bekend; de groep telt dan niet mee."
        )
        self.order_fields(
            ["name", "sector", "product_group", "domain", "themes", "description", "started_on"]
        )

    def given(self) -> dict[str, Any]:
        """What the services take."""
        names = (*self.Meta.fields, "initiators", "themes")
        return {name: self.cleaned_data[name] for name in names}


def theme_choices() -> list[tuple[str, str]]:
    """By the Manifest's own order; a theme is named once, by its newest manifest."""
    return [(str(theme.pk), theme.name) for theme in Theme.objects.order_by("manifest", "order")]


def _initiators(group: BuyerGroup) -> Iterable[Organisation]:
    return group.initiators.order_by("key") if group.pk else []


def _themes(group: BuyerGroup) -> list[str]:
    return [str(pk) for pk in group.themes.values_list("pk", flat=True)] if group.pk else []
