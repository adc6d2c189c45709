"""The letter in Word, for tests: taken out as the worker does it, edited in its XML, and brought back."""

from __future__ import annotations

import re
from functools import lru_cache

from django.core.files.base import ContentFile

from mvi_portal.accounts.models import User
from mvi_portal.core import docx
from mvi_portal.core.word.marking import marked
from mvi_portal.files import services as files
from reports.models import DecisionNote, Letter, WordExport, WordImport
from reports.services import word as services
from reports.word.building import VERSION
from tests.documents import sent
from tests.word import changed, gone, ins, r

_RUN = '<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">([^<]*){}([^<]*)</w:t></w:r>'
_write = lru_cache(maxsize=8)(docx.write)  # the same page again need not be made again


def taken_out(letter: Letter, note: DecisionNote | None = None) -> bytes:
    """The file, stored beside its row."""
    row = services.request_word(letter=letter, note=note, by=None)
    made = marked(_write(row.html), properties={**row.properties, VERSION: row.sha256}, mark=row.mark)
    if not row.is_ready:
        row.file.save(f"{row.pk}.docx", ContentFile(made), save=False)
        WordExport.objects.filter(pk=row.pk).update(file=row.file.name, file_sha256="a" * 64)
    return made


def edited(document: bytes, *changes: tuple[str, str]) -> bytes:
    """With parts of its text as XML replaced by other XML; each must be there."""

    def change(text: str) -> str:
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text

    return changed(document, {"word/document.xml": change})


def named(document: bytes, name: str, inner: str) -> bytes:
    """The paragraph that begins with a bookmark says something else: its runs replaced."""

    def change(content: str) -> str:
        pattern = rf'(<w:bookmarkStart w:id="\d+" w:name="{name}" />\s*<w:p>(?:<w:pPr>.*?</w:pPr>)?).*?</w:p>'
        done, count = re.subn(pattern, lambda m: f"{m[1]}{inner}</w:p>", content, count=1, flags=re.DOTALL)
        assert count, name
        return done

    return changed(document, {"word/document.xml": change})


def tracked(document: bytes, *changes: tuple[str, str]) -> bytes:
    """Words replaced with 'track changes' on, by A. Jansen."""

    def change(text: str) -> str:
        for old, new in changes:
            found = re.search(_RUN.format(re.escape(old)), text)
            assert found, old
            form = (found[1] or "").removeprefix("<w:rPr>").removesuffix("</w:rPr>")
            came = ins(r(new, form)) if new else ""
            parts = f"{r(found[2], form)}{gone(old)}{came}{r(found[3], form)}"
            text = text.replace(found[0], parts, 1)
        return text

    return changed(document, {"word/document.xml": change})


def typed(document: bytes, *changes: tuple[str, str]) -> bytes:
    """Words replaced without tracking."""
    return edited(document, *((f">{old}<", f">{new}<") for old, new in changes))


def brought(letter: Letter, document: bytes, by: User, name: str = "brief.docx") -> WordImport:
    upload = files.park(file=sent(document, name), by=by)
    return services.bring_word(letter=letter, upload=upload, by=by)[0]
