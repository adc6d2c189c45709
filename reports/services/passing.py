"""A letter goes on to its next state, or back: one step at a time, whoever clicks at the same moment."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from reports.errors import LetterError
from reports.models import Letter, LetterState, Passage
from reports.states import obstacles


@transaction.atomic
def advance(*, letter: Letter, expected: LetterState, by: User | None) -> Letter:
    """On to the next state. `expected` is where the one who asks saw it stand.

    Raises LetterError when somebody else was first, and with all that is still missing.
    """
    found = at_hand(letter, expected)
    target = found.stand.following
    if target is None or target is LetterState.SENT:
        raise LetterError("Een brief is verzonden zodra het ondertekende bestand is vastgelegd.")
    if missing := obstacles(found, target):
        raise LetterError(missing)
    return passed(found, target, by=by)


@transaction.atomic
def step_back(*, letter: Letter, expected: LetterState, to: LetterState, why: str, by: User | None) -> Letter:
    """Back to an earlier state, with a reason. What was answered and decided stays, with its date.

    Raises LetterError when somebody else was first, or for a letter that was sent.
    """
    found = at_hand(letter, expected)
    if to not in found.stand.earlier:
        raise LetterError(f"Een brief die '{found.stand.label}' is, kan niet terug naar '{to.label}'.")
    if not why.strip():
        raise LetterError("Wie een brief terugzet, zegt waarom.")
    return passed(found, to, by=by, why=why.strip())


def at_hand(letter: Letter, expected: LetterState) -> Letter:
    """The letter, locked until the transaction ends. Raises LetterError when it stands elsewhere by now."""
    found = Letter.objects.select_for_update().get(pk=letter.pk)
    if found.stand is not expected:
        raise LetterError(_overtaken(found))
    return found


def passed(letter: Letter, target: LetterState, *, by: User | None, why: str = "") -> Letter:
    """The step itself, written down; the caller has locked the letter and set what goes with the state."""
    verb = "passed" if target.place > letter.stand.place else "put-back"
    with history(by=by, action=f"letter.{verb}", why=why):
        Passage.objects.create(letter=letter, from_state=letter.state, to_state=target, by=by, why=why)
        letter.state = target
        letter.save(update_fields=["state", "sent_on", "reference", "dated"])
    return letter


def _overtaken(letter: Letter) -> str:
    """What a second click is told: nothing is wrong, and nothing was done twice."""
    last = letter.passages.select_related("by").first()
    who = f" door {last.by}" if last and last.by else ""
    at = f" om {timezone.localtime(last.at):%H:%M} uur" if last else ""
    return (
        f"Dit is intussen al gedaan{who}{at}: de brief is nu '{letter.stand.label}'. "
        "Er is niets dubbel gebeurd; kijk wat de volgende stap is."
    )
