"""What is taken as an upload, what is refused and how that is told."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from pytest_django import Settings

from mvi_portal.core.uploads import (
    DOCX,
    EML,
    IMAGES,
    JPEG,
    ODS,
    ODT,
    PDF,
    PNG,
    PROOFS,
    XLSX,
    Checked,
    answer_file,
    check,
    clean_name,
    pdfs,
)
from tests.documents import (
    ODF,
    OLE,
    docx,
    locked_pdf,
    locked_workbook,
    mail,
    odt,
    old_document,
    packed,
    pdf,
    picture,
    sent,
    torn,
)


def looked_at(content: bytes, name: str = "plan.pdf", **asked: Any) -> Checked:
    return check(sent(content, name), **asked)


def refused(content: bytes, name: str = "plan.pdf", **asked: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        looked_at(content, name, **asked)
    return str(caught.value.messages[0])


def test_a_pdf_is_taken_with_its_pages_and_fingerprint() -> None:
    content = pdf(pages=3)
    found = looked_at(content, "Actieplan Aardorp.pdf")
    assert (found.name, found.kind, found.pages, found.searchable) == ("Actieplan Aardorp.pdf", PDF, 3, True)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.size == len(content)


def test_a_scan_is_taken_and_told_to_be_not_searchable() -> None:
    assert looked_at(pdf(pages=2, text="")).searchable is False


def test_office_documents_tell_their_pages_themselves() -> None:
    assert (looked_at(docx()).kind, looked_at(docx()).pages) == (DOCX, 3)
    assert (looked_at(odt()).kind, looked_at(odt()).pages) == (ODT, 2)
    assert looked_at(packed({"word/document.xml": b"<document/>"})).pages is None


def test_the_content_tells_what_it_is_and_not_the_name() -> None:
    assert looked_at(pdf(), "C:\\map\\plan.docx").name == "plan.pdf"
    assert "PDF, ODT of DOCX" in refused(b"<html>hallo</html>", "plan.pdf")
    assert "PDF, ODT of DOCX" in refused(packed({"iets.txt": b"?"}), "plan.docx")


def test_other_kinds_are_for_who_asks_for_them() -> None:
    sheet, open_sheet = (
        packed({"xl/workbook.xml": b"<x/>"}),
        packed({"mimetype": f"{ODF}.spreadsheet".encode()}),
    )
    assert looked_at(sheet, kinds=[XLSX, ODS]).kind is XLSX
    assert looked_at(open_sheet, kinds=[XLSX, ODS]).kind is ODS
    assert looked_at(picture(), kinds=IMAGES).kind is PNG
    assert looked_at(picture("JPEG"), kinds=IMAGES).kind is JPEG
    assert "PDF, ODT of DOCX" in refused(sheet)
    assert "beschadigd" in refused(picture()[:40], kinds=IMAGES)


def test_a_mail_is_known_by_its_headers_and_only_given_to_be_kept() -> None:
    found = looked_at(mail(), "Akkoord EZ.html", kinds=PROOFS)
    assert (found.kind, found.name, found.pages) == (EML, "Akkoord EZ.eml", None)
    answer = answer_file(ContentFile(mail()), name=found.name, inline=True)
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Content-Type"], answer["Content-Security-Policy"][:7]) == ("message/rfc822", "sandbox")
    assert "PDF, ODT of DOCX" in refused(mail())


@pytest.mark.parametrize(
    "content",
    [
        mail(b"Subject: geen afzender\r\n"),
        mail(b"From: a@b.example\r\nDate: nu\r\n<script>1</script>\r\n"),
        b"From: a@b.example\r\nDate: nu",
        b"Let op: dit is gewone tekst.\r\n\r\nMeer.",
        mail(b"From: a@b.example\r\nDate: nu\0\r\n"),
    ],
)
def test_what_only_looks_like_a_mail_is_refused(content: bytes) -> None:
    assert "PDF, ODT, DOCX, EML, PNG of JPEG" in refused(content, "mail.eml", kinds=PROOFS)


def test_an_empty_or_too_large_file_is_refused_with_the_limit(settings: Settings) -> None:
    assert "leeg" in refused(b"")
    settings.UPLOAD_MAX_MB = 1
    assert "niet groter zijn dan 1 MB" in refused(b"%PDF-" + b"0" * 1024**2)


def test_a_pdf_with_a_password_is_refused() -> None:
    assert "wachtwoord" in refused(locked_pdf())


def test_an_office_document_with_a_password_is_refused() -> None:
    assert "wachtwoord" in refused(locked_workbook())
    across = (OLE + b"\0" * (64 * 1024 - 20) + "EncryptedPackage".encode("utf-16-le")).ljust(70_000)
    with pytest.raises(ValidationError, match="wachtwoord"):
        check(ContentFile(across, name="plan.docx"))
    assert "oude versie van Office" in refused(old_document(), "plan.doc")
    manifest = {"META-INF/manifest.xml": b"<manifest:encryption-data/>", "mimetype": f"{ODF}.text".encode()}
    assert "wachtwoord" in refused(packed(manifest))


def test_a_damaged_file_is_refused() -> None:
    assert "beschadigd" in refused(b"%PDF-1.7\nniets")
    assert "soort PDF" in refused(docx()[:-30])
    assert "beschadigd" in refused(torn(docx(), "[Content_Types].xml"), "plan.docx")


def test_a_reader_that_breaks_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "PATIENCE", 0.001)
    assert "beschadigd" in refused(pdf())


def test_macros_are_refused() -> None:
    assert "macro" in refused(docx(word__vbaProject_DOT_bin=b"?"))
    assert "macro" in refused(
        packed({"word/document.xml": b"", "[Content_Types].xml": b"ms-word.macroEnabled"})
    )
    assert "macro" in refused(odt(Basic__Standard__Module1_DOT_xml=b"<module/>"))
    empty = {"mimetype": f"{ODF}.text".encode(), "Basic/Standard/script-lb.xml": b"<library/>"}
    assert looked_at(packed(empty)).kind is ODT  # a library without a single macro in it


def test_a_package_that_swells_is_refused() -> None:
    assert "pakt uit" in refused(docx(word__media=b"\0" * (60 * 1024**2)))


def test_a_package_with_a_very_long_list_is_not_even_opened() -> None:
    end = b"PK\x05\x06" + b"\0" * 8 + b"\xff\xff\xff\x7f" + b"\0" * 6
    assert "geen bestand dat we kunnen aannemen" in refused(b"PK\x03\x04" + b"\0" * 50 + end)


def test_names_are_made_safe() -> None:
    assert clean_name("../../etc/pass‮fdp.exe", PDF) == "passfdp.pdf"
    assert clean_name("a/b\\c:d?.docx", DOCX) == "cd.docx"
    assert clean_name("", ODT) == "bestand.odt"
    assert clean_name("Plan\t's-Hertogenbosch  2024.v2.pdf", PDF) == "Plan's-Hertogenbosch 2024.v2.pdf"
    assert len(clean_name("a" * 300, PDF)) == 204


def test_a_stored_file_is_given_as_a_download_that_runs_nothing() -> None:
    answer = answer_file(ContentFile(b"%PDF-"), name="plan é.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''plan")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_only_a_pdf_or_a_picture_is_shown_in_a_page() -> None:
    shown = answer_file(ContentFile(b"%PDF-"), name="plan.pdf", inline=True)
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert answer_file(BytesIO(b"?"), name="plan.docx", inline=True)["Content-Disposition"].startswith(
        "attach"
    )
    assert answer_file(BytesIO(b"?"), name="plan.exe")["Content-Type"] == "application/octet-stream"
