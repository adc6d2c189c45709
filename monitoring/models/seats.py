"""Who comes or writes for an organisation in an office: it is one of that organisation."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

OFFICE_OF_OTHER = "Dit ambt hoort bij een andere organisatie. Kies een ambt van deze organisatie, of geen."
OFFICE_OF_OTHER_SQL = (
    "NEW.office_id IS NOT NULL AND NEW.organisation_id"
    " <> (SELECT organisation_id FROM signatories_office WHERE id = NEW.office_id)"
)


def refuse_office_of_other(row: Any) -> None:
    """Raises ValidationError when the office is not one of the organisation; as the trigger says it."""
    if row.office and row.organisation_id and row.office.organisation_id != row.organisation_id:
        raise ValidationError({"office": OFFICE_OF_OTHER})
