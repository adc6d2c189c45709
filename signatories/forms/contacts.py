"""What is typed about a contact person: little, and with a purpose."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from mvi_portal.core.editing import EditingForm
from signatories.models import Contact


class ContactForm(EditingForm):
    class Meta:
        model = Contact
        fields = ("name", "email", "phone", "purpose")
        help_texts = {"purpose": "Waarvoor u deze persoon mag benaderen, bijvoorbeeld: actieplan."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in ("name", "email", "phone")):
            raise ValidationError("Vul minstens een naam, een e-mailadres of een telefoonnummer in.")
        return cleaned
