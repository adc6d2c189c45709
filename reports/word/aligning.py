"""Which block of a document that came back was which of the one that went out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.html import escape

from mvi_portal.core.differences import tokens
from mvi_portal.core.prose.paragraphs import Paragraph, matched
from mvi_portal.core.word import Block, Document

ALIKE = 0.6  # the part of the words that make two blocks the same one, rewritten


@dataclass(frozen=True)
class Added:
    """Blocks that were not there: behind the paragraph of that name, or else before another."""

    block: Block
    after: str = ""
    before: str = ""


@dataclass
class Alignment:
    """`pairs`: by name what the paragraph is now, None when it went."""

    pairs: dict[str, Block | None] = field(default_factory=dict)
    added: list[Added] = field(default_factory=list)
    around: list[tuple[Block, Block | None]] = field(default_factory=list)  # headings, salutation, tables
    moved: list[str] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)  # went into the paragraph of that name
    split: dict[str, list[Block]] = field(default_factory=dict)  # what of a paragraph stands behind it now


def aligned(base: Document, new: Document) -> Alignment:
    """Names first; a paragraph without its name by its words."""
    old = {block.keys[0]: block for block in base.blocks if block.keys}
    found = Alignment()
    owners = _owners(old, new, found)
    keyless = [block for block in new.blocks if id(block) not in owners and not block.is_empty]
    fixed = [block for block in base.blocks if not block.keys and not block.is_empty]
    keyless = _around(fixed, keyless, found)
    keyless = _without_name(old, owners, keyless, found)
    keyless = _rewritten(keyless, found)
    for name in old:
        found.pairs.setdefault(name, None)
    _added(new, owners, keyless, found)
    _split(old, found)
    found.moved = list(_moved(list(old), new, owners))
    return found


def _owners(old: Mapping[str, Block], new: Document, found: Alignment) -> dict[int, str]:
    """By block the name that it has; of several it is the one that it is most like."""
    owners: dict[int, str] = {}
    for block in new.blocks:
        names = [name for name in block.keys if name in old and name not in found.pairs]
        if not names:
            continue
        own = (
            max(names, key=lambda name: likeness(old[name].text, block.text)) if len(names) > 1 else names[0]
        )
        owners[id(block)] = own
        found.pairs[own] = block
        for name in names:
            if name != own:
                found.pairs[name] = None
                if _holds(block.text, old[name].text):
                    found.merged[name] = own
    return owners


def _holds(text: str, part: str) -> bool:
    """Whether most words of the part are in the text, in a row."""
    words, wanted = text.split(), part.split()
    match = SequenceMatcher(None, words, wanted, False).find_longest_match()
    return bool(wanted) and match.size >= max(3, len(wanted) // 2)


def _around(fixed: Sequence[Block], keyless: list[Block], found: Alignment) -> list[Block]:
    """What the portal itself prints, and is the same; gives the rest."""
    matcher = SequenceMatcher(
        None, [_print(item) for item in fixed], [_print(item) for item in keyless], False
    )
    same = {place for _a, b, size in matcher.get_matching_blocks() for place in range(b, b + size)}
    kept = {place for a, _b, size in matcher.get_matching_blocks() for place in range(a, a + size)}
    found.around = [(item, None) for place, item in enumerate(fixed) if place not in kept]
    return [block for place, block in enumerate(keyless) if place not in same]


def _print(block: Block) -> str:
    return " ".join(f"{block.caption} {block.text}".split())


def _without_name(
    old: Mapping[str, Block], owners: dict[int, str], keyless: list[Block], found: Alignment
) -> list[Block]:
    """Paragraphs of which the name is gone: in their order, or moved and the same to a letter."""
    lost = [name for name in old if name not in found.pairs]
    pairs = _pairs([old[name] for name in lost], keyless)
    texts = {_print(old[name]): name for name in reversed(lost) if _print(old[name])}
    for block in keyless:
        by_place = next((index for index, other in pairs if other is block), None)
        name = lost[by_place] if by_place is not None else texts.get(_print(block), "")
        if name and name not in found.pairs:
            found.pairs[name] = block
            owners[id(block)] = name
    return [block for block in keyless if id(block) not in owners]


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, Block]]:
    before, after = [_paragraph(item) for item in old], [_paragraph(item) for item in new]
    places = {id(item): index for index, item in enumerate(before)}
    blocks = {id(item): new[index] for index, item in enumerate(after)}
    return [
        (places[id(a)], blocks[id(b)]) for a, b in matched(before, after) if a is not None and b is not None
    ]


def _paragraph(block: Block) -> Paragraph:
    """As far as it is compared: its kind and its words."""
    return Paragraph(f"<{'table' if block.kind == 'table' else 'p'}>{escape(_print(block))}")


def _rewritten(keyless: list[Block], found: Alignment) -> list[Block]:
    """A heading or a salutation of the portal that somebody rewrote."""
    left = list(keyless)
    for place, (fixed, _none) in enumerate(found.around):
        text = _print(fixed)
        near = [block for block in left if _may_be_alike(text, _print(block))]
        best = max(near, key=lambda block: likeness(text, _print(block)), default=None)
        if best is not None and likeness(text, _print(best)) >= ALIKE:
            found.around[place] = (fixed, best)
            left = [block for block in left if block is not best]
    return left


def _may_be_alike(one: str, other: str) -> bool:
    """By their lengths alone: what is three times as long is not the same text rewritten."""
    return 3 * min(len(one), len(other)) >= max(len(one), len(other))


def _added(new: Document, owners: Mapping[int, str], keyless: Sequence[Block], found: Alignment) -> None:
    """Behind a paragraph; behind a heading, before the first paragraph that follows."""
    loose = {id(block) for block in keyless}
    last, is_broken = "", True
    for place, block in enumerate(new.blocks):
        if id(block) in owners:
            last, is_broken = owners[id(block)], False
        elif id(block) in loose:
            following = (owners[id(item)] for item in new.blocks[place:] if id(item) in owners)
            before = next(following, "") if is_broken else ""
            found.added.append(Added(block, "" if is_broken else last, before))
        elif not block.is_empty:
            is_broken = True


def _split(old: Mapping[str, Block], found: Alignment) -> None:
    """A paragraph of which the end stands in the next ones now is one change, not several."""
    left: list[Added] = []
    for item in found.added:
        now = found.pairs.get(item.after)
        if now is not None and now.kind == item.block.kind == "p":
            parts = [now, *found.split.get(item.after, []), item.block]
            whole = " ".join(part.text for part in parts)
            without = " ".join(part.text for part in parts[:-1])
            before = old[item.after].text
            if likeness(before, whole) > likeness(before, without) + 0.02:
                found.split.setdefault(item.after, []).append(item.block)
                continue
        left.append(item)
    found.added = left


def _moved(order: Sequence[str], new: Document, owners: Mapping[int, str]) -> Iterator[str]:
    """Names that stand out of their order: as few as explain it."""
    now = [owners[id(block)] for block in new.blocks if id(block) in owners]
    places = {name: place for place, name in enumerate(order)}
    stays = set(_longest([places[name] for name in now]))
    yield from (name for name in now if places[name] not in stays)


def _longest(numbers: Sequence[int]) -> list[int]:
    """The longest row that rises."""
    best: list[list[int]] = []
    for number in numbers:
        before = max((row for row in best if row[-1] < number), key=len, default=[])
        best.append([*before, number])
    return max(best, key=len, default=[])


def likeness(one: str, other: str) -> float:
    """The part of their words that two texts share, in order."""
    before, after = ([word for word in tokens(text) if not word.isspace()] for text in (one, other))
    return SequenceMatcher(None, before, after, False).ratio()
