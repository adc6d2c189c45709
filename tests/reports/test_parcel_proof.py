"""A PDF is ours byte for byte, the one that was sent, a changed one, or unknown."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from mvi_portal.accounts.models import Role, User
from mvi_portal.core import pdf
from reports import render
from reports.models import DifferenceKind, Letter, LetterState, LetterVersion, SentFile
from reports.parcel.letter import identifier
from reports.proof import State, prove
from tests.documents import pdf as other_pdf
from tests.factories import frozen
from tests.factories.agreement import SentDifferenceFactory
from tests.factories.reports import (
    DATED,
    LetterVersionFactory,
    ParcelFactory,
    ParcelFileFactory,
    SentFileFactory,
)

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"
LETTER = frozen.LetterFactory.build()


@pytest.fixture(scope="module")
def printed() -> bytes:
    with pdf.identified(identifier(LETTER)):
        return pdf.write(render.to_html(LETTER))


@pytest.fixture
def version(printed: bytes) -> LetterVersion:
    path = default_storage.save("letters/brief.pdf", ContentFile(printed))
    return LetterVersionFactory.ready(
        file=path,
        file_sha256=hashlib.sha256(printed).hexdigest(),
        content=LETTER.to_json(),
        content_sha256=LETTER.sha256(),
        letter__slug="brief-2025",
    )


def altered(content: bytes) -> bytes:
    """Saved again by another program, with another page."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.add_blank_page()
        opened.save(out)
    return out.getvalue()


def without_properties(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        del opened.Root.Metadata
        opened.save(out)
    return out.getvalue()


def run(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> tuple[int, str]:
    try:
        call_command("verify", str(path), *options)
    except SystemExit as end:
        return int(str(end.code)), capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_what_the_portal_made_is_ours(version: LetterVersion, printed: bytes) -> None:
    found = prove(printed, LetterVersion.objects.all())

    assert (found.state, found.version, found.figures[SIGNED]) == (State.OURS, version, 70)


def test_an_annex_of_a_parcel_is_ours_with_its_own_figures(version: LetterVersion) -> None:
    row = ParcelFileFactory(
        parcel=ParcelFactory.ready(version=version),
        content="Bijlage",
        title="Bijlage 1",
        figures={SIGNED: 70},
    )

    found = prove(b"Bijlage", LetterVersion.objects.all())

    assert (found.state, found.title, found.figures) == (State.OURS, row.title, {SIGNED: 70})


def test_what_was_sent_is_the_sent_one(version: LetterVersion) -> None:
    sent = SentFileFactory(
        letter=version.letter, version=version, sha256=hashlib.sha256(b"getekend").hexdigest()
    )

    found = prove(b"getekend", LetterVersion.objects.all())

    assert (found.state, found.sent, found.version, found.holds) == (State.SENT, sent, version, True)


@pytest.fixture
def sent(version: LetterVersion) -> SentFile:
    """Signed, with one word other than was frozen, explained, and the head of the house."""
    Letter.objects.filter(pk=version.letter_id).update(state=LetterState.SENT, sent_on=DATED)
    row: SentFile = SentFileFactory(
        letter=version.letter, version=version, sha256=hashlib.sha256(b"getekend").hexdigest()
    )
    SentDifferenceFactory(
        sent_file=row,
        where="A. Borging",
        frozen="70",
        sent="71",
        kind=DifferenceKind.FIGURE,
        explanation="Met de hand verbeterd.",
        explained_at=timezone.now(),
    )
    SentDifferenceFactory(
        sent_file=row, number=2, where="buiten de tekst", frozen="", sent="VERTROUWELIJK", kind="around"
    )
    return row


def test_of_the_sent_letter_page_and_command_tell_the_differences_with_their_explanations(
    client: Client, sent: SentFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client.force_login(User.objects.create_user("s@voorbeeld.example", name="S", role=Role.SECRETARIAT))
    page = asked(client, b"getekend")
    for told in (
        "Dit is de verzonden brief",
        "Verschillen met de bevroren versie (1)",
        "Briefhoofd, ondertekening en bijlagen (1)",
        "Met de hand verbeterd.",
    ):
        assert told in page
    path = tmp_path / "getekend.pdf"
    path.write_bytes(b"getekend")
    code, out = run(capsys, path, "--json")
    first, second = json.loads(out)["differences"]
    assert (code, first["frozen"], first["sent"], first["explanation"]) == (
        0,
        "70",
        "71",
        "Met de hand verbeterd.",
    )
    assert (second["kind"], second["explanation"]) == ("around", "")
    _code, out = run(capsys, path)
    assert "Verschillen met de bevroren versie: 2" in out
    assert "verklaring: Met de hand verbeterd." in out


def test_who_only_reads_the_sent_letter_is_told_how_many_differences_there_are(
    client: Client, sent: SentFile
) -> None:
    client.force_login(User.objects.create_user("l@voorbeeld.example", name="L", role=Role.READER))
    page = asked(client, b"getekend")
    assert "zegt op 1 plaats iets anders" in " ".join(page.split())
    assert "Met de hand verbeterd." not in page


@pytest.mark.parametrize("change", [altered, without_properties])
def test_a_changed_file_is_known_for_what_it_was(version: LetterVersion, printed: bytes, change: Any) -> None:
    found = prove(change(printed), LetterVersion.objects.all())

    assert (found.state, found.version, found.holds) == (State.CHANGED, version, False)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 stuk", other_pdf(), b"urn:mvi-portaal:x.pdf:" + b"a" * 64]
)
def test_another_file_is_unknown(version: LetterVersion, content: bytes) -> None:
    assert prove(content, LetterVersion.objects.all()).state == State.UNKNOWN


def test_the_command_answers_in_json_and_by_how_it_ends(
    version: LetterVersion, printed: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, changed, broken = (tmp_path / name for name in ("ours.pdf", "changed.pdf", "broken.pdf"))
    ours.write_bytes(printed)
    changed.write_bytes(altered(printed))
    broken.write_bytes(b"%PDF")

    code, out = run(capsys, ours, "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["state"], told["letter"], told["version"]) == ("ours", "brief-2025", 1)
    assert (told["reference_date"], told["figures"][SIGNED]) == ("2025-01-31", 70)
    code, out = run(capsys, changed, "--json")
    assert (code, json.loads(out)["state"], json.loads(out)["version"]) == (1, "changed", 1)
    code, out = run(capsys, broken, "--json")
    assert (code, json.loads(out)["state"], json.loads(out)["letter"]) == (1, "unknown", None)
    code, out = run(capsys, ours)
    assert "Brief: brief-2025, versie 1" in out
    with pytest.raises(CommandError, match="kan niet worden gelezen"):
        call_command("verify", str(tmp_path / "weg.pdf"))
    with pytest.raises(CommandError, match="kan niet worden gelezen"):
        call_command("verify", str(tmp_path), "--json")
    assert json.loads(capsys.readouterr().out)["state"] == "unknown"


def asked(client: Client, content: bytes) -> str:
    answer = client.post("/brieven/controleren/", {"file": SimpleUploadedFile("brief.pdf", content)})
    return answer.content.decode()


def test_the_page_tells_a_user_what_the_file_is(
    client: Client, version: LetterVersion, printed: bytes
) -> None:
    client.force_login(User.objects.create_user("s@voorbeeld.example", name="S", role=Role.SECRETARIAT))

    assert "Dit bestand is van het portaal" in (page := asked(client, printed))
    assert "Gemeenten" in page
    assert "Dit bestand is veranderd" in asked(client, altered(printed))
    assert "Dit bestand kennen wij niet" in asked(client, b"iets anders")
    assert "Dit bestand is leeg" in asked(client, b"")
    assert client.post("/brieven/controleren/").status_code == 400


def test_who_may_not_read_the_letter_is_told_nothing_of_it(
    client: Client, version: LetterVersion, printed: bytes
) -> None:
    client.force_login(User.objects.create_user("l@voorbeeld.example", name="L", role=Role.READER))

    page = asked(client, printed)

    assert "Dit bestand kennen wij niet" in page
    assert version.letter.title not in page
