"""The proof: is this PDF a letter of ours, and which."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.uploads import limit_of, limit_told
from reports.models import LetterVersion
from reports.proof import Proof, State, prove

FIGURES = (Column("label", "Cijfer"), Column("value", "In het document", numeric=True))
_TONES = {State.OURS: "good", State.SENT: "good", State.CHANGED: "bad", State.UNKNOWN: "warn"}


class ProofForm(forms.Form):
    file = forms.FileField(
        label="PDF",
        help_text="Wij bewaren het bestand niet; wij vergelijken het alleen.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "required": "Kies eerst een PDF.",
            "empty": "Dit bestand is leeg. Kies het bestand opnieuw.",
        },
    )

    def clean_file(self) -> bytes:
        """Not checked like an upload that is kept: a broken file is simply not one of ours."""
        file = self.cleaned_data["file"]
        if file.size > limit_of():
            told = f"Het bestand is groter dan {limit_told(limit_of())}. Zo groot is geen brief van ons."
            raise forms.ValidationError(told)
        return bytes(file.read())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def proof(request: HttpRequest) -> HttpResponse:
    form = ProofForm(request.POST, request.FILES) if request.method == "POST" else ProofForm()
    found = None
    if form.is_valid():
        found = prove(form.cleaned_data["file"], LetterVersion.objects.visible_to(reader(request)))
    context = {
        "form": form,
        "proof": found,
        "told": found and str(found.state),
        "tone": found and _TONES[found.state],
        "facts": _facts(found, request) if found else [],
        **_differences(found, reader(request)),
        "table": _table(found) if found and found.figures else None,
        "crumbs": [("Brieven", keep(request, reverse("reports:letter-list"))), ("Controleer een PDF", "")],
    }
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "reports/proof.html", context, status=status)


def _differences(proof: Proof | None, user: User) -> dict[str, object]:
    """Of the sent letter: for who works on letters with explanations, for who else reads it how many."""
    if proof is None or proof.sent is None:
        return {}
    return {
        "sent": proof.sent,
        "differences": proof.sent.differences.of_the_text().select_related("explained_by"),
        "around": proof.sent.differences.around(),
        "works": may(user, Action.COMMENT_LETTER),
    }


def _facts(proof: Proof, request: HttpRequest) -> list[tuple[str, ...]]:
    told: list[tuple[str, ...]] = []
    if proof.version:
        version = proof.version
        place = [version.letter.slug, version.number]
        told += [
            ("Brief", version.letter.title),
            ("Document", proof.title),
            (
                "Versie",
                f"Versie {version.number}",
                keep(request, reverse("reports:version-detail", args=place)),
            ),
            ("Toestand van de brief", version.letter.get_state_display()),
            ("Peildatum", long_date(version.reference_date)),
        ]
    if proof.sent:
        told += [
            ("Verzonden op", long_date(proof.sent.sent_on)),
            ("Vindplaats", proof.sent.citation),
        ]
    return [fact for fact in [*told, ("SHA-256 van uw bestand", proof.sha256)] if fact[1]]


def _table(proof: Proof) -> Table:
    rows = [Row([Cell(_label(key)), Cell(number(value))]) for key, value in sorted(proof.figures.items())]
    return Table(f"Cijfers in het document ({len(rows)})", FIGURES, rows, "Er staan geen cijfers in.")


def _label(key: str) -> str:
    return registry.get(key).label if key in registry else key
