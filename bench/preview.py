"""The preview of a section while somebody types: how long it takes, in the demonstration's letter."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from django.test import Client
from django.test.utils import override_settings

from bench.scratch import promise
from mvi_portal.accounts.models import Role, User
from mvi_portal.demo.loading import load
from reports.models import Letter, Section

MOST = 0.300  # seconds, at the median
TIMES = 15


def measure() -> bool:
    """True when the preview of each section of the letter of 2025 is there in time."""
    load(password=lambda: "een wachtwoord voor de meting")
    client = Client()
    client.force_login(User.objects.filter(role=Role.SECRETARIAT).order_by("pk")[0])
    letter = Letter.objects.get(slug="voortgangsbrief-2025")
    with override_settings(DEBUG=False):
        found = [time for section in letter.sections.all() for time in _times(client, letter, section)]
    middle = median(found)
    return promise(
        f"the preview of a section after a pause: {middle:.3f} s at the median of {len(found)} "
        f"(at most {MOST}; slowest {max(found):.3f} s)",
        holds=middle < MOST,
    )


def _times(client: Client, letter: Letter, section: Section) -> list[float]:
    place = f"/brieven/{letter.slug}/onderdelen/{section.pk}/voorbeeld/"
    found = []
    for _ in range(TIMES):
        begun = perf_counter()
        answer = client.post(place, {"text": section.text})
        found.append(perf_counter() - begun)
        if answer.status_code != 200:
            raise RuntimeError(f"{place} answers {answer.status_code}")
    return found
