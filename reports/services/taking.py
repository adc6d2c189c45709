"""Taking material over into a section."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.core.prose import paragraphs
from mvi_portal.history import history
from reports.models import NoteSection, Section, Taken
from reports.services.notes import edit_note_section
from reports.services.texts import edit_section
from reports.surroundings import Offer


@transaction.atomic
def take_material(*, section: Section, offer: Offer, after: str = "", by: User | None) -> None:
    """The proposal goes behind the paragraph with the fingerprint `after`, else to the end of the text.

    Raises LetterError for a letter whose texts are fixed.
    """
    stored = Section.objects.select_for_update().get(pk=section.pk)
    edit_section(section=stored, text=_with(stored.text, offer, after), by=by)
    with history(by=by, action="letter.material-taken", why=offer.title[:300]):
        Taken.objects.update_or_create(
            section=stored, key=offer.key, defaults={"by": by, "at": timezone.now()}
        )


@transaction.atomic
def take_note_material(*, section: NoteSection, offer: Offer, after: str = "", by: User | None) -> None:
    """The same into a section of a decision note. Raises LetterError once there is a decision."""
    stored = NoteSection.objects.select_related("note").select_for_update(of=("self",)).get(pk=section.pk)
    with history(by=by, action="note.material-taken", why=offer.title[:300]):
        edit_note_section(section=stored, text=_with(stored.text, offer, after), by=by)


def _with(text: str, offer: Offer, after: str) -> str:
    blocks = paragraphs(text)
    place = next((index + 1 for index, item in enumerate(blocks) if item.sha256 == after), len(blocks))
    parts = [item.html for item in blocks]
    return "".join([*parts[:place], offer.html, *parts[place:]])
