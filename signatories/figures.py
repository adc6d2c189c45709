"""The figures of line A: who signed the Manifest."""

from __future__ import annotations

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat

from mvi_portal.core.figures import Measure, Rows, Unit, figure
from mvi_portal.core.spans import daterange
from signatories.models import Kind, Organisation, Signatory, Signature

LINE = "A"
CATEGORIES = (Kind.MINISTRY, Kind.PROVINCE, Kind.MUNICIPALITY, Kind.WATER_AUTHORITY, Kind.OTHER)
ORGANISATION = "organisation__key"


def _signatories(*kinds: Kind) -> Rows:
    return Signatory.objects.of_kind(*kinds).with_span().annotate(key=F("organisation_id"))


def _existing(kind: Kind) -> Rows:
    """All organisations of the kind: the whole that "alle" is measured against."""
    return Organisation.objects.of_kind(kind).annotate(span=daterange("valid_from", "valid_until"))


@figure(
    "ondertekenaars.departementen",
    label="Departementen die het Manifest ondertekenden",
    unit=Unit("departement", "departementen"),
    line=LINE,
    row_key=ORGANISATION,
    population=lambda: _existing(Kind.MINISTRY),
)
def ministries() -> Rows:
    """Het aantal ministeries dat op de peildatum bestaat en ondertekenaar van het Manifest is. Een
    ministerie dat later is ontstaan, telt mee als is bevestigd dat het de handtekening van een ander
    ministerie voortzet. Ministeries met twee ondertekenaars tellen één keer.
    """
    return _signatories(Kind.MINISTRY)


@figure(
    "ondertekenaars.provincies",
    label="Provincies die het Manifest ondertekenden",
    unit=Unit("provincie", "provincies"),
    line=LINE,
    row_key=ORGANISATION,
    population=lambda: _existing(Kind.PROVINCE),
)
def provinces() -> Rows:
    """Het aantal provincies dat op de peildatum ondertekenaar van het Manifest is."""
    return _signatories(Kind.PROVINCE)


@figure(
    "ondertekenaars.gemeenten",
    label="Gemeenten die het Manifest ondertekenden",
    unit=Unit("gemeente", "gemeenten"),
    line=LINE,
    row_key=ORGANISATION,
    population=lambda: _existing(Kind.MUNICIPALITY),
)
def municipalities() -> Rows:
    """Het aantal gemeenten dat op de peildatum bestaat en ondertekenaar van het Manifest is. Tekende een
    bestuurder ook namens andere gemeenten, dan telt elke gemeente. Na een herindeling telt de nieuwe
    gemeente als is bevestigd dat zij de handtekening voortzet.
    """
    return _signatories(Kind.MUNICIPALITY)


@figure(
    "ondertekenaars.waterschappen",
    label="Waterschappen die onder het Manifest vallen",
    unit=Unit("waterschap", "waterschappen"),
    line=LINE,
    row_key=ORGANISATION,
    population=lambda: _existing(Kind.WATER_AUTHORITY),
)
def water_authorities() -> Rows:
    """Het aantal waterschappen dat op de peildatum bestaat en onder een handtekening valt. De Unie van
    Waterschappen tekende één keer voor alle waterschappen; zij telt zelf niet mee.
    """
    return _signatories(Kind.WATER_AUTHORITY)


@figure(
    "ondertekenaars.overige",
    label="Overige organisaties die het Manifest ondertekenden",
    unit=Unit("overige organisatie", "overige organisaties"),
    line=LINE,
    row_key=ORGANISATION,
)
def others() -> Rows:
    """Het aantal overige overheidsorganisaties en semioverheidsorganisaties dat op de peildatum
    ondertekenaar van het Manifest is.
    """
    return _signatories(Kind.OTHER)


@figure(
    "ondertekenaars.organisaties",
    label="Organisaties die onder het Manifest vallen",
    unit=Unit("organisatie", "organisaties"),
    line=LINE,
    row_key=ORGANISATION,
)
def organisations() -> Rows:
    """Het aantal departementen, provincies, gemeenten, waterschappen en overige organisaties dat op de
    peildatum ondertekenaar van het Manifest is, bij elkaar opgeteld.
    """
    return _signatories(*CATEGORIES)


@figure(
    "ondertekenaars.handtekeningen",
    label="Handtekeningen onder het Manifest",
    unit=Unit("handtekening", "handtekeningen"),
    line=LINE,
    row_key="natural_key",
    measure=Measure.ROWS,
)
def signatures() -> Rows:
    """Het aantal handtekeningen dat op de peildatum onder het Manifest staat en niet is ingetrokken. Eén
    handtekening kan voor meer organisaties gelden; twee bewindspersonen van één ministerie zetten er
    twee.
    """
    natural = Concat("manifest__slug", Value(":"), "slug", output_field=CharField())
    return Signature.objects.with_span().annotate(key=F("pk"), natural_key=natural)
