"""The command, as far as it comes without a worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from reports.models import Letter, LetterState, LetterVersion
from tests.factories.reports import DATED, LetterFactory, LetterVersionFactory

pytestmark = pytest.mark.django_db


def refusal(*options: str) -> str:
    """What the command says when it refuses; nothing is asked of a worker then."""
    with pytest.raises(CommandError) as caught:
        call_command("build_letter", *options)
    assert not LetterVersion.objects.exists()
    return str(caught.value)


def test_unknown_letter_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    LetterFactory(slug="brief-2023")
    LetterFactory(slug="brief-2025")

    assert refusal("--letter", "brief", "--out", str(tmp_path / "brief.pdf")) == (
        "De brief 'brief' bestaat niet. Bekend zijn: brief-2023, brief-2025."
    )


def test_without_any_letter_that_is_said(tmp_path: Path) -> None:
    assert refusal("--letter", "brief", "--out", str(tmp_path / "brief.pdf")).endswith("nog geen brieven.")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--on", "gisteren", "gisteren"), ("--timeout", "0", "'0' is geen aantal seconden")],
)
def test_value_that_makes_no_sense_is_refused(option: str, value: str, said: str, tmp_path: Path) -> None:
    LetterFactory(slug="brief")

    assert said in refusal("--letter", "brief", "--out", str(tmp_path / "brief.pdf"), option, value)


def test_folder_is_no_place_for_the_file(tmp_path: Path) -> None:
    LetterFactory(slug="brief")

    assert "is een map" in refusal("--letter", "brief", "--out", str(tmp_path))


def test_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    LetterFactory(slug="brief")
    (tmp_path / "bestand").touch()

    assert "kan niet worden gemaakt" in refusal(
        "--letter", "brief", "--out", str(tmp_path / "bestand" / "brief.pdf")
    )


def test_of_a_sent_letter_comes_what_was_printed_of_it(tmp_path: Path) -> None:
    letter = LetterFactory(slug="brief", state=LetterState.DRAFT)
    for number, what_if in ((1, False), (2, True)):
        name = default_storage.save(f"letters/{number}.pdf", ContentFile(f"%PDF- {number}".encode()))
        LetterVersionFactory.ready(letter=letter, number=number, what_if=what_if, file=name)
    Letter.objects.update(state=LetterState.SENT, sent_on=DATED)
    out = tmp_path / "brief.pdf"

    for day in ([], ["--on", str(letter.reference_date)]):
        call_command("build_letter", "--letter", "brief", "--out", str(out), *day)
        assert out.read_bytes() == b"%PDF- 1"
    assert letter.versions.count() == 2


@pytest.mark.parametrize(
    ("day", "said"),
    [([], "Voor het verzenden is er geen versie van gebouwd."), (["--on", "1-6-2024"], "geen nieuwe versie")],
)
def test_a_sent_letter_is_not_built_anew(day: list[str], said: str, tmp_path: Path) -> None:
    LetterFactory(slug="brief", state=LetterState.SENT, sent_on=DATED)

    assert said in refusal("--letter", "brief", "--out", str(tmp_path / "brief.pdf"), *day)
