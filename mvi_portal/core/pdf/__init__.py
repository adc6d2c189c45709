"""HTML to PDF that is valid as PDF/A-2a and as PDF/UA-1; only tasks call this, never the web process.

Same HTML, same bytes: nothing of the clock, the machine or the order of builds gets into the file. Nothing
comes from the network, no font of the machine is used, and what is missing stops the build.
"""

from __future__ import annotations

import gc
import logging
import mimetypes
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings

from . import libraries  # noqa: F401

# isort: split
from weasyprint import CSS, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from . import conformity, faces, saving, structure
from .browser import Page
from .conformity import identified
from .errors import PdfError
from .faces import Typeface
from .fitting import fit

__all__ = ["PdfError", "collecting_later", "identified", "write"]

# What fontTools writes as the font's own time when harfbuzz-subset is absent: any fixed moment will do.
_EPOCH = "0"
_VARIANT = "pdf/a-2a"
_pages: ContextVar[list[Document] | None] = ContextVar("pages", default=None)
_SVG = "{http://www.w3.org/2000/svg}"
_NO_FONTS = "<fontconfig><dir>{empty}</dir><cachedir>{empty}</cachedir></fontconfig>"


def write(html: str, *, base: Path | None = None) -> bytes:
    """The PDF of a whole HTML page that has a lang and a title.

    The file's dates are those of the page's `dcterms.created` and `dcterms.modified` metas. Relative
    addresses start at `base`, the project's own static folder when it is not given; files are read only
    there, and the one that LETTER_LOGO names. `identified` gives the file a name in its properties. Raises
    PdfError, in Dutch. One at a time in a process.
    """
    with _loud(), _environment(SOURCE_DATE_EPOCH=_EPOCH), collecting_later():
        return conformity.complete(*_drawn(html, (base or _static()).resolve()))


def _drawn(html: str, start: Path) -> tuple[bytes, dict[str, int]]:
    """WeasyPrint's PDF and the parts of its tables."""
    files, typeface = _Files(start, *_logo()), faces.typeface()
    page = Page(html, base_url=start.as_uri() + "/", url_fetcher=files)
    typeface = typeface.holding(fit(page.etree_element, typeface))
    _adapt_pictures(page.etree_element, typeface.family)
    config, rules = _fonts(typeface)
    styles = [rules, *_take_styles(page, files, config)]
    printed = _kept(page.render(font_config=config, stylesheets=styles, pdf_variant=_VARIANT))
    # its identifier and the packing of its streams are for `saving`
    plain = printed.write_pdf(pdf_variant=_VARIANT, pdf_identifier=False, finisher=saving.unpacked)
    return plain, structure.table_parts(printed.pages)


def _adapt_pictures(page: Element, family: str) -> None:
    """An SVG's text in our typeface, and its description behind its title, the only text WeasyPrint tells."""
    for picture in page.iter(f"{_SVG}svg"):
        picture.set("font-family", family)
        title, description = picture.find(f"{_SVG}title"), picture.find(f"{_SVG}desc")
        if title is not None and description is not None:
            title.text = f"{title.text}. {description.text}"


class _Files(URLFetcher):
    """Answers files under the allowed roots; anything else stops the build."""

    def __init__(self, *roots: Path) -> None:
        # Not the set-up of URLFetcher: that is for the network, which this one cannot reach.
        self._roots = roots

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file; raises WeasyPrint's fatal error, since after any other it prints an incomplete page."""
        path = self.find(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def find(self, url: str) -> Path:
        """The file that the address means, which is there."""
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or not any(path.is_relative_to(root) for root in self._roots):
            raise FatalURLFetchingError(f"De PDF mag '{url}' niet gebruiken.")
        if not path.is_file():
            raise FatalURLFetchingError(f"Het bestand '{path.name}' voor de PDF ontbreekt.")
        return path


def _take_styles(page: Page, files: _Files, config: FontConfiguration) -> list[CSS]:
    """The style sheets that the page links to, taken out of it: they are read once, not for each page."""
    links: list[Element] = []
    for head in page.etree_element.findall("head"):
        links += [link for link in head.findall("link") if link.get("rel") == "stylesheet"]
        for link in links:
            head.remove(link)
    paths = [files.find(urljoin(page.base_url, link.get("href", ""))) for link in links]
    return [_style(path, path.stat().st_mtime_ns, config) for path in paths]


@lru_cache(maxsize=16)
def _style(path: Path, changed: int, config: FontConfiguration) -> CSS:
    return CSS(filename=path, font_config=config, url_fetcher=_Files(path.parent))


@lru_cache(maxsize=4)
def _fonts(typeface: Typeface) -> tuple[FontConfiguration, CSS]:
    """The typeface unpacked, once in a process, in a configuration that knows no other."""
    with tempfile.TemporaryDirectory() as name:
        known, made = Path(name) / "fonts.conf", Path(name) / "made"
        made.mkdir()
        known.write_text(_NO_FONTS.format(empty=f"{name}/empty"))
        with _environment(FONTCONFIG_FILE=str(known)):
            config = FontConfiguration()
        fetcher = _Files(made.resolve(), faces.folder())
        return config, CSS(string=typeface.css(made), font_config=config, url_fetcher=fetcher)


def _static() -> Path:
    return Path(settings.BASE_DIR) / "static"


def _logo() -> tuple[Path, ...]:
    return (Path(settings.LETTER_LOGO).resolve(),) if settings.LETTER_LOGO else ()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """These variables, only for now: what the worker starts later must not inherit them."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def collecting_later() -> Iterator[None]:
    """Layout makes very many small objects and little garbage: looking for it costs an eighth of the time.

    What is left is looked at, and the pages are let go, when the outermost ends: who stores one file, stores
    it first.
    """
    if _pages.get() is not None:
        yield
        return
    was_on, pages = gc.isenabled(), list[Document]()
    gc.disable()
    token = _pages.set(pages)
    try:
        yield
    finally:
        _pages.reset(token)
        pages.clear()
        if was_on:
            gc.enable()


def _kept(printed: Document) -> Document:
    if (pages := _pages.get()) is not None:
        pages.append(printed)
    return printed


@contextmanager
def _loud() -> Iterator[None]:
    """What WeasyPrint would only log as an error becomes a PdfError."""
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    with ExitStack() as stack:
        logger.addHandler(complaints)
        stack.callback(logger.removeHandler, complaints)
        try:
            yield
        except FatalURLFetchingError as error:
            raise PdfError(str(error)) from error
    if complaints.heard:
        raise PdfError("De PDF kon niet goed worden gemaakt: " + "; ".join(complaints.heard))


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())
