"""Writing a PDF so that every validator reads the same lengths.

PDF/A wants the length of each stream exact (6.1.7.1). A stream whose last byte is a carriage return, before
the line feed that closes it, is taken by some validators for one byte too long. So none may end like that.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name, Stream

_AMBIGUOUS = b"\r"
_SEEN = b"\r\nendstream"
_DEFAULTS = (
    (Name.Direction, Name.L2R),
    (Name.NonFullScreenPageMode, Name.UseNone),
    (Name.PrintScaling, Name.AppDefault),
    (Name.ViewArea, Name.CropBox),
)


def unpacked(_document: Any, pdf: Any) -> None:
    """Have WeasyPrint leave its streams as they are: what is changed first would be packed twice."""
    for item in pdf.objects:
        if hasattr(item, "compress"):
            item.compress = False


def save(pdf: pikepdf.Pdf) -> bytes:
    """The file; the same for the same content."""
    for stream in [found for found in pdf.objects if isinstance(found, Stream)]:
        _pack(stream)
    written = b""
    for _ in _variants(pdf):
        written = _written(pdf)
        if _SEEN not in written:
            break
    return written


def _pack(stream: Stream) -> None:
    """With another ending where that means nothing: white space behind text, bytes behind a font's tables."""
    raw, is_packed = stream.read_raw_bytes(), Name.Filter in stream
    is_clear = stream.get(Name.Filter) != "/FlateDecode" or not raw.endswith(_AMBIGUOUS)
    if stream.get(Name.Type) == "/Metadata" or (is_packed and is_clear):
        return
    for ending in (b"", b"\n"):
        content = stream.read_bytes() + ending
        packed = zlib.compress(content)
        if not packed.endswith(_AMBIGUOUS):
            break
    stream.write(packed, filter=Name.FlateDecode)
    if Name.Length1 in stream:
        stream.Length1 = len(content)


def _variants(pdf: pikepdf.Pdf) -> Iterator[None]:
    """The streams that exist only in the written file change with it: say one default more each time."""
    yield
    for key, default in _DEFAULTS:
        pdf.Root.ViewerPreferences[key] = default
        yield


def _written(pdf: pikepdf.Pdf) -> bytes:
    """With the one object stream that WeasyPrint made: few endings, and a small file."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()
