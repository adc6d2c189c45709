"""What the decision note says of agreement and alignment, from what is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mvi_portal.core.dates import long_date
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
_OPEN = {
    AssentKind.ASSENT: "De instemming van {} is gevraagd en nog niet ontvangen.",
    AssentKind.ALIGNMENT: "De afstemming met {} loopt nog.",
}


def agreement_sentences(letter: Letter) -> list[str]:
    """Sentences for the note: who assented, with whom was aligned and in which consultation, what is open."""
    rows = list(letter.assents.parties().select_related("organisation").order_by("organisation__key"))
    told = _names(letter, rows)
    latest = _latest(rows)
    return [
        sentence
        for kind in AssentKind
        for sentence in _of_kind([row for row in rows if row.kind == kind], kind, told, latest)
    ]


def _of_kind(
    rows: Sequence[Assent], kind: AssentKind, told: dict[int, str], latest: dict[int, Reply]
) -> Iterable[str]:
    for answer in Answer:
        groups: dict[tuple[str, str], list[Assent]] = {}
        for row in rows:
            if row.answer == answer:
                groups.setdefault(_where(row, latest.get(row.pk)), []).append(row)
        for (where, when), group in groups.items():
            one, many = _MANNERS[kind, answer]
            names = _joined(sorted(told[row.organisation_id] for row in group))
            yield f"{_capital(names)} {one if len(group) == 1 else many}{where}{when}."
    open_rows = [told[row.organisation_id] for row in rows if not row.answer]
    if open_rows:
        yield _OPEN[kind].format(_joined(sorted(open_rows)))


def _where(row: Assent, reply: Reply | None) -> tuple[str, str]:
    """In which consultation, else on which day."""
    if reply and reply.consultation:
        return f" in het overleg ‘{reply.consultation.title}’", f" ({reply.consultation.held_on})"
    return "", f" ({long_date(row.given_on)})" if row.given_on else ""


def _latest(rows: Iterable[Assent]) -> dict[int, Reply]:
    """The last reply of each: one query."""
    found = Reply.objects.filter(assent__in=[row.pk for row in rows]).select_related("consultation")
    return {reply.assent_id: reply for reply in found.order_by("recorded_at", "pk")}


def _names(letter: Letter, rows: Iterable[Assent]) -> dict[int, str]:
    named = Organisation.objects.with_name(on=letter.dated, fields=("name", "name_with_kind"))
    found = named.in_bulk({row.organisation_id for row in rows})
    return {key: _with_article(row) for key, row in found.items()}


def _with_article(row: Organisation) -> str:
    """As in "het ministerie van X"; a name that is no kind of body stands alone."""
    kind: str = getattr(row, "name_with_kind_on_day", "") or getattr(row, "name_on_day", "") or row.key
    return f"het {kind}" if kind.startswith("ministerie") else kind


def _joined(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} en {last}" if others else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
