"""What the decision note says of agreement and alignment, from what is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from mvi_portal.core.dates import long_date
from mvi_portal.core.enumerating import enumerated
from reports.agreement.board import Party, board_of
from reports.models import Answer, Assent, AssentKind, Letter, Reply
from signatories.models import Organisation

_MANNERS = {
    (AssentKind.ASSENT, Answer.AGREED): ("heeft ingestemd met de brief", "hebben ingestemd met de brief"),
    (AssentKind.ASSENT, Answer.AGREED_IF): (
        "heeft onder voorwaarde ingestemd met de brief",
        "hebben onder voorwaarde ingestemd met de brief",
    ),
    (AssentKind.ASSENT, Answer.NOT_AGREED): (
        "heeft niet ingestemd met de brief",
        "hebben niet ingestemd met de brief",
    ),
    (AssentKind.ALIGNMENT, Answer.AGREED): ("is akkoord met de brief", "zijn akkoord met de brief"),
    (AssentKind.ALIGNMENT, Answer.AGREED_IF): (
        "is onder voorwaarde akkoord met de brief",
        "zijn onder voorwaarde akkoord met de brief",
    ),
    (AssentKind.ALIGNMENT, Answer.NOT_AGREED): (
        "is niet akkoord met de brief",
        "zijn niet akkoord met de brief",
    ),
}
_ARTICLES = {
    **dict.fromkeys(("ministerie", "waterschap", "hoogheemraadschap", "interprovinciaal"), "het"),
    **dict.fromkeys(("provincie", "gemeente", "unie", "vereniging"), "de"),
}
_OPEN = {
    AssentKind.ASSENT: "De instemming van {} is gevraagd en nog niet ontvangen.",
    AssentKind.ALIGNMENT: "De afstemming met {} loopt nog.",
}


class _How(NamedTuple):
    """What parties have in common that are told of in one sentence."""

    where: str
    when: str
    is_earlier: bool
    met_on: date | None


def agreement_sentences(letter: Letter) -> list[str]:
    """Sentences for the note: who assented, with whom was aligned and in which consultation, what is open."""
    parties = sorted(board_of(letter).parties, key=lambda party: party.assent.organisation.key)
    rows = [party.assent for party in parties]
    told, latest = _names(letter, rows), _latest(rows)
    return [
        sentence
        for kind in AssentKind
        for sentence in _of_kind(
            [party for party in parties if party.assent.kind == kind], kind, told, latest
        )
    ]


def _of_kind(
    parties: Sequence[Party], kind: AssentKind, told: dict[int, str], latest: dict[int, Reply]
) -> Iterable[str]:
    for answer in Answer:
        groups: dict[_How, list[Assent]] = {}
        for party in parties:
            if party.assent.answer == answer:
                groups.setdefault(_how(party, latest.get(party.assent.pk)), []).append(party.assent)
        for how, group in groups.items():
            names = enumerated(sorted(told[row.organisation_id] for row in group))
            yield f"{_capital(names)} {_manner(kind, answer, how, is_one=len(group) == 1)}."
    open_rows = [told[party.assent.organisation_id] for party in parties if not party.is_answered]
    if open_rows:
        yield _OPEN[kind].format(enumerated(sorted(open_rows)))


def _manner(kind: AssentKind, answer: Answer, how: _How, *, is_one: bool) -> str:
    manner = _MANNERS[kind, answer][0 if is_one else 1]
    if how.is_earlier:
        manner = manner.replace("met de brief", "met een eerdere tekst van de brief")
    condition = "voorwaarde" if is_one else "voorwaarden"
    met = f"; aan de {condition} is op {long_date(how.met_on)} voldaan" if how.met_on else ""
    return f"{manner}{how.where}{how.when}{met}"


def _how(party: Party, reply: Reply | None) -> _How:
    return _How(*_where(party.assent, reply), _is_earlier(party), party.assent.met_on)


def _is_earlier(party: Party) -> bool:
    """Whether it answered to another text than that of now. What was sent only prints otherwise by drift."""
    changed = [*party.to_ask_again, *party.to_choose]
    if party.assent.letter.is_sent:
        changed = [change for change in changed if change.key[1] != change.key[2]]
    return bool(changed)


def _where(row: Assent, reply: Reply | None) -> tuple[str, str]:
    """In which consultation, else on which day."""
    if reply and reply.consultation:
        return f" in het overleg ‘{reply.consultation.title}’", f" ({reply.consultation.held_on})"
    return "", f" ({long_date(row.given_on)})" if row.given_on else ""


def _latest(rows: Iterable[Assent]) -> dict[int, Reply]:
    """The reply of each that stands, by the day it was given: one query."""
    found = Reply.objects.filter(assent__in=[row.pk for row in rows]).select_related("consultation")
    return {reply.assent_id: reply for reply in found.order_by("given_on", "recorded_at", "pk")}


def _names(letter: Letter, rows: Iterable[Assent]) -> dict[int, str]:
    named = Organisation.objects.with_name(on=letter.dated, fields=("name", "name_with_kind"))
    found = named.in_bulk({row.organisation_id for row in rows})
    return {key: _with_article(row) for key, row in found.items()}


def _with_article(row: Organisation) -> str:
    """As in "het ministerie van X"; a name that begins with no word for a body stands alone."""
    kind: str = getattr(row, "name_with_kind_on_day", "") or getattr(row, "name_on_day", "") or row.key
    article = _ARTICLES.get(kind.partition(" ")[0].casefold())
    return f"{article} {kind}" if article else kind


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
