"""What belongs to a letter stays as it was once the letter was sent: the database refuses the rest."""

from __future__ import annotations

from collections.abc import Iterable

import pgtrigger

LOCKED = "De brief is verzonden en ligt vast."


def locked_when_sent(
    model: str, letter: str = "{row}.letter_id", *, free: Iterable[str] = ()
) -> list[pgtrigger.Trigger]:
    """Triggers for the Meta of a model. `letter` is SQL that leads from a row to the key of its letter.

    `free` names the fields that may still change: who did something goes empty when an account is erased.
    """
    keys = ", ".join(letter.format(row=row) for row in ("OLD", "NEW"))
    func = (
        f"IF EXISTS (SELECT 1 FROM reports_letter WHERE state = 'sent' AND id IN ({keys})) THEN "  # noqa: S608 - of names in this code
        "RAISE EXCEPTION USING ERRCODE = 'check_violation', "
        f"CONSTRAINT = '{model}_locked_when_sent', MESSAGE = '{LOCKED}'; END IF; RETURN COALESCE(NEW, OLD);"
    )
    return [
        pgtrigger.Trigger(
            name="sent_is_whole",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Delete,
            func=func,
        ),
        pgtrigger.Trigger(
            name="sent_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(exclude=list(free)),
            func=func,
        ),
    ]
