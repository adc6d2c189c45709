"""LibreOffice opens the letter as a text document, and reads what the letter says.

Only where it is installed: it takes hundreds of megabytes, so the set-up does not bring it for one test.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

from mvi_portal.core import docx, odt
from reports import render
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


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_it_reads_in_both_forms_what_the_letter_says(tmp_path: Path) -> None:
    page = render.to_plain(frozen.LetterFactory.build())
    files = {f"als-{form}.{form}": write(page) for form, write in WRITERS.items()}

    for name, text in read(tmp_path, files).items():
        assert not words(text) - words(told(page)), name
        assert not words(told(page)) - words(text), name
