"""The documents that every parcel has: the letter in its forms, its separate annexes, and the frozen data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from reports import frozen_register, render
from reports.frozen import FrozenAnnex, FrozenLetter
from reports.models import AnnexKind
from reports.parcel.plan import Document, Edition, Snapshot

_TOTAL = re.compile(r"^(?P<title>.*) \((?P<count>[\d.]+)\)$")
_COUNTED = {  # what the heads of tables in annexes count
    "Departementen": "ondertekenaars.departementen",
    "Provincies": "ondertekenaars.provincies",
    "Gemeenten": "ondertekenaars.gemeenten",
    "Waterschappen": "ondertekenaars.waterschappen",
    "Overige organisaties": "ondertekenaars.overige",
    "Actieplannen": "actieplannen.ontvangen",
    "Buyer groups": "buyergroups.gestart",
}


def documents_of(snapshot: Snapshot) -> list[Document]:
    return [
        *_letter(snapshot.letter),
        *(_annex(snapshot.letter, annex) for annex in snapshot.letter.annexes if _is_separate(annex)),
        *_data(snapshot),
    ]


def _letter(letter: FrozenLetter) -> Iterator[Document]:
    forms: tuple[tuple[str, str, Callable[[FrozenLetter], bytes]], ...] = (
        ("pdf", "De brief als PDF", pdf_of),
        ("html", "De brief als webpagina in één bestand", _html_of),
        ("docx", "De brief als Word-document", _docx_of),
        ("odt", "De brief als OpenDocument-tekst", _odt_of),
    )
    for ending, title, make in forms:
        yield Document(
            name=f"{letter.name}.{ending}",
            kind="letter",
            title=title,
            edition=Edition.PUBLIC,
            make=lambda make=make: make(letter),  # type: ignore[misc] # bound now, not at the last form
            figures=lambda: letter_figures(letter),
        )


def letter_figures(letter: FrozenLetter) -> dict[str, int]:
    """What the texts and the annexes inside say."""
    told = {figure.key: figure.value for figure in render.figures_in(letter)}
    for annex in letter.annexes:
        if annex.is_inside:
            told |= annex_figures(letter, annex)
    return told


def annex_figures(letter: FrozenLetter, annex: FrozenAnnex) -> dict[str, int]:
    """All of them for a table of figures; for a list, what its heads count."""
    if annex.kind in {AnnexKind.FIGURES, AnnexKind.SOURCES}:
        return {key: figure.value for key, figure in letter.figures.items()}
    heads = filter(None, (_TOTAL.match(table.title) for table in annex.tables))
    return {
        _COUNTED[head["title"]]: int(head["count"].replace(".", ""))
        for head in heads
        if head["title"] in _COUNTED
    }


def pdf_of(letter: FrozenLetter) -> bytes:
    from mvi_portal.core import pdf  # only a worker makes documents

    with pdf.identified(identifier(letter)):
        return pdf.write(render.to_html(letter))


def identifier(letter: FrozenLetter, name: str = "") -> str:
    """What a file of ours says in its properties, so that a changed one is known for what it was."""
    return f"urn:mvi-portaal:{name or f'{letter.name}.pdf'}:{letter.sha256()}"


def _html_of(letter: FrozenLetter) -> bytes:
    return render.to_page(letter, identifier=identifier(letter, f"{letter.name}.html")).encode()


def _docx_of(letter: FrozenLetter) -> bytes:
    from mvi_portal.core import docx

    return docx.write(render.to_plain(letter))


def _odt_of(letter: FrozenLetter) -> bytes:
    from mvi_portal.core import odt

    return odt.write(render.to_plain(letter))


def _is_separate(annex: FrozenAnnex) -> bool:
    return annex.separate and bool(annex.tables)


def _annex(letter: FrozenLetter, annex: FrozenAnnex) -> Document:
    def make() -> bytes:
        from mvi_portal.core import pdf

        return pdf.write(render.annex_to_html(letter, annex))

    return Document(
        name=f"{letter.name}-bijlage-{annex.number}.pdf",
        kind="annex",
        title=f"Bijlage {annex.number}: {annex.title}",
        edition=Edition.PUBLIC,
        make=make,
        figures=lambda: annex_figures(letter, annex),
    )


def _data(snapshot: Snapshot) -> Iterator[Document]:
    letter = snapshot.letter

    def told() -> Mapping[str, int]:
        return {key: figure.value for key, figure in letter.figures.items()}

    editions = ((Edition.PUBLIC, "", None), (Edition.INTERNAL, "-intern", snapshot.names))
    for edition, suffix, names in editions:
        yield Document(
            name=f"{letter.name}-gegevens{suffix}.json",
            kind="data",
            title="De bevroren gegevens" + (", met wat er is geteld" if suffix else ""),
            edition=edition,
            make=lambda names=names: frozen_register.data_of(letter, snapshot.parts, names).encode(),  # type: ignore[misc] # bound now
            figures=told,
        )
