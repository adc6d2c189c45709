"""HTML to an OpenDocument text with our own styles, by pandoc."""

from __future__ import annotations

import re
from functools import lru_cache

from mvi_portal.core import pandoc

_HEADINGS = {"Heading_20_1": "13pt", "Heading_20_2": "11pt", "Heading_20_3": "9.5pt"}
_HEADING = (
    '<style:text-properties fo:font-size="{0}" fo:font-weight="bold" fo:font-style="normal"'
    ' fo:color="#1d4b7f" style:font-size-asian="{0}" style:font-size-complex="{0}" />'
)
_FACE = (
    '<style:font-face style:name="Verdana" svg:font-family="Verdana"'
    ' style:font-family-generic="swiss" style:font-pitch="variable" />'
)
_PAPER = {
    "fo:page-width": "210mm",
    "fo:page-height": "297mm",
    "fo:margin-top": "25mm",
    "fo:margin-bottom": "25mm",
    "fo:margin-left": "20mm",
    "fo:margin-right": "20mm",
}


def write(html: str) -> bytes:
    """The document of a whole HTML page that has a title. Raises pandoc.TextError."""
    return pandoc.convert(html, to="odt", reference=reference())


@lru_cache(maxsize=1)
def reference() -> bytes:
    """Pandoc's own names of styles, with our typeface, sizes and paper."""
    return pandoc.styled("odt", {"styles.xml": _styled})


def _styled(styles: str) -> str:
    styles = styles.replace("</office:font-face-decls>", f"{_FACE}</office:font-face-decls>", 1)
    styles = re.sub(r'style:font-name="(?:Times New Roman|Arial)"', 'style:font-name="Verdana"', styles)
    start = styles.index('<style:default-style style:family="paragraph"')
    plain = styles[start : styles.index("</style:default-style>", start)]
    ours = re.sub(r'fo:font-size="12pt"', 'fo:font-size="9pt"', plain)
    ours = re.sub(r'fo:language="en"\s+fo:country="US"', 'fo:language="nl" fo:country="NL"', ours)
    styles = styles.replace(plain, ours, 1)
    for name, size in _HEADINGS.items():
        styles = _in_style(styles, name, r"<style:text-properties.*?/>", _HEADING.format(size))
    styles = _in_style(styles, "Caption", r'fo:font-size="12pt"', 'fo:font-size="9pt"')
    styles = _in_style(styles, "Footnote", r'fo:font-size="10pt"', 'fo:font-size="8pt"')
    for name, size in _PAPER.items():
        styles = re.sub(rf'{name}="(?:8\.5in|11in|1in)"', f'{name}="{size}"', styles)
    return styles


def _in_style(styles: str, name: str, what: str, instead: str) -> str:
    """Replace within the one style of that name."""
    start = styles.index(f'style:name="{name}"')
    end = styles.index("</style:style>", start)
    changed = re.sub(what, instead, styles[start:end], count=1, flags=re.DOTALL)
    return styles[:start] + changed + styles[end:]
