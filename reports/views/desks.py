"""Where somebody writes: a part of the letter or a section of a note, with all that its pages need of it.

The pages are the same for both; what differs is here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.tabs import Tab
from mvi_portal.core.writing import ProseForm
from reports import content, rooms, services
from reports.forms import SectionForm
from reports.models import Letter, NoteSection, Section, Written
from reports.notes.forms import NoteSectionForm
from reports.views.notes import composed_note, crumbs, note_at
from reports.views.rights import commented, composed


class Desk(ABC):
    """One text, for who was let in to write or to comment on it."""

    noun: str  # its addresses begin with it
    draft: str  # under which the browser keeps what is typed
    document: str
    row: Written

    @property
    def letter(self) -> Letter:
        return self.row.letter

    @property
    @abstractmethod
    def place(self) -> list[Any]:
        """What its addresses need."""

    @property
    @abstractmethod
    def home(self) -> str:
        """The page of its document."""

    @property
    @abstractmethod
    def locked(self) -> str:
        """Why it cannot be written now; empty when it can."""

    @property
    @abstractmethod
    def help(self) -> str:
        """A word for who writes it."""

    @abstractmethod
    def form(self, data: Mapping[str, Any] | None = None, *, row: Written | None = None) -> ProseForm: ...

    @abstractmethod
    def save(self, text: str, by: User) -> None:
        """Raises LetterError."""

    @abstractmethod
    def links(self) -> list[tuple[str, str]]:
        """What else there is of the text, from the page on which it is written."""

    @abstractmethod
    def tabs(self, request: HttpRequest) -> list[Tab]: ...

    @abstractmethod
    def figures(self) -> Mapping[str, FrozenFigure]:
        """All that the text may say, as they read on the letter's day."""

    def series(self) -> Mapping[str, str]:
        """What it may draw beside figures, by its key."""
        return content.names_of_series(self.letter.reference_date)

    @abstractmethod
    def crumbs(self, request: HttpRequest, *pages: tuple[str, str]) -> list[tuple[str, str]]:
        """The way back; the last page is the one that is read."""

    def at(self, page: str) -> str:
        return reverse(f"reports:{self.noun}-{page}", args=self.place)

    @property
    def key(self) -> str:
        return f"{self.draft}-{self.row.pk}"

    def fresh(self) -> Written:
        """As it is stored by now."""
        return type(self.row)._default_manager.get(pk=self.row.pk)

    def after(self, request: HttpRequest) -> HttpResponse | None:
        """What must be looked at first, once the text is saved."""
        return None

    @property
    def context(self) -> dict[str, object]:
        """What each of its pages tells its template."""
        return {"desk": self, "letter": self.letter, "section": self.row}


@dataclass
class LetterDesk(Desk):
    row: Section

    noun, draft, document = "section", "sectie", "de brief"

    @property
    def place(self) -> list[Any]:
        return [self.letter.slug, self.row.pk]

    @property
    def home(self) -> str:
        return reverse("reports:letter-detail", args=[self.letter.slug])

    @property
    def locked(self) -> str:
        return "" if self.letter.may_change_texts else services.texts_locked(self.letter)

    @property
    def help(self) -> str:
        return ""

    def form(self, data: Mapping[str, Any] | None = None, *, row: Written | None = None) -> ProseForm:
        return SectionForm(data, instance=row or self.row)

    def save(self, text: str, by: User) -> None:
        services.edit_section(section=self.row, text=text, by=by)

    def links(self) -> list[tuple[str, str]]:
        return [
            ("Materiaal voor dit onderdeel", self.at("material")),
            ("Opmerkingen per alinea", self.at("comments")),
            ("Eerdere teksten", self.at("earlier")),
        ]

    def tabs(self, request: HttpRequest) -> list[Tab]:
        return rooms.letter_tabs(request, self.letter)

    def figures(self) -> Mapping[str, FrozenFigure]:
        return content.draft(self.letter.pk, section=self.row).letter.figures

    def crumbs(self, request: HttpRequest, *pages: tuple[str, str]) -> list[tuple[str, str]]:
        return [*rooms.crumbs(request, self.letter, "")[:-1], *pages]


@dataclass
class NoteDesk(Desk):
    row: NoteSection

    noun, draft, document = "note-section", "notasectie", "de nota"

    @property
    def place(self) -> list[Any]:
        return [self.letter.slug, self.row.note.office.slug, self.row.pk]

    @property
    def home(self) -> str:
        return reverse("reports:note-detail", args=self.place[:-1])

    @property
    def locked(self) -> str:
        return "" if self.row.note.may_change else services.note_locked(self.row.note)

    @property
    def help(self) -> str:
        template = self.row.note.template
        row = template.sections.filter(slug=self.row.slug).first() if template else None
        return row.help if row else ""

    def form(self, data: Mapping[str, Any] | None = None, *, row: Written | None = None) -> ProseForm:
        return NoteSectionForm(data, instance=row or self.row)

    def save(self, text: str, by: User) -> None:
        services.edit_note_section(section=self.row, text=text, by=by)

    def links(self) -> list[tuple[str, str]]:
        return [
            ("Materiaal voor dit onderdeel", self.at("material")),
            ("Wat openbaar wordt", reverse("reports:note-passages", args=self.place)),
            ("Opmerkingen per alinea", self.at("comments")),
            ("Eerdere teksten", self.at("earlier")),
        ]

    def tabs(self, request: HttpRequest) -> list[Tab]:
        return rooms.note_tabs(request, self.row.note)

    def figures(self) -> Mapping[str, FrozenFigure]:
        return content.draft(self.letter.pk).letter.figures

    def crumbs(self, request: HttpRequest, *pages: tuple[str, str]) -> list[tuple[str, str]]:
        return [*crumbs(request, self.row.note, "x")[:-1], *pages]

    def after(self, request: HttpRequest) -> HttpResponse | None:
        if not self.row.withholdings.filter(look_again=True).exists():
            return None
        told = "De tekst is bewaard. Een passage die niet openbaar is, is gewijzigd: klopt de grens nog?"
        messages.warning(request, told)
        return redirect("reports:note-passages", *self.place)


def of_letter(user: User, slug: str, pk: int, *, lock: bool = False) -> LetterDesk:
    """For who composes; who may only read it is refused."""
    letter = composed(user, slug)
    rows = Section.objects.filter(letter=letter)
    rows = (
        rows.select_for_update() if lock else rows.select_related("letter__previous", "letter__frame", "line")
    )
    row = get_object_or_404(rows, pk=pk)
    if lock:
        row.letter = letter
    return LetterDesk(row)


def of_note(user: User, slug: str, office: str, pk: int, *, lock: bool = False) -> NoteDesk:
    """The same of a note, which is locked with its section."""
    if lock:
        note = composed_note(user, slug, office)
        row = get_object_or_404(NoteSection.objects.select_for_update().filter(note=note), pk=pk)
        row.note = note
        return NoteDesk(row)
    letter = composed(user, slug)
    rows = NoteSection.objects.filter(note__letter=letter, note__office__slug=office)
    row = get_object_or_404(
        rows.select_related("note__letter__previous", "note__letter__frame", "note__office"), pk=pk
    )
    return NoteDesk(row)


def read_of_letter(user: User, slug: str, pk: int) -> LetterDesk:
    """For who composes or comments."""
    letter = commented(user, slug)
    return LetterDesk(get_object_or_404(letter.sections.select_related("letter", "line"), pk=pk))


def read_of_note(user: User, slug: str, office: str, pk: int) -> NoteDesk:
    note = note_at(user, slug, office)
    row = get_object_or_404(note.sections.all(), pk=pk)
    row.note = note
    return NoteDesk(row)


def desk_of(row: Written, letter: Letter) -> Desk:
    """Of a text of the letter that was found in another way."""
    if isinstance(row, NoteSection):
        row.note.letter = letter
        return NoteDesk(row)
    row.letter = letter
    return LetterDesk(row)
