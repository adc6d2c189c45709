"""The columns of signatories: the same in the list's export, in the template and in what comes in."""

from __future__ import annotations

from mvi_portal.core.workbooks import Column, Kind
from signatories.models import Kind as OrganisationKind
from signatories.models import Manifest


def manifests() -> list[tuple[str, str]]:
    """By key: short, and the same in every file."""
    return [(slug, slug) for slug in Manifest.objects.values_list("slug", flat=True)]


def columns() -> tuple[Column, ...]:
    """Made anew for each file: the manifests to choose from can be others by then."""
    return (
        *_WHO,
        Column("manifest", _MANIFEST, Kind.CHOICE, required=True, choices=manifests),
        *_WHAT,
        *_READ,
    )


_MANIFEST = "De sleutel van het manifest waaronder getekend is."
_WHO = (
    Column(
        "code",
        "De TOOI-code, bijvoorbeeld gm0917, of de eigen sleutel van het portaal. Weet u hem niet, vul dan de "
        "naam in.",
        name="key",
        longest=60,
    ),
    Column(
        "naam",
        "De naam op de dag van ondertekening. Wij zoeken eerst op de code. Past een naam bij meer "
        "organisaties, of is hij van vroeger, dan vragen wij wie u bedoelt.",
        name="name",
        longest=250,
    ),
    Column(
        "soort",
        "De soort organisatie. Helpt als een naam vaker voorkomt, zoals Utrecht.",
        Kind.CHOICE,
        name="kind",
        choices=OrganisationKind.choices,
    ),
)
_WHAT = (
    Column(
        "handtekening",
        "De sleutel van de handtekening. Rijen met dezelfde sleutel zijn één handtekening, voor meer "
        "organisaties (“mede voor”). Leeg: een eigen handtekening.",
        name="slug",
        longest=80,
    ),
    Column(
        "ondertekend op",
        "Zo precies als bekend.",
        Kind.PARTIAL_DATE,
        name="signed_on",
        required=True,
    ),
    Column(
        "ambt", "Het ambt dat tekende, zoals het in het portaal heet, of de sleutel ervan.", name="office"
    ),
    Column(
        "nummer", "Het nummer in de Staatscourant.", Kind.WHOLE, name="number", lowest=1, highest=2**31 - 1
    ),
    Column("vindplaats", "Bijvoorbeeld Staatscourant 2024, 806.", name="citation", longest=200),
    Column("bron", "Waar u dit vond.", name="source", longest=300),
    Column(
        "ingetrokken op",
        "De dag waarop de handtekening is ingetrokken, voor alle organisaties eronder.",
        Kind.DAY,
        name="withdrawn_on",
    ),
    Column(
        "vanaf",
        "De eerste dag onder de handtekening. Leeg: vanaf de ondertekening.",
        Kind.DAY,
        name="valid_from",
    ),
    Column("tot en met", "De laatste dag onder de handtekening.", Kind.DAY, name="valid_until"),
)
_READ = (
    Column("mede voor", "Wie er op de peildatum nog meer onder de handtekening staan.", derived=True),
    Column("door opvolging van", "De voorganger, als de handtekening is meegegaan.", derived=True),
    Column("demo", "ja: verzonnen voor de demonstratie; nee: een feit.", derived=True),
)
OF_SIGNATURE = ("signed_on", "office", "number", "citation", "source", "withdrawn_on")
