"""LibreOffice opens the letter and its note as text documents, and reads what they say.

Only where it is installed: it takes hundreds of megabytes, so the set-up does not bring it for one test.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from mvi_portal.core import docx, odt
from reports import render
from reports.parcel.plan import Edition, FrozenApprover, FrozenNote, FrozenNoteSection
from reports.render import notes as render_notes
from tests.factories import frozen

SOFFICE = shutil.which("soffice")
WRITERS = {"docx": docx.write, "odt": odt.write}


def words(text: str) -> Counter[str]:
    """Without the numbers of footnotes, which are no text of the letter."""
    return Counter(word for word in re.findall(r"\w+", text) if not re.fullmatch(r"\d{1,2}", word))


def told(page: str) -> str:
    """The text of the page, with a space at every mark; a picture stands beside its own table."""
    body = re.sub(r"<svg\b.*?</svg>", " ", page.partition("<body")[2], flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", f"<body{body}"))


def read(folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """What LibreOffice makes of each file, as a page: as plain text it leaves footnotes out."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "html", "--outdir", str(folder)]
    subprocess.run([*command, *files], cwd=folder, check=True, capture_output=True, timeout=120)
    return {name: told((folder / f"{Path(name).stem}.html").read_text("utf-8")) for name in files}


def pages() -> dict[str, str]:
    """The letter, and its note in both editions."""
    letter = frozen.LetterFactory.build()
    note = FrozenNote(
        name="beslisnota",
        title="Beslisnota bij de brief",
        office=letter.sender.office,
        addressee="De staatssecretaris",
        holder="A.B. Voorbeeld",
        author="C. Voorbeeld",
        line=(FrozenApprover("directeur Inkoop", "A. Voorbeeld", "Akkoord.", date(2025, 1, 27)),),
        sections=(
            FrozenNoteSection("geadviseerd-besluit", "Advies", "<p>Wij vragen uw <em>akkoord</em>.</p>"),
            FrozenNoteSection("kernpunten", "Kernpunten", "<h3>A. Borging</h3><ul><li>Eerst</li></ul>"),
        ),
    )
    notes = {
        f"nota-{edition}": render_notes.to_html(note, letter, edition, plain=True) for edition in Edition
    }
    return {"brief": render.to_plain(letter), **notes}


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_it_reads_in_both_forms_what_letter_and_note_say(tmp_path: Path) -> None:
    said = {f"{name}-als-{form}.{form}": page for name, page in pages().items() for form in WRITERS}
    files = {name: WRITERS[name.rpartition(".")[2]](page) for name, page in said.items()}

    for name, text in read(tmp_path, files).items():
        page = told(said[name])
        assert not words(text) - words(page), name
        assert not words(page) - words(text), name
