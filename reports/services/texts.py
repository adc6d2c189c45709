"""The texts of a letter."""

from __future__ import annotations

from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.core import prose
from mvi_portal.history import history
from reports.errors import LetterError
from reports.models import Letter, Section
from reports.services.commenting import follow
from reports.services.locks import texts_locked


@transaction.atomic
def edit_section(*, section: Section, text: str, by: User | None) -> None:
    """The section says something else; the same text again is no change.

    Raises LetterError for a letter whose texts are fixed: all agreed with it, or it was sent.
    """
    letter = Letter.objects.select_for_update().get(pk=section.letter_id)  # it cannot be sent meanwhile
    if not letter.may_change_texts:
        raise LetterError(texts_locked(letter))
    stored = Section.objects.select_for_update().get(pk=section.pk)
    if stored.text != prose.clean(text):
        with history(by=by, action="letter.section-edited"):
            before, stored.text = stored.text, text
            stored.save(update_fields=["text"])
            follow(stored, before, stored.text)
