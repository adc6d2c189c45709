"""What is typed about a merger or a split, and what is decided about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from mvi_portal.accounts.models import User
from mvi_portal.core.dates import DayField
from signatories import succeeding
from signatories.forms.fields import OrganisationsField, reason
from signatories.models import Contact, Event, Organisation, Succession
from signatories.succeeding import Proposal

GOES, STAYS = "ja", "nee"


class SuccessionForm(forms.Form):
    """By hand, when no register tells it (yet)."""

    predecessors = OrganisationsField(label="Voorgangers")
    successors = OrganisationsField(
        label="Opvolgers",
        help_text="Eén per regel: de naam of de code. Staat een nieuwe organisatie nog niet in "
        "het register? Werk dan eerst het register bij.",
    )
    event = forms.ChoiceField(label="Gebeurtenis", choices=Event.choices)
    on = DayField(label="Ingangsdatum")
    ends = forms.BooleanField(
        label="De voorganger houdt de dag ervoor op te bestaan", required=False, initial=True
    )
    source = forms.CharField(label="Bron", max_length=300, help_text="Waar u dit vond.")
    why = reason(required=False)

    def clean_event(self) -> Event:
        return Event(self.cleaned_data["event"])


class SettleForm(forms.Form):
    """A question for each signature, each contact person, and what other apps ask."""

    def __init__(self, data: Any, *, proposal: Proposal) -> None:
        super().__init__(data)
        self.proposal, self.open = proposal, proposal.open  # as it stood when it was asked
        self.signatures = {item: self._goes(item) for item in self.open if self._stands(item)}
        self.people = {contact: self._to(contact) for contact in proposal.contacts}
        self.asked = {name: self._asked(name, part) for name, part in succeeding.named_parts()}
        self.fields["why"] = reason(required=False)

    def decisions(self) -> dict[Succession, bool]:
        """Whether signatures go along; of one without signatures there is nothing that could stay."""
        given = self.cleaned_data
        return {
            item: given[self.signatures[item]] == GOES if item in self.signatures else True
            for item in self.open
        }

    def contacts(self) -> dict[Contact, Organisation]:
        """Those that go to a successor."""
        successors = {item.successor.key: item.successor for item in self.open}
        chosen = {contact: self.cleaned_data[name] for contact, name in self.people.items()}
        return {contact: successors[key] for contact, key in chosen.items() if key}

    def carry(self, by: User) -> None:
        """What other apps were answered."""
        for name, part in succeeding.named_parts():
            answers = {key: self.cleaned_data[field] for key, field in self.asked[name].items()}
            part.carry(self.open, answers, by)

    def _stands(self, item: Any) -> bool:
        return item.predecessor_id in self.proposal.standing

    def _goes(self, item: Any) -> str:
        name = f"goes-{item.pk}"
        expected = succeeding.expected(item, self.proposal)
        self.fields[name] = forms.ChoiceField(
            label=f"Gaat de handtekening van {item.before} mee naar {item.after}?",
            choices=[
                (GOES, f"Ja, {item.after} neemt haar over"),
                (STAYS, "Nee, de handtekening gaat niet mee"),
            ],
            initial=GOES if expected else None,
            widget=forms.RadioSelect,
        )
        return name

    def _to(self, contact: Contact) -> str:
        name = f"contact-{contact.pk}"
        ways = self.proposal.successors_of(contact.organisation_id)
        before = ways[0].before
        self.fields[name] = forms.ChoiceField(
            label=f"Waar hoort contactpersoon {contact.name or contact.email or contact.phone} voortaan bij?",
            choices=[*((way.successor.key, way.after) for way in ways), ("", f"blijft staan bij {before}")],
            initial=ways[0].successor.key if len(ways) == 1 else "",
            required=False,
            widget=forms.RadioSelect,
        )
        return name

    def _asked(self, name: str, part: succeeding.Part) -> dict[str, str]:
        """The fields of its questions, by their key."""
        return dict(self._questions(name, part))

    def _questions(self, name: str, part: succeeding.Part) -> Iterator[tuple[str, str]]:
        for question in part.ask(self.open):
            field = f"{name}-{question.key}"
            self.fields[field] = forms.ChoiceField(
                label=question.label,
                choices=question.choices,
                initial=question.choices[0][0],
                help_text=question.help_text,
                widget=forms.RadioSelect,
            )
            yield question.key, field
