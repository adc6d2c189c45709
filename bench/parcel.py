"""A letter of ten pages against WeasyPrint alone and LibreOffice, a long table, and a whole parcel."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from django.conf import settings
from django.test.utils import override_settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench.letter import NAME, built, taken
from bench.scratch import promise
from mvi_portal.core import odt, pdf
from mvi_portal.core.pdf import faces
from mvi_portal.jobs.models import Job
from mvi_portal.jobs.services import work
from reports import render
from reports.frozen import FrozenLetter, from_json
from reports.models import Annex, AnnexKind, AnnexPlace, Letter, Parcel
from reports.services import request_parcel

MOST_OF_WEASYPRINT = 1.15
MOST_OF_A_BUILD = 1.5  # seconds
LEAST_PAGES = 10
LEAST_OF_OFFICE = 2.0
TIMES = 20  # as many rows as in the register of the demonstration
VALID = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)
MOST_SECONDS = 60
MOST_MEGABYTES = 600
ROUNDS = 5
Office = Callable[[FrozenLetter, Path], list[Callable[[], object]]]


def measure() -> bool:
    """True when every promise holds; LibreOffice is only asked where it is."""
    letter = Letter.objects.get(slug=NAME)
    with tempfile.TemporaryDirectory() as name, override_settings(MEDIA_ROOT=name):
        folder = Path(name)
        held = [_parcel(letter), _table(letter, folder)]
        Annex.objects.filter(letter=letter).update(place=AnnexPlace.INSIDE)
        held += _letter(letter, folder, "with its lists inside")
        Annex.objects.filter(letter=letter).update(place=AnnexPlace.SEPARATE)
        _lengthen(letter)
        return all([*held, *_letter(letter, folder, "with its lists beside it", office=_office)])


def _lengthen(letter: Letter) -> None:
    """Its five pages become ten: every part twice, the three longest three times."""
    sections = sorted(letter.sections.all(), key=lambda section: len(section.text))
    for times, section in zip([2] * (len(sections) - 3) + [3] * 3, sections, strict=True):
        section.text *= times
        section.save()


def _parcel(letter: Letter) -> bool:
    asked = request_parcel(letter=letter, by=None)
    job = Job.objects.get(letter_version=asked.version)
    seconds = taken(lambda: work(job.pk, worker="bench"))
    job.refresh_from_db()
    parcel = Parcel.objects.get(pk=asked.pk)
    if not parcel.is_ready:
        raise SystemExit(job.reason)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = len(json.loads(parcel.manifest)["files"])
    return promise(
        f"a whole parcel: {count} files in {seconds:.1f} s (at most {MOST_SECONDS}), "
        f"{memory:.0f} MB (at most {MOST_MEGABYTES})",
        holds=seconds <= MOST_SECONDS and memory <= MOST_MEGABYTES,
    )


def _letter(letter: Letter, folder: Path, what: str, *, office: Office | None = None) -> list[bool]:
    """Ours, WeasyPrint alone and LibreOffice take turns, so that a busy machine slows all."""
    version = built(letter)
    frozen = from_json(version.content)
    others = [_alone(render.to_html(frozen), folder), *(office(frozen, folder) if office else [])]
    for other in others:
        other()
    rounds = [(sum(built(letter).steps.values()), *map(taken, others)) for _ in range(ROUNDS)]
    ours, theirs, *offices = (median(column) for column in zip(*rounds, strict=True))
    told = f"a letter of {version.pages} pages, {what}, in a warm worker: {ours:.2f} s"
    return [
        promise(
            f"{told} (at least {LEAST_PAGES} pages, at most {MOST_OF_A_BUILD} s)",
            holds=(version.pages or 0) >= LEAST_PAGES and ours <= MOST_OF_A_BUILD,
        ),
        _ratio(told, ours, theirs),
        *([_beside(told, ours, *offices)] if offices else []),
    ]


def _beside(told: str, ours: float, same: float, plain: float) -> bool:
    return promise(
        f"{told}; LibreOffice takes {same / ours:.1f} times that for a file that is as valid (at least "
        f"{LEAST_OF_OFFICE}), and {plain / ours:.1f} times for one without tags",
        holds=same / ours >= LEAST_OF_OFFICE,
    )


def _table(letter: Letter, folder: Path) -> bool:
    """An annex of many rows, printed as the parcel does it."""
    frozen = from_json(built(letter).content)
    (annex,) = (item for item in frozen.annexes if item.kind == AnnexKind.SIGNATORIES)
    tables = tuple(replace(table, rows=table.rows * TIMES) for table in annex.tables)
    rows = sum(len(table.rows) for table in tables)
    html = render.annex_to_html(frozen, replace(annex, tables=tables))
    alone = _alone(html, folder)
    pdf.write(html)
    pairs = [(taken(lambda: pdf.write(html)), taken(alone)) for _ in range(ROUNDS)]
    ours, theirs = (median(column) for column in zip(*pairs, strict=True))
    return _ratio(f"an annex of {rows} rows: {ours:.2f} s", ours, theirs)


def _ratio(told: str, ours: float, theirs: float) -> bool:
    return promise(
        f"{told}, {ours / theirs:.2f} of WeasyPrint alone warm (at most {MOST_OF_WEASYPRINT})",
        holds=ours / theirs <= MOST_OF_WEASYPRINT,
    )


def _alone(html: str, folder: Path) -> Callable[[], object]:
    config = FontConfiguration()
    face = CSS(string=faces.typeface().css(folder), font_config=config)
    base = f"{settings.BASE_DIR}/static/"
    return lambda: HTML(string=html, base_url=base).write_pdf(
        stylesheets=[face], font_config=config, pdf_variant="pdf/a-2a"
    )


def _office(letter: FrozenLetter, folder: Path) -> list[Callable[[], object]]:
    """LibreOffice on the same text: a PDF/UA and PDF/A-2 as ours is, and a plain one; nothing without it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return []
    text = folder / "letter.odt"
    text.write_bytes(odt.write(render.to_plain(letter)))
    command = [program, "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to"]
    into = ["--outdir", str(folder), str(text)]
    return [partial(_run, [*command, form, *into]) for form in (VALID, "pdf")]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
