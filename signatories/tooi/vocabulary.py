"""The words of TOOI that we read; the rest of a register is not ours to keep."""

from __future__ import annotations

from signatories.models import Event, Kind

ONTOLOGY = "https://identifier.overheid.nl/tooi/def/ont/"
LISTS = "https://identifier.overheid.nl/tooi/def/wl/"
PROV = "http://www.w3.org/ns/prov#"

HEADER = f"{LISTS}RegisterwaardelijstCompleet"
FORMER_VERSION = f"{ONTOLOGY}HistorischeVersie"
CHANGE_OF_STATE = f"{ONTOLOGY}Toestandswijziging"  # says no more than the former version does

# class of the organisation: our kind, and how its codes begin
ORGANISATIONS = {
    f"{ONTOLOGY}Gemeente": (Kind.MUNICIPALITY, ("gm",)),
    f"{ONTOLOGY}Provincie": (Kind.PROVINCE, ("pv",)),
    f"{ONTOLOGY}Waterschap": (Kind.WATER_AUTHORITY, ("ws",)),
    f"{ONTOLOGY}Ministerie": (Kind.MINISTRY, ("mnre",)),
    f"{ONTOLOGY}Samenwerkingsorganisatie": (Kind.OTHER, ("so",)),
    f"{ONTOLOGY}Overheidsorganisatie": (Kind.OTHER, ("oorg", "zbo", "zb")),
}
EVENTS = {
    f"{ONTOLOGY}Samenvoeging": Event.MERGER,
    f"{ONTOLOGY}Uitbreiding": Event.EXTENSION,
    f"{ONTOLOGY}Herschikking": Event.REARRANGEMENT,
}

TITLE = f"{ONTOLOGY}titel"
VERSION = f"{LISTS}volgnummer"
VIEW_DATE = f"{ONTOLOGY}zichtdatum"
CODE = f"{ONTOLOGY}organisatiecode"
NAME = f"{ONTOLOGY}voorkeursnaamExclSoort"
NAME_WITH_KIND = f"{ONTOLOGY}voorkeursnaamInclSoort"
SORT_NAME = f"{ONTOLOGY}voorkeursnaamSorteer"
ABBREVIATION = f"{ONTOLOGY}afkorting"
PROVINCE = f"{ONTOLOGY}ligtInProvincie"
BEGIN = f"{ONTOLOGY}begindatum"
END = f"{ONTOLOGY}einddatum"
VERSION_OF = f"{PROV}specializationOf"
VERSION_BEGIN = f"{ONTOLOGY}begindatumHV"
VERSION_END = f"{ONTOLOGY}einddatumHV"
CHANGED_AT = f"{ONTOLOGY}tijdstipWijziging"
INVALIDATED = f"{PROV}invalidated"
GENERATED = f"{PROV}generated"
USED = f"{PROV}used"


def local(uri: str) -> str:
    """The last part of an address: "gm0363", "Gemeente", "titel"."""
    return uri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
