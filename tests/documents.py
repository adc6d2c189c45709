"""Small real files, made in code: a PDF with text or without, office documents, pictures, and bad ones."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ODF = "application/vnd.oasis.opendocument"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(*, pages: int = 1, text: str = "Actieplan maatschappelijk verantwoord inkopen", **save: Any) -> bytes:
    """With the text on each page; an empty text gives what a scanner makes."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for _ in range(pages):
        made.add_blank_page()
        page = made.pages[-1]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode() if text else b"")
    out = BytesIO()
    made.save(out, deterministic_id="encryption" not in save, **save)
    return out.getvalue()


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="eigenaar", user="lezer"))


def packed(parts: dict[str, bytes]) -> bytes:
    """A package; its part `mimetype` stands first and is not packed."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, content in sorted(parts.items(), key=lambda part: part[0] != "mimetype"):
            file.writestr(name, content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    """Of three pages, as it says itself; more parts by name, a slash written as `__`."""
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": b"<document/>",
        "docProps/app.xml": b"<Properties><Pages>3</Pages></Properties>",
    }
    return packed(
        parts | {name.replace("__", "/").replace("_DOT_", "."): part for name, part in more.items()}
    )


def odt(**more: bytes) -> bytes:
    """Of two pages."""
    parts = {
        "mimetype": f"{ODF}.text".encode(),
        "content.xml": b"<office/>",
        "meta.xml": b'<meta:document-statistic meta:page-count="2"/>',
        "META-INF/manifest.xml": b"<manifest/>",
    }
    return packed(
        parts | {name.replace("__", "/").replace("_DOT_", "."): part for name, part in more.items()}
    )


def picture(form: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4), "blue").save(out, form)
    return out.getvalue()


MAILED = (
    b"Received: from a.example\r\n\tby b.example\r\nFrom: ez@voorbeeld.example\r\nDate: Wed, 22 Jan 2025\r\n"
)


def mail(head: bytes = MAILED) -> bytes:
    """As a mail program saves it."""
    return head + b"Subject: Akkoord\r\n\r\nWij zijn akkoord.\r\n"


def sent(content: bytes, name: str = "plan.pdf") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, content)
