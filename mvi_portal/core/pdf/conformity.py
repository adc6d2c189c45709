"""What WeasyPrint's PDF/A-2a lacks to be PDF/UA-1 as well."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import pikepdf
from lxml import etree

from . import saving, structure

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
_PACKET = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n%s\n<?xpacket end="w"?>'

# PDF/A admits only properties that it knows, or that the file itself describes.
_UA_MARK = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Description rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


_IDENTITY = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about=""/></rdf:RDF>"""
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_identifier: ContextVar[str] = ContextVar("identifier", default="")


@contextmanager
def identified(identifier: str) -> Iterator[None]:
    """The files that are written inside say in their properties which document they are (dc:identifier).

    The outermost counts: who stores a document names it.
    """
    token = _identifier.set(_identifier.get() or identifier)
    try:
        yield
    finally:
        _identifier.reset(token)


def complete(plain: bytes, parts: dict[str, int]) -> bytes:
    """The same pages, with their structure completed and the PDF/UA mark; `parts` of the tables in it."""
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        structure.complete(pdf, parts)
        _mark(pdf)
        return saving.save(pdf)


def _mark(pdf: pikepdf.Pdf) -> None:
    """Say in the XMP that the file is PDF/UA-1, and write it uncompressed as PDF/A's readers expect."""
    packet = etree.fromstring(pdf.Root.Metadata.read_bytes())
    descriptions = packet.find(_RDF)
    if descriptions is None:
        raise ValueError("WeasyPrint wrote no RDF in the XMP")
    descriptions.extend(list(etree.fromstring(_UA_MARK)))
    if identifier := _identifier.get():
        (about,) = etree.fromstring(_IDENTITY)
        etree.SubElement(about, _IDENTIFIER).text = identifier
        descriptions.append(about)
    pdf.Root.Metadata.write(_PACKET % etree.tostring(packet))
