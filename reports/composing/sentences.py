"""A figure as a sentence with live figures, in good Dutch: singular and plural, "alle", and what changed."""

from __future__ import annotations

import re
from datetime import date

from django.utils.html import escape

from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import WORDS
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.prose import FigureNode, Form

# {n} is the figure, {unit} what it counts; of [one|many] the form that goes with the value is taken.
_SAID = {
    "ondertekenaars.waterschappen": "{n} {unit} [valt|vallen] onder het Manifest",
    "ondertekenaars.organisaties": "Samen [valt|vallen] {n} {unit} onder het Manifest",
    "ondertekenaars.handtekeningen": "Onder het Manifest [staat|staan] {n} {unit}",
    "actieplannen.verwacht": "Op de peildatum [hoorde|hoorden] er {n} {unit} te zijn",
    "actieplannen.ontvangen": "Er [is|zijn] {n} {unit} ontvangen",
    "actieplannen.termijn_verstreken": "Van {n} {unit} is de termijn verstreken",
    "actieplannen.geevalueerd": "Er [is|zijn] {n} {unit} geëvalueerd",
    "toezeggingen.openstaand": "Er [staat|staan] {n} {unit} open",
    "buyergroups.gestart": "Sinds 2020 [is|zijn] er {n} {unit} gestart",
    "buyergroups.actief": "Op de peildatum [was|waren] er {n} {unit} bezig",
    "buyergroups.deelnemers": "Aan de buyer groups [doet|doen] {n} {unit} mee",
    "buyergroups.resultaten": "Buyer groups hebben {n} {unit} gepubliceerd",
}
_SIGNED = "{n} {unit} [heeft|hebben] het Manifest ondertekend"
_IN_SECTOR = "In de sector {sector} [is|zijn] sinds 2020 {n} {unit} gestart"
_BEGINNINGS = {"ondertekenaars.": _SIGNED, "buyergroups.gestart_": _IN_SECTOR}
_ELSE = "{label}: {n}"
_CHOICE = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")


def sentence(figure: FrozenFigure, since: date | None) -> str:
    """One paragraph; every number in it is live."""
    begun = (said for begin, said in _BEGINNINGS.items() if figure.key.startswith(begin))
    pattern = _SAID.get(figure.key) or next(begun, _ELSE)
    is_one = figure.value == 1
    chosen = _CHOICE.sub(lambda found: found[1] if is_one else found[2], pattern)
    unit = figure.unit.one if is_one else figure.unit.many
    names = {"label": figure.label, "unit": unit, "sector": figure.label.rpartition(": ")[2]}
    said = {name: escape(words) for name, words in names.items()}
    told = escape(chosen).format(n=_number(figure), **said)
    return f"<p>{told}{_changed(figure, since)}.</p>"


def _number(figure: FrozenFigure) -> str:
    """Small ones in words, as complete as the register is; with "alle" where it is the whole."""
    if figure.qualifier != "exact":
        return str(FigureNode(figure.key, Form.AT_LEAST))
    form = Form.WORDS if figure.value < len(WORDS) else Form.NUMBER
    said = str(FigureNode(figure.key, form))
    is_whole = figure.value > 1 and figure.value == figure.population
    return f"{FigureNode(figure.key, Form.ALL)} {said}" if is_whole else said


def _changed(figure: FrozenFigure, since: date | None) -> str:
    if figure.previous is None or since is None:
        return ""
    word = "als" if figure.value == figure.previous else "dan"
    return f", {FigureNode(figure.key, Form.CHANGE)} {word} op {long_date(since)}"
