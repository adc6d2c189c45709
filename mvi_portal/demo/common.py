"""What the subjects of the demonstration share: where facts come from, and how rows are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from signatories.models import Organisation

# Where published facts come from, as `source` prints it.
NOTE = "beslisnota bij de voortgangsbrief van 2025"
GAZETTE = "Staatscourant 2024, 806"
LETTER_2021 = "Kamerstukken II 2020/21, 30 196, nr. 746"
LETTER_2023 = "Kamerstukken II 2022/23, 30 196, nr. 807"
NEWS_2022 = "nieuwsbericht van de Rijksoverheid, 24 november 2022"
# What nobody looked up, and what nobody has to look up.
TO_CONFIRM = "nog niet nagekeken bij een bron"
INVENTED = "verzonnen voor de demonstratie"

Organisations = Mapping[str, Organisation]

Fields = dict[str, Any]
DEMO: Fields = {"is_demo": True, "source": INVENTED}


def organisations() -> Organisations:
    """All organisations of the register by key: one query."""
    return {row.key: row for row in Organisation.objects.all()}


def municipality(number: int) -> str:
    """The key of an invented municipality: "voorbeeldgemeente-07"."""
    return f"voorbeeldgemeente-{number:02}"


def province(number: int) -> str:
    return f"voorbeeldprovincie-{number:02}"


def institution(number: int) -> str:
    return f"voorbeeldinstelling-{number:02}"
