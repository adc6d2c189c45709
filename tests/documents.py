"""Small real files, made in code: a PDF with text or without, office documents, pictures, and bad ones."""

from __future__ import annotations

import struct
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


def altered(content: bytes, part: str, was: bytes, becomes: bytes) -> bytes:
    """The same package with something else in one of its parts."""
    with ZipFile(BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert was in parts[part]
    return packed({**parts, part: parts[part].replace(was, becomes, 1)})


def torn(content: bytes, part: str) -> bytes:
    """The same package, with bytes of one of its parts damaged on the way."""
    with ZipFile(BytesIO(content)) as file:
        info = file.getinfo(part)
    start = info.header_offset + 30 + len(info.filename.encode())
    return content[:start] + b"\xff" * info.compress_size + content[start + info.compress_size :]


def unwritable_workbook(content: bytes) -> bytes:
    """Of an XLSX: it is read well, but what writes comments in it cannot open it."""
    fill = b'<fill><patternFill patternType="none"/></fill>'
    return altered(content, "xl/styles.xml", fill, b"<fill/>")


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


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR, LARGE = 512, 4_096  # a stream from this size on stands in sectors of its own
END, FREE, TABLE, NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB, version 3), as Office wrote before 2007 and writes what it locks."""
    told = [content.ljust(LARGE, b"\0") for content in streams.values()]
    told = [content + b"\0" * (-len(content) % SECTOR) for content in told]
    folder = -(-(len(told) + 1) // 4)  # four entries in a sector
    starts = [1 + folder + sum(map(len, told[:at])) // SECTOR for at in range(len(told))]
    table = [TABLE, *range(2, 1 + folder), END]
    for start, content in zip(starts, told, strict=True):
        table += [*range(start + 1, start + len(content) // SECTOR), END]
    assert len(table) <= SECTOR // 4, "one sector of the table holds them all"
    table += [FREE] * (SECTOR // 4 - len(table))
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    rows = zip(streams, starts, told, strict=True)
    for at, (name, start, content) in enumerate(rows, 1):
        entries.append(_entry(name, 2, start, len(content), right=at + 1 if at < len(told) else NOBODY))
    entries += [_entry("", 0, 0, 0)] * (folder * 4 - len(entries))
    head = struct.pack("<8s16xHHHHH6x", OLE, 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<III4xIIIIII108I", 0, 1, 1, LARGE, END, 0, END, 0, 0, *[FREE] * 108)
    return head + struct.pack("<128I", *table) + b"".join(entries) + b"".join(told)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = NOBODY, right: int = NOBODY) -> bytes:
    words = name.encode("utf-16-le")
    length = len(words) + 2 if name else 0
    return struct.pack("<64sHBBIII36xIQ", words, length, kind, 1, NOBODY, right, child, start, size)


def locked_workbook() -> bytes:
    """As Excel saves an XLSX with a password."""
    return compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\x10" + b"\0" * 7 + b"x" * 16})


def old_workbook() -> bytes:
    """An XLS of one sheet with the number 1 in its first cell."""
    start = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 0)
    name = b"Blad"
    end = struct.pack("<HH", 0x000A, 0)
    place = len(start) + 4 + 8 + len(name) + len(end)
    listed = struct.pack("<HHIBBBB", 0x0085, 8 + len(name), place, 0, 0, len(name), 0) + name
    sheet = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0010, 0, 0, 0, 0)
    cell = struct.pack("<HHHHHd", 0x0203, 14, 0, 0, 0, 1.0)
    return compound({"Workbook": start + listed + end + sheet + cell + end})


def old_document() -> bytes:
    """As Word saved before 2007."""
    return compound({"WordDocument": b"\xec\xa5"})
