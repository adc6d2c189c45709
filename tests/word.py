"""Word documents for tests: small ones made from XML, and real ones of which the XML is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_XML = "<?xml version='1.0' encoding='UTF-8'?>"


def xml(name: str, inner: str) -> bytes:
    """A part of WordprocessingML around what is given."""
    return f'{_XML}<w:{name} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{name}>'.encode()


def rels(*rows: tuple[str, str, str]) -> bytes:
    """Of key, kind and target; a target with a scheme lies outside."""
    outside = {False: "", True: ' TargetMode="External"'}
    told = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{outside[":" in target]}/>'
        for key, kind, target in rows
    )
    return f'{_XML}<Relationships xmlns="{RELS}">{told}</Relationships>'.encode()


def docx_of(body: str, parts: Mapping[str, bytes] | None = None, *links: tuple[str, str, str]) -> bytes:
    """A document with this body, and notes, comments and other parts beside it."""
    kinds = (("n1", "footnotes", "footnotes.xml"), ("n2", "comments", "comments.xml"))
    other = (("n3", "numbering", "numbering.xml"), ("n4", "styles", "styles.xml"))
    made = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": xml("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": rels(*kinds, *other, *links),
        **(parts or {}),
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in made.items():
            packed.writestr(name, content)
    return out.getvalue()


def changed(document: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """The same document with some of its parts rewritten; a part that is not there begins empty."""
    out = BytesIO()
    with ZipFile(BytesIO(document)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            content = old.read(name).decode() if name in old.namelist() else ""
            new.writestr(name, changes[name](content) if name in changes else old.read(name))
    return out.getvalue()


def p(inner: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    form = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{form}<w:t xml:space="preserve">{text}</w:t></w:r>'


def ins(inner: str, author: str = "A. Jansen", day: str = "2025-03-12T10:00:00Z") -> str:
    return f'<w:ins w:id="901" w:author="{author}" w:date="{day}">{inner}</w:ins>'


def gone(text: str, author: str = "A. Jansen", day: str = "2025-03-12T10:00:00Z") -> str:
    return (
        f'<w:del w:id="902" w:author="{author}" w:date="{day}"><w:r><w:delText xml:space="preserve">'
        f"{text}</w:delText></w:r></w:del>"
    )


def mark(name: str, inner: str, number: int = 1) -> str:
    """A bookmark around it."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'
