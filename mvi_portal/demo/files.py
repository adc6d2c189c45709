"""Small files of the demonstration: invented plans as PDF, and one that waits to be confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mvi_portal.accounts.models import User
from mvi_portal.demo.common import Fields, municipality
from mvi_portal.demo.writer import Writer
from mvi_portal.files.models import Upload

FOLDER = "demo"
PAGES = (
    ("Waarom wij dit doen", "Met inkoop bereiken wij sociale en groene doelen."),
    ("Wat wij gaan doen", "Elke aanbesteding begint met een gesprek over de doelen."),
    ("Hoe wij het volgen", "Wij kijken elk jaar wat er is bereikt."),
)
BROUGHT_AT = datetime(2025, 1, 30, 9, tzinfo=UTC)


def file_of(title: str, name: str, *, is_scan: bool = False) -> Fields:
    """The fields of a StoredFile; the bytes are made once, and always the same."""
    content = document(title, () if is_scan else PAGES)
    return stored(name, content, pages=max(len(PAGES) * (not is_scan), 1))


def stored(name: str, content: bytes, *, pages: int) -> Fields:
    """The same for bytes that are made elsewhere."""
    path = f"{FOLDER}/{name}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    sha256 = hashlib.sha256(content).hexdigest()
    return {"file": path, "filename": name, "sha256": sha256, "pages": pages}


def document(title: str, pages: Sequence[tuple[str, ...]]) -> bytes:
    """A page for each; without any a page with nothing on it, as of a scan."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    for page in pages or ((),):
        made.add_blank_page(page_size=(595, 842))
        made.pages[-1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        lines = "\n".join(_lines(title, *page)) if page else ""
        made.pages[-1].Contents = made.make_stream(lines.encode("cp1252"))
    out = BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def _lines(title: str, heading: str = "", text: str = "") -> Iterator[str]:
    told = (
        (title, 20, 760),
        (heading, 14, 700),
        (text, 11, 670),
        ("Voorbeeld: dit plan is verzonnen.", 9, 60),
    )
    for words, size, height in told:
        yield f"BT /F1 {size} Tf 60 {height} Td ({words.replace('(', '').replace(')', '')}) Tj ET"


def load_waiting(writer: Writer, users: dict[str, User]) -> None:
    """An upload of which nobody said yet whose it is."""
    name = municipality(46).replace("-", " ").capitalize()
    title = f"Actieplan MVOI {name}"
    stored = file_of(title, f"{title} definitief.pdf")
    row = {
        **stored,
        "purpose": "actieplan",
        "size": default_storage.size(stored["file"]),
        "searchable": True,
        "uploaded_at": BROUGHT_AT,
        "uploaded_by": users["pianoo-1@voorbeeld.example"],
    }
    writer.write(Upload, [row], key=["sha256"], update=False)
