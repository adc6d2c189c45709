"""A block of Word as a paragraph of ours again, in the shape that it had."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from mvi_portal.core.prose import clean
from mvi_portal.core.prose.writing import escape
from mvi_portal.core.word import Block, Line

_FIRST = re.compile(r"<(h3|h4)\b")


def rewritten(block: Block, lines: Sequence[str], base: str) -> str:
    """Clean HTML; `base` is the paragraph as it was, of which the shape is kept where it is the same kind."""
    return clean(_shaped(block, lines, base))


def _shaped(block: Block, lines: Sequence[str], base: str) -> str:
    if block.kind == "list":
        return _list(list(zip(block.lines, lines, strict=True)), is_loose="<li><p>" in base)
    if block.kind == "quote":
        return f"<blockquote>{''.join(f'<p>{line}</p>' for line in lines if line)}</blockquote>"
    if block.kind == "table":
        return _table(block, lines, has_heads='<th scope="row"' in base or "<tbody><tr><th" in base)
    if block.kind.startswith("h"):
        before = _FIRST.match(base)
        tag = before[1] if before else "h3" if block.kind in ("h1", "h2", "h3") else "h4"
        return "".join(f"<{tag}>{line}</{tag}>" for line in lines if line)
    return "".join(f"<p>{line}</p>" for line in lines if line)


def _list(items: Sequence[tuple[Line, str]], *, is_loose: bool) -> str:
    """Items of one depth; what lies deeper goes in the item before it."""
    if not items:
        return ""
    depth = min(line.level for line, _text in items)
    tag = "ol" if items[0][0].ordered else "ul"
    written = "".join(f"<li>{_item(group, depth, is_loose=is_loose)}</li>" for group in _groups(items, depth))
    return f"<{tag}>{written}</{tag}>"


def _groups(items: Sequence[tuple[Line, str]], depth: int) -> Iterator[list[tuple[Line, str]]]:
    group: list[tuple[Line, str]] = []
    for line, text in items:
        if group and line.level == depth and not line.row:
            yield group
            group = []
        group.append((line, text))
    if group:
        yield group


def _item(group: Sequence[tuple[Line, str]], depth: int, *, is_loose: bool) -> str:
    own = [text for line, text in group if line.level == depth and text]
    below = [(line, text) for line, text in group if line.level > depth]
    is_loose = is_loose or len(own) > 1
    return "".join(f"<p>{text}</p>" if is_loose else text for text in own) + _list(below, is_loose=is_loose)


def _table(block: Block, lines: Sequence[str], *, has_heads: bool) -> str:
    cells = list(zip(block.lines, lines, strict=True))
    rows = [list(row) for _number, row in groupby(cells, key=lambda cell: cell[0].row)]
    heads = [row for row in rows if row[0][0].is_head]
    body = [row for row in rows if not row[0][0].is_head]
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    head = "".join(f"<tr>{''.join(map(_head, row))}</tr>" for row in heads)
    told = "".join(f"<tr>{''.join(_cells(row, has_heads=has_heads))}</tr>" for row in body)
    return f"<table>{caption}{f'<thead>{head}</thead>' if head else ''}<tbody>{told}</tbody></table>"


def _head(cell: tuple[Line, str]) -> str:
    return f'<th scope="col">{cell[1]}</th>'


def _cells(row: Sequence[tuple[Line, str]], *, has_heads: bool) -> Iterator[str]:
    for place, (_line, text) in enumerate(row):
        yield f'<th scope="row">{text}</th>' if has_heads and not place else f"<td>{text}</td>"
