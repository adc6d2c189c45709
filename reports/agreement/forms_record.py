"""What is typed when an answer is recorded on behalf of an office, or of several parties at once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from monitoring.models import Consultation, ConsultationKind
from mvi_portal.core.dates import DayField
from mvi_portal.core.uploads import PROOFS
from mvi_portal.files.fields import UploadField, UploadForm
from reports.agreement.board import Board
from reports.agreement.forms import AnswerFields
from reports.agreement.reading import read_on
from reports.models import Answer, Reading
from reports.services.agreeing import Given

NOW = "nu"


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
        if cleaned.get("answer") not in (Answer.AGREED, None) and not cleaned.get("remark"):
            self.add_error("remark", "Zeg wat er anders moet.")
        return cleaned

    def _needs_proof(self) -> bool:
        return "file" not in self.errors

    def given(self) -> Given:
        told = self.cleaned_data
        return Given(told["answer"], told["given_on"], told["function"], told["remark"], told["proof"])

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


def _texts(board: Board) -> list[tuple[str, str]]:
    """The texts that were put before parties, the latest first; none when each is that of now."""
    rows = list(board.letter.readings.defer("content"))
    if not rows or all(row.sha256 == board.text.sha256 for row in rows):
        return []
    return [
        ("", "de dag van het antwoord: wat toen het laatst was voorgelegd"),
        (NOW, "nu"),
        *((str(row.pk), moment(row)) for row in rows if row.sha256 != board.text.sha256),
    ]


def moment(row: Reading) -> str:
    """Like "20 januari 2025, 09:00 uur"."""
    return f"{date_format(timezone.localtime(row.taken_at), 'j F Y, H:i')} uur"


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
