"""`build_parcel`, as far as it comes without a worker."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.models import Letter, LetterState, Parcel
from tests.factories.reports import (
    DATED,
    LetterFactory,
    LetterVersionFactory,
    ParcelFactory,
    ParcelFileFactory,
    SentFileFactory,
)

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


def test_a_letter_that_was_sent_without_a_parcel_gets_none(tmp_path: Path) -> None:
    LetterFactory(slug="brief-2025", state=LetterState.SENT, sent_on=DATED)

    told = refusal("brief-2025", "--out", str(tmp_path / "uit"))
    assert "verzonden en ligt vast" in told
    assert "geen pakket van gemaakt" in told
    assert (tmp_path / "uit").is_dir()


@pytest.mark.parametrize("went", [0, None])
def test_of_a_letter_that_was_sent_the_parcel_that_went_is_put_out_else_the_newest(
    tmp_path: Path, went: int | None
) -> None:
    letter = LetterFactory(slug="brief-2025")
    parcels = [
        ParcelFactory.ready(version=LetterVersionFactory.ready(letter=letter), manifest=f'{{"nr": {nr}}}')
        for nr in range(2)
    ]
    for parcel in parcels:
        ParcelFileFactory(parcel=parcel, name="brief.txt", content=parcel.manifest)
    ParcelFactory(version=LetterVersionFactory(letter=letter))
    if went is not None:
        SentFileFactory(letter=letter, version=parcels[went].version)
    Letter.objects.update(state=LetterState.SENT, sent_on=DATED)
    out = io.StringIO()

    call_command("build_parcel", "brief-2025", "--out", str(tmp_path / "uit"), "--json", stdout=out)

    expected = parcels[1 if went is None else went]
    assert {file.name for file in (tmp_path / "uit").iterdir()} == {"brief.txt", "manifest.json"}
    assert (tmp_path / "uit" / "manifest.json").read_text() == expected.manifest
    assert (tmp_path / "uit" / "brief.txt").read_text() == expected.manifest
    assert json.loads(out.getvalue())["version"] == expected.version.number
