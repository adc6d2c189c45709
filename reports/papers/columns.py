"""The columns of the data that goes along: what each is called and means is told by the models themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from actionplans.models import ActionPlan, Evaluation, PlanVersion
from buyergroups.models import BuyerGroup, Phase
from monitoring.models import Indicator, IndicatorMethod, Measurement
from mvi_portal.core.workbooks import Kind
from signatories.models import Organisation, OrganisationName, Signatory, Signature

DEMO = "ja: verzonnen voor de demonstratie; nee: een feit"


@dataclass(frozen=True)
class Told:
    """A column: of a field of a model, by whose label it is called; or of our own, with a label."""

    model: type[models.Model] | None
    field: str = ""
    label: str = ""
    help: str = ""
    kind: Kind = Kind.TEXT

    def frozen(self) -> list[str]:
        """Heading, explanation and kind, to freeze beside the rows."""
        found: Any = self.model._meta.get_field(self.field) if self.model and self.field else None
        heading = self.label or str(found.verbose_name)
        return [heading, self.help or _help(self.model, found), self.kind.name]


def _help(model: type[models.Model] | None, field: Any) -> str:
    if field is None or model is None:
        return ""
    of = f"Van: {model._meta.verbose_name}."
    return f"{field.help_text} {of}" if field.help_text else of


_CODE = "De TOOI-code, of een eigen sleutel voor wie er geen heeft."
_STAND = "Waar de handtekening op de peildatum staat met haar actieplan."

SIGNATORIES = (
    Told(Organisation, "key", "code", _CODE),
    Told(OrganisationName, "name", help="De naam op de peildatum."),
    Told(Organisation, "kind"),
    Told(Signature, "slug", "handtekening"),
    Told(Signature, "signed_on", kind=Kind.PARTIAL_DATE),
    Told(Signatory, "valid_from", kind=Kind.PARTIAL_DATE),
    Told(
        None,
        label="uiterste datum plan",
        help="Ondertekening plus de termijn van het manifest.",
        kind=Kind.DAY,
    ),
    Told(None, label="stand van het plan", help=_STAND),
    Told(
        None,
        label="plan ontvangen op",
        help="De eerste versie van een plan dat voor de handtekening geldt.",
        kind=Kind.PARTIAL_DATE,
    ),
    Told(
        None,
        label="plan geëvalueerd op",
        help="De laatste gepubliceerde evaluatie van zo'n plan.",
        kind=Kind.PARTIAL_DATE,
    ),
    Told(Organisation, "is_demo", "demo", DEMO, Kind.YES_NO),
)
PLANS = (
    Told(ActionPlan, "slug"),
    Told(ActionPlan, "title"),
    Told(PlanVersion, "number"),
    Told(PlanVersion, "received_on", kind=Kind.PARTIAL_DATE),
    Told(ActionPlan, "adopted_on", kind=Kind.PARTIAL_DATE),
    Told(ActionPlan, "period_from", kind=Kind.PARTIAL_DATE),
    Told(ActionPlan, "period_until", kind=Kind.PARTIAL_DATE),
    Told(ActionPlan, "is_demo", "demo", DEMO, Kind.YES_NO),
)
EVALUATIONS = (
    Told(ActionPlan, "slug", "sleutel van het plan"),
    Told(Evaluation, "number"),
    Told(Evaluation, "round", help="De ronde waarin de evaluatie is gedaan; leeg: buiten een ronde."),
    Told(Evaluation, "evaluated_on", kind=Kind.PARTIAL_DATE),
    Told(Evaluation, "published_on", kind=Kind.DAY),
    Told(Evaluation, "is_demo", "demo", DEMO, Kind.YES_NO),
)
GROUPS = (
    Told(BuyerGroup, "slug"),
    Told(BuyerGroup, "name"),
    Told(BuyerGroup, "sector"),
    Told(BuyerGroup, "product_group"),
    Told(BuyerGroup, "domain"),
    Told(BuyerGroup, "started_on", "begonnen op", kind=Kind.PARTIAL_DATE),
    Told(Phase, "kind", help="De fase op de peildatum; leeg: niet bekend."),
    Told(BuyerGroup, "is_demo", "demo", DEMO, Kind.YES_NO),
)
MEASUREMENTS = (
    Told(Indicator, "slug"),
    Told(Indicator, "name"),
    Told(Indicator, "unit"),
    Told(
        Indicator,
        "basis",
        help="Waarden over de looptijd van contracten mag u niet optellen bij jaarwaarden.",
    ),
    Told(Measurement, "period_from", kind=Kind.DAY),
    Told(Measurement, "period_until", kind=Kind.DAY),
    Told(Measurement, "qualifier"),
    Told(Measurement, "value", kind=Kind.DECIMAL),
    Told(IndicatorMethod, "version", "versie van de methode"),
    Told(IndicatorMethod, "breaks_series"),
    Told(Measurement, "source"),
    Told(Measurement, "report_number"),
    Told(Measurement, "is_demo", "demo", DEMO, Kind.YES_NO),
)
FIGURES = (
    ("sleutel", "De vaste sleutel van het cijfer.", Kind.TEXT.name),
    ("cijfer", "Wat er is geteld.", Kind.TEXT.name),
    ("eenheid", "Waarin het is geteld.", Kind.TEXT.name),
    ("lijn", "De hoofdlijn van het plan waar dit bij hoort.", Kind.TEXT.name),
    ("waarde", "De waarde op de peildatum.", Kind.WHOLE.name),
    (
        "volledigheid",
        "exact, at-least (minstens) of about (ongeveer): zo volledig is het register.",
        Kind.TEXT.name,
    ),
    ("vorige waarde", "De waarde op de dag waarmee de brief vergelijkt.", Kind.WHOLE.name),
    ("geheel", "Hoeveel het er hoogstens kunnen zijn.", Kind.WHOLE.name),
    ("definitie", "Wat precies meetelt.", Kind.TEXT.name),
    ("toelichting", "Waarom het register niet volledig is.", Kind.TEXT.name),
)
