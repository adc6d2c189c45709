"""The signatures of the register as a workbook is compared with them, read once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from mvi_portal.core.workbooks import Record, Rule
from signatories.models import Manifest, Office, Signatory, Signature

TOLD = 5  # so many possibilities in a message


@dataclass
class Register:
    manifests: dict[str, Manifest]
    signatures: dict[tuple[str, str], Signature]  # by the keys of manifest and signature
    rows: dict[int, list[Signatory]]  # by signature
    of_organisation: dict[tuple[str, int], list[Signature]]  # by manifest and organisation
    offices: dict[str, list[Office]] = field(default_factory=lambda: defaultdict(list))  # by key and title

    @classmethod
    def read(cls) -> Register:
        found = cls(
            {item.slug: item for item in Manifest.objects.all()}, {}, defaultdict(list), defaultdict(list)
        )
        signatures: Any = Signature.objects.select_related("manifest", "office")
        found.signatures = {(item.manifest.slug, item.slug): item for item in signatures}
        by_pk = {item.pk: item for item in found.signatures.values()}
        for row in Signatory.objects.order_by("valid_from", "pk"):
            signature = by_pk[row.signature_id]
            found.rows[signature.pk].append(row)
            found.of_organisation[signature.manifest.slug, row.organisation_id].append(signature)
        for office in Office.objects.order_by("slug"):
            for text in {office.slug.casefold(), office.title.casefold()}:
                found.offices[text].append(office)
        return found

    def office(self, record: Record, organisation: int, now: Office | None) -> Office | None:
        """By key or title: the signature's own already, else one of the organisation's, else the only one."""
        text = record.values.get("office")
        if not text:
            return None
        named = self.offices.get(str(text).casefold(), [])
        own = [office for office in named if office.organisation_id == organisation]
        if now is not None and now in named:
            return now
        if len(own) == 1 or len(named) == 1:
            return (own or named)[0]
        record.refuse("office", Rule.DOUBT if named else Rule.KNOWN, _unclear(str(text), named))
        return None


def _unclear(text: str, named: list[Office]) -> str:
    if not named:
        return f"Het ambt “{text}” staat niet in het register. Laat de cel leeg, of kijk of de naam klopt."
    keys = ", ".join(office.slug for office in named[:TOLD])
    return f"“{text}” is de naam van meer ambten. Vul de sleutel in van het ambt dat u bedoelt, zoals {keys}."
