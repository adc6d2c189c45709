"""`build_parcel`, as far as it comes without a worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.models import LetterState, Parcel
from tests.factories.reports import DATED, LetterFactory

pytestmark = pytest.mark.django_db


def refusal(*options: str) -> str:
    """What the command says when it refuses; nothing is asked of a worker then."""
    with pytest.raises(CommandError) as caught:
        call_command("build_parcel", *options)
    assert not Parcel.objects.exists()
    return str(caught.value)


def test_an_unknown_letter_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    LetterFactory(slug="brief-2025")

    assert (
        refusal("brief", "--out", str(tmp_path)) == "De brief 'brief' bestaat niet. Bekend zijn: brief-2025."
    )


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    LetterFactory(slug="brief-2025")
    (tmp_path / "bestand").write_text("x")

    assert "Geef met --out de naam van een map" in refusal("brief-2025", "--out", str(tmp_path / "bestand"))
    assert "kan niet worden gemaakt" in refusal("brief-2025", "--out", str(tmp_path / "bestand" / "map"))


def test_a_letter_that_was_sent_gets_no_new_parcel(tmp_path: Path) -> None:
    LetterFactory(slug="brief-2025", state=LetterState.SENT, sent_on=DATED)

    assert "verzonden en ligt vast" in refusal("brief-2025", "--out", str(tmp_path / "uit"))
    assert (tmp_path / "uit").is_dir()
