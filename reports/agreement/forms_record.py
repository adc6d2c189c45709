"""What is typed when an answer is recorded on behalf of an office, or of several parties at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from monitoring.models import Consultation, ConsultationKind
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import DayField, long_moment
from mvi_portal.core.uploads import PROOFS
from mvi_portal.files.fields import UploadField, UploadForm
from reports.agreement.board import Board
from reports.agreement.forms import AnswerFields, SaidFields
from reports.agreement.reading import from_content, read_on
from reports.agreement.typed import lost, with_lost
from reports.models import Answer, Reading
from reports.services.agreeing import Given, Said

NOW = "nu"
OTHER_TEXT = (
    "Bij dit antwoord hoort een andere tekst dan u voor u had. Er is nog niets vastgelegd: kijk de alinea's "
    "hieronder na. Wat u zei bij een alinea die daarin niet zo staat, vindt u bij Opmerking."
)


class RecordForm(UploadForm, AnswerFields):
    """An answer that came by mail, in a letter or aloud, recorded on behalf of an office."""

    given_on = DayField(label="Gegeven op")
    given_to = forms.ChoiceField(
        label="Gegeven op de tekst van",
        required=False,
        help_text="De brief is gewijzigd sinds hij is voorgelegd. Wat anders is dan in de tekst die u kiest, "
        "wordt nog beoordeeld of opnieuw gevraagd.",
    )
    proof = forms.CharField(
        label="Bewijs",
        required=False,
        max_length=300,
        help_text="Bijvoorbeeld: mail van 3 februari 2025 aan het secretariaat.",
    )
    file = UploadField(label="Bestand als bewijs", required=False, kinds=PROOFS)
    field_order: tuple[str, ...] = ("answer", "given_on", "given_to", "function", "proof", "file", "remark")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board = board
        if choices := _texts(board):
            self.fields["given_to"].choices = choices  # type: ignore[attr-defined] # of a choice field
        else:
            del self.fields["given_to"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "proof" in cleaned and not cleaned["proof"] and not cleaned.get("file") and self._needs_proof():
            self.add_error("proof", "Zeg waar dit uit blijkt, of voeg een bestand toe.")
        is_plain = cleaned.get("answer") in (Answer.AGREED, None)
        if not is_plain and not cleaned.get("remark") and not self.said():
            self.add_error("remark", "Zeg wat er anders moet.")
        return cleaned

    def said(self) -> list[Said]:
        """Of paragraphs."""
        return []

    def _needs_proof(self) -> bool:
        return "file" not in self.errors

    def given(self) -> Given:
        told = self.cleaned_data
        said = tuple(self.said())
        return Given(told["answer"], told["given_on"], told["function"], told["remark"], told["proof"], said)

    @cached_property
    def reading(self) -> Reading | None:
        """The text that was answered to; None: that of now."""
        chosen = self.cleaned_data.get("given_to", "")
        if chosen == NOW:
            return None
        if chosen:
            return self.board.letter.readings.get(pk=chosen)
        return read_on(self.board.letter, self.cleaned_data["given_on"])

    @property
    def earlier(self) -> Reading | None:
        """The text that was answered to, when it is another one than that of now."""
        found = self.reading
        return found if found and found.sha256 != self.board.text.sha256 else None


class PartyRecordForm(SaidFields, RecordForm):
    """The answer of one party, with what it said of paragraphs of the text that it had before it."""

    def __init__(self, data: Any = None, files: Any = None, *, by: User, board: Board, asked: str) -> None:
        first = _chosen(board, {"given_to": asked} if data is None else data)
        self.text = from_content(first.content) if first else board.text
        self.shown = str(data.get("text_sha256", "")) if data is not None else ""
        found = list(lost(data, self.text)) if data is not None else []
        self._is_other = bool(found) or not _is_known(board, self.shown)
        super().__init__(with_lost(data, found), files, by=by, board=board, initial={"given_to": asked})
        self.initial["text_sha256"] = self.text.sha256

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._is_other:
            raise forms.ValidationError(OTHER_TEXT)
        return cleaned

    @property
    def texts(self) -> list[tuple[str, str]]:
        """That can be read on the page."""
        return _texts(self.board)[1:]

    @property
    def is_now(self) -> bool:
        """Whether the paragraphs on the page are those of now."""
        return self.text.sha256 == self.board.text.sha256


def _chosen(board: Board, data: Mapping[str, Any]) -> Reading | None:
    """The text that goes with what was typed, before it is known to be right; None: that of now."""
    chosen = str(data.get("given_to", ""))
    if chosen == NOW:
        return None
    if chosen.isdecimal():
        return board.letter.readings.filter(pk=chosen).first()
    try:
        day = DayField().clean(data.get("given_on"))
    except forms.ValidationError:
        return None
    return read_on(board.letter, day)


def _is_known(board: Board, shown: str) -> bool:
    """Whether the text that was on the page is still known; nothing was, when nothing is told of it."""
    return shown in ("", board.text.sha256) or board.letter.readings.filter(sha256=shown).exists()


def _texts(board: Board) -> list[tuple[str, str]]:
    """The texts that were put before parties, the latest first; none when each is that of now."""
    rows = list(board.letter.readings.defer("content"))
    if not rows or all(row.sha256 == board.text.sha256 for row in rows):
        return []
    return [
        ("", "de dag van het antwoord: wat toen het laatst was voorgelegd"),
        (NOW, "nu"),
        *((str(row.pk), long_moment(row.taken_at)) for row in rows if row.sha256 != board.text.sha256),
    ]


class ConsultationForm(RecordForm):
    """What several parties said in one consultation."""

    consultation = forms.ModelChoiceField(
        Consultation.objects.none(), label="Overleg", empty_label="– kies –"
    )
    parties = forms.MultipleChoiceField(label="Partijen", widget=forms.CheckboxSelectMultiple)
    field_order = ("consultation", "parties", *RecordForm.field_order)

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, board=board, **kwargs)
        self.by_key = {party.assent.organisation.key: party for party in board.parties}
        choices = [(key, f"{party.name} ({party.state})") for key, party in self.by_key.items()]
        self.fields["parties"].choices = choices  # type: ignore[attr-defined] # of a choice field
        self.fields["consultation"].queryset = consultations()  # type: ignore[attr-defined]
        self.initial.setdefault("function", "directeuren in het overleg")
        self.initial.setdefault("answer", Answer.AGREED)

    def _needs_proof(self) -> bool:
        """The consultation is where it appears from."""
        return False

    @property
    def assents(self) -> list[Any]:
        return [self.by_key[key].assent for key in self.cleaned_data["parties"]]


def consultations() -> QuerySet[Consultation]:
    """Of directors first, the latest first."""
    directors = Q(kind=ConsultationKind.DIRECTORS)
    return Consultation.objects.annotate(of_directors=directors).order_by("-of_directors", "-held_on", "slug")
