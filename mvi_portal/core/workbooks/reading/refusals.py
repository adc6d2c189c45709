"""Why a file as a whole is not read, in the words that people get."""

from __future__ import annotations

from mvi_portal.core.workbooks.errors import FileRefused, Rule

_RULES = {
    "protected": Rule.PASSWORD,
    "broken": Rule.FILE,
    "other": Rule.FILE,
    "swollen": Rule.SIZE,
    "far": Rule.SIZE,
    "old": Rule.OLD,
    "binary": Rule.OLD,
}
_AS_XLSX = "Open het en kies “Opslaan als”, type “Excel-werkmap (.xlsx)”."
_TOLD = {
    "protected": (
        "Dit bestand is beveiligd met een wachtwoord, dus wij kunnen het niet lezen. Haal het wachtwoord "
        "eraf en stuur het opnieuw."
    ),
    "broken": (
        "Dit bestand is beschadigd of geen echt werkblad. Open het in Excel of LibreOffice, sla het opnieuw "
        "op als XLSX of ODS, en stuur dat."
    ),
    "other": "Dit is geen werkblad. Stuur een bestand van het type XLSX, ODS of CSV (UTF-8).",
    "swollen": (
        "Dit bestand wordt bij het uitpakken te groot. Kopieer uw rijen naar een nieuw werkblad en stuur dat."
    ),
    "far": (
        "Dit werkblad is te groot: er passen 50.000 rijen en 200 kolommen in. Staat er iets in een cel ver "
        "naar rechts of naar beneden? Haal dat weg. Verdeel anders de rijen over meer bestanden."
    ),
    "old": f"Dit is een oud Excelbestand (.xls). {_AS_XLSX}",
    "binary": f"Dit is een binair Excelbestand (.xlsb). {_AS_XLSX}",
}


def refusal(why: str) -> FileRefused:
    """`why` as the reading process names it, too."""
    return FileRefused(_RULES[why], _TOLD[why])
