"""A Word file beside the one that went out and the texts of now: paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from mvi_portal.core.dates import long_date
from mvi_portal.core.prose.paragraphs import Paragraph, moved, paragraphs
from mvi_portal.core.word import Block, Document
from reports.models import NoteSection, WordExport
from reports.models.notes import FORCES
from reports.word.aligning import Added, Alignment, aligned
from reports.word.flat import Flat
from reports.word.found import (
    AROUND,
    AT_END,
    CHANGED_HERE,
    CHANGED_SINCE,
    EMPTY_REMARK,
    FROM_REGISTER,
    IGNORED,
    LOOSE_REMARK,
    MANY_GONE,
    MERGED,
    MOVED,
    OUTSIDE,
    SECTION_GONE,
    SHUFFLED,
    Change,
    Comment,
    Found,
    Target,
    Unplaced,
)
from reports.word.resolving import Resolved, resolve
from reports.word.rewriting import rewritten

MADE_BLOCKS = ("<mvi-table", "<mvi-chart")
FEWEST = 3  # paragraphs that may be missing without a question
WORDS = 160  # signs of a paragraph that is told
_BLOCK = "(?:p|li|h3|h4|td|th|blockquote|mvi-footnote)"
_SPACES = re.compile(rf" (?=<mvi-footnote>|<mvi-citation|</{_BLOCK}>)|(?<=<p>) |(?<=<li>) |(?<=<td>) ")


class Comparing:
    """Tells `found` what the new document says otherwise than the one that went out."""

    def __init__(self, export: WordExport, base: Document, new: Document, found: Found) -> None:
        self.base, self.new, self.found = base, new, found
        self.rows: dict[str, dict[str, Any]] = {row["name"]: row for row in export.keys}
        sections: Any = export.note.sections if export.note else export.letter.sections
        self.targets: dict[int, Target] = {row.pk: row for row in sections.all()}
        self.now = {key: paragraphs(row.text) for key, row in self.targets.items()}
        self.then = self._then()
        self.known = {note.text for note in base.notes.values()}
        self.blocks = {block.keys[0]: block for block in base.blocks if block.keys}

    def _then(self) -> dict[int, list[Paragraph]]:
        """Of each section its paragraphs as they were."""
        found: dict[int, list[Paragraph]] = {}
        for row in self.rows.values():
            if row["html"]:
                found.setdefault(row["section"], []).append(Paragraph(row["html"]))
        return found

    def compare(self) -> None:
        self._tell()
        result = aligned(self.base, self.new)
        gone = [name for name, block in result.pairs.items() if block is None and name in self.rows]
        unmarked = [name for name in gone if name not in result.merged]
        is_part = len(unmarked) > max(FEWEST, len(self.rows) // 2)
        if is_part:
            self.found.notices.append(MANY_GONE.format(len(unmarked), len(self.rows)))
        for name, block in result.pairs.items():
            if name in self.rows and not (block is None and is_part and name not in result.merged):
                self._pair(name, block, result)
        for added in result.added:
            self._added(added)
        self._around(result)
        for name in result.moved:
            self.found.notices.append(MOVED.format(_short(self.blocks[name].text)))

    def _tell(self) -> None:
        others = [str(row) for key, row in self.targets.items() if self._is_changed(key, row)]
        if others:
            self.found.notices.append(CHANGED_SINCE.format(", ".join(others)))
        if self.new.ignored:
            self.found.notices.append(IGNORED.format(", ".join(sorted(self.new.ignored))))

    def _is_changed(self, key: int, row: Target) -> bool:
        """Of the section that the portal itself adds to, the paragraph that it added does not count."""
        then = [item.sha256 for item in self.then.get(key, [])]
        now = [item.sha256 for item in self.now[key]]
        is_added_to = isinstance(row, NoteSection) and row.slug == FORCES
        return then != now and not (is_added_to and then[:-1] == now)

    # --- paragraphs ---

    def _pair(self, name: str, block: Block | None, result: Alignment) -> None:
        before = self.blocks[name]
        if block is None or block.is_empty:
            self._gone(name, block, MERGED if name in result.merged else "")
            return
        behind = result.split.get(name, [])
        if behind or self._differs(before, block):
            self._changed(name, block, behind, is_whole=name in result.merged.values())
        self._comments([*block.comments, *(key for item in behind for key in item.comments)], name)

    def _differs(self, before: Block, block: Block) -> bool:
        if before.kind != block.kind or before.caption != block.caption:
            return True
        one, other = self._flat(before, self.base), self._flat(block, self.new)
        shape = [(line.level, line.ordered, line.row) for line in before.lines]
        return one.shown != other.shown or shape != [
            (line.level, line.ordered, line.row) for line in block.lines
        ]

    def _flat(self, block: Block, of: Document, behind: Sequence[Block] = ()) -> Flat:
        lines = [line for item in (block, *behind) for line in item.lines]
        return Flat(lines, of.notes, is_plain=block.kind.startswith("h"))

    def _gone(self, name: str, block: Block | None, flag: str) -> None:
        row = self.rows[name]
        if row["html"]:
            self._propose(name, "", Resolved([], []), block, (flag,) if flag else ())
        self._comments(block.comments if block else (), name)

    def _changed(self, name: str, block: Block, behind: Sequence[Block], *, is_whole: bool) -> None:
        row, before = self.rows[name], self.blocks[name]
        now = self._flat(block, self.new, behind)
        done = resolve(self._flat(before, self.base), now, row["nodes"], self.known)
        if done.is_shuffled and SHUFFLED not in self.found.notices:
            self.found.notices.append(SHUFFLED)
        new = rewritten(block, done.lines, row["html"])
        flags = (*done.flags, *((MERGED,) if is_whole else ()))
        self._propose(name, new, done, block, flags, behind)

    def _propose(
        self,
        name: str,
        new: str,
        done: Resolved,
        block: Block | None,
        flags: Sequence[str],
        behind: Sequence[Block] = (),
    ) -> None:
        row = self.rows[name]
        target, old = self.targets.get(row["section"]), row["html"]
        who = self._who([item for item in (block, *behind) if item is not None])
        typed = rewritten(block, done.typed, old) if block is not None and new else ""
        if _same(new, old) and _same(typed, old):
            return
        words = "\n".join(item.text for item in (block, *behind) if item is not None)
        sha256 = Paragraph(old).sha256 if old else ""
        here = {item.sha256 for item in self.now.get(row["section"], ())}
        if target is None:
            self._unplaced("Wijziging", words, SECTION_GONE, who)
        elif old.startswith(MADE_BLOCKS):
            self._unplaced("Wijziging", words or self.blocks[name].text, FROM_REGISTER, who)
        elif old and sha256 not in here:
            if not new or not _is_there(new, self.now[row["section"]]):
                self._unplaced(
                    "Wijziging", words or f"Vervallen: {self.blocks[name].text}", CHANGED_HERE, who
                )
        else:
            told = typed if typed != new else ""
            self.found.changes.append(Change(target, sha256, old, new, told, tuple(flags), who))

    def _added(self, item: Added) -> None:
        row = self.rows.get(item.after or item.before)
        who = self._who([item.block])
        target = self.targets.get(row["section"]) if row else None
        if row is None or target is None:
            self._unplaced("Nieuwe alinea", item.block.text, OUTSIDE, who)
            return
        done = resolve(Flat([], {}), self._flat(item.block, self.new), {})
        new = rewritten(item.block, done.lines, "")
        now = self.now[target.pk]
        if not new or _is_there(new, now):
            return
        sha256 = Paragraph(row["html"]).sha256 if item.after and row["html"] else ""
        is_here = not sha256 or sha256 in {paragraph.sha256 for paragraph in now}
        is_after = is_here and bool(row["html"])
        flags = () if is_here else (AT_END,)
        self.found.changes.append(
            Change(target, sha256 if is_here else "", "", new, "", flags, who, is_after=is_after)
        )
        for key in item.block.comments:
            self._loose(key)

    def _around(self, result: Alignment) -> None:
        for before, block in result.around:
            if block is not None:
                self._unplaced("Wijziging", block.text or before.text, AROUND, self._who([block]))
        names = {id(block) for block in result.pairs.values()} | {id(item.block) for item in result.added}
        split = {id(block) for blocks in result.split.values() for block in blocks}
        for block in self.new.blocks:
            if id(block) not in names | split:
                for key in block.comments:
                    self._loose(key)

    # --- comments ---

    def _comments(self, keys: Sequence[str], name: str) -> None:
        row = self.rows[name]
        target = self.targets.get(row["section"])
        for key in keys:
            said = self.new.comments.get(key)
            if said is None:
                continue
            who = told(said.author, said.day)
            if target is None:
                self._unplaced("Opmerking", said.text, SECTION_GONE, who)
            elif isinstance(target, NoteSection) and not row["html"]:
                self._unplaced("Opmerking", said.text, EMPTY_REMARK, who)
            else:
                at = self._paragraph(row)
                self.found.comments.append(Comment(target, at.sha256, at.text, said.text, who, at.html))

    def _paragraph(self, row: dict[str, Any]) -> Paragraph:
        """As it stands now; one that went, as it was."""
        then, now = self.then.get(row["section"], []), self.now[row["section"]]
        own = Paragraph(row["html"])
        place = next((index for index, item in enumerate(then) if item.sha256 == own.sha256), None)
        there = None if place is None else moved(then, now, place)
        return own if there is None else now[there]

    def _loose(self, key: str) -> None:
        if said := self.new.comments.get(key):
            self._unplaced("Opmerking", said.text, LOOSE_REMARK, told(said.author, said.day))

    # --- telling ---

    def _unplaced(self, what: str, words: str, why: str, who: str) -> None:
        self.found.unplaced.append(Unplaced(what, " ".join(words.split()), why, who))

    def _who(self, blocks: Sequence[Block]) -> str:
        authors = dict.fromkeys(author for block in blocks for author in block.authors)
        if authors:
            return ", ".join(told(name, day) for name, day in authors)[:300]
        return f"laatst bewaard door {self.new.saved_by}" if self.new.saved_by else ""


def told(name: str, day: date | None) -> str:
    """As in "A. Jansen (12 maart 2025)"."""
    return f"{name or 'onbekend'}{f' ({long_date(day)})' if day else ''}"


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(html: str) -> str:
    """Without spaces before a note and at the ends of a block, which are taken out in print."""
    return _SPACES.sub("", " ".join(html.split()))


def _is_there(html: str, now: Sequence[Paragraph]) -> bool:
    """Whether the text says it already, as when it was taken over before."""
    bare = {_bare(item.html) for item in now}
    return all(_bare(item.html) in bare for item in paragraphs(html))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= WORDS else f"{text[: WORDS - 1]}…"
