"""The preview of a section while somebody types, in the demonstration's letter and its notes."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from bench.scratch import promise
from mvi_portal.accounts.models import Role, User
from mvi_portal.demo.loading import load
from reports.models import Letter, NoteSection, Written

MOST = 0.300  # seconds, at the median
TIMES = 15


def measure() -> bool:
    """True when the preview of every section of the letter of 2025 and of its notes is there in time."""
    load(password=lambda: "een wachtwoord voor de meting")
    client = Client()
    client.force_login(User.objects.filter(role=Role.SECRETARIAT).order_by("pk")[0])
    letter = Letter.objects.get(slug="voortgangsbrief-2025")
    sections = NoteSection.objects.filter(note__letter=letter).select_related("note__office")
    places: dict[str, list[tuple[str, Written]]] = {
        "letter": [(_of_letter(letter, row.pk), row) for row in letter.sections.all()],
        "note": [(_of_note(letter, row.note.office.slug, row.pk), row) for row in sections],
    }
    with override_settings(DEBUG=False):
        held = [_promised(client, what, rows) for what, rows in places.items()]
    return all(held)


def _of_letter(letter: Letter, key: int) -> str:
    return reverse("reports:section-preview", args=[letter.slug, key])


def _of_note(letter: Letter, office: str, key: int) -> str:
    return reverse("reports:note-section-preview", args=[letter.slug, office, key])


def _promised(client: Client, what: str, rows: list[tuple[str, Written]]) -> bool:
    """The section that takes longest has to be in time as well."""
    found = {place: _times(client, place, row) for place, row in rows}
    middle = median(time for times in found.values() for time in times)
    place, row = max(rows, key=lambda item: median(found[item[0]]))
    heaviest = median(found[place])
    return promise(
        f"the preview of a section of a {what} after a pause: {middle:.3f} s at the median of {len(found)} "
        f"sections, {heaviest:.3f} s at that of the heaviest, ‘{row}’ (at most {MOST})",
        holds=heaviest < MOST,
    )


def _times(client: Client, place: str, row: Written) -> list[float]:
    found = []
    for _ in range(TIMES):
        begun = perf_counter()
        answer = client.post(place, {"text": row.text})
        found.append(perf_counter() - begun)
        if answer.status_code != 200:
            raise RuntimeError(f"{place} answers {answer.status_code}")
    return found
