"""Figures as documents stated them, beside what the register says: where they differ, we say why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from monitoring.models import PublishedFigure, Qualifier
from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import LETTER_2023, NEWS_2022, NOTE, Fields
from mvi_portal.demo.manifest import SIGNED
from mvi_portal.demo.writer import Writer

_EXACT, _AT_LEAST, _ABOUT = Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.ABOUT
_MESSAGES = "openbare berichten over buyer groups, 2021"
_LETTER_DAY, _JANUARY = date(2023, 2, 15), PartialDate.month(2025, 1)
_NOVEMBER = PartialDate.month(2022, 11)
_PROVINCES_OF = "ondertekenaars.provincies"
_DOCUMENTS: dict[str, Fields] = {
    NEWS_2022: {"dated": SIGNED, "source": "rijksoverheid.nl, 24 november 2022"},
    LETTER_2023: {"dated": _LETTER_DAY, "citation": LETTER_2023, "source": LETTER_2023},
    NOTE: {"dated": PartialDate.begin(2025), "source": NOTE},
    _MESSAGES: {
        "dated": PartialDate.month(2021, 4),
        "source": "magazinesrijkswaterstaat.nl, april 2021, en circulairebouweconomie.nl",
    },
}
_NOT_ADMINISTRATORS = (
    "Het register telt handtekeningen, niet bestuurders. Of meer bestuurders hun naam onder één ervan "
    "zetten, is niet bekend."
)
_OF_2025 = (
    "De nota schrijft dit aantal toe aan november 2022. Het past bij de stand van begin 2025: sinds de "
    "ondertekening zijn er gemeenten bij gekomen."
)
_MONTH = "De nota noemt geen dag; vergeleken is met het register op 31 januari 2025."

# document, figure, wording, value, qualifier, the day or time it is about, why the register differs
_STATED = (
    (NEWS_2022, "ondertekenaars.handtekeningen", "64 deelnemers", 64, _EXACT, SIGNED, ""),
    (NEWS_2022, "ondertekenaars.gemeenten", "ruim 40 gemeenten", 40, _AT_LEAST, SIGNED,
     "Het register telt ook de gemeenten waarvoor een bestuurder van een andere gemeente tekende."),
    (NEWS_2022, _PROVINCES_OF, "5 provincies", 5, _EXACT, SIGNED, ""),
    (LETTER_2023, "ondertekenaars.organisaties", "zo'n 90 organisaties", 90, _ABOUT, _LETTER_DAY, ""),
    (LETTER_2023, "ondertekenaars.handtekeningen", "meer dan 70 bestuurders", 70, _AT_LEAST, _LETTER_DAY,
     _NOT_ADMINISTRATORS),
    (LETTER_2023, "ondertekenaars.gemeenten", "zo'n 50 gemeenten", 50, _ABOUT, _LETTER_DAY, ""),
    (LETTER_2023, _PROVINCES_OF, "4 provincies", 4, _EXACT, _LETTER_DAY,
     "Het register volgt de ondertekening in de Staatscourant: vijf provincies. De brief noemt er vier."),
    (NOTE, "ondertekenaars.gemeenten", "zo'n 70 gemeenten", 70, _ABOUT, _NOVEMBER,
     _OF_2025),
    (NOTE, _PROVINCES_OF, "vijf provincies", 5, _EXACT, _NOVEMBER, ""),
    (NOTE, "actieplannen.ontvangen", "zeker 53 actieplannen", 53, _AT_LEAST, _JANUARY, _MONTH),
    (NOTE, "actieplannen.geevalueerd", "27 actieplannen", 27, _EXACT, PartialDate.month(2024, 5), ""),
    (NOTE, "buyergroups.gestart", "zo'n 35 buyer groups", 35, _ABOUT, _JANUARY, _MONTH),
    (_MESSAGES, "buyergroups.gestart", "13 gestart in 2020", 13, _EXACT, PartialDate.year(2020), ""),
    (_MESSAGES, "buyergroups.gestart", "16 in januari 2021", 16, _EXACT, PartialDate.month(2021, 1), ""),
)  # fmt: skip


def load(writer: Writer) -> None:
    writer.write(PublishedFigure, _rows(), key=["figure_key", "document", "refers_on"])


def _rows() -> Iterator[Fields]:
    for document, key, wording, value, qualifier, refers_on, remark in _STATED:
        yield {
            "figure_key": key,
            "document": document,
            "wording": wording,
            "value": value,
            "qualifier": qualifier,
            "refers_on": refers_on,
            "remark": remark,
            **_DOCUMENTS[document],
        }
