"""What truly went, beside what was frozen: where its words and figures are other ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from unicodedata import normalize

from mvi_portal.core.numbers import number
from reports.frozen import FrozenLetter
from reports.models import DifferenceKind
from reports.render.context import Context, heading, printer_of

AROUND = 6  # words told before a difference
FEWEST = 3  # words of a page that holds text
FEW = 4  # from so many words on it is told by the words alone whether they belong elsewhere
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_FOOTNOTE = re.compile(r'<span class="footnote">(.*?)</span>', re.DOTALL)
_UNSEEN = re.compile(r"<(title|desc|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_HYPHENATED = re.compile(r"(?<=\w)(?:[\x02\u00ad\ufffe]\s*|[-\u2010]\s*\n\s*)(?=[a-zà-ÿ])")
_PAGE = re.compile(r"\bpagina\s+\d+\s+van\s+\d+\b", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """One difference: in which part, what was frozen there and what was sent."""

    kind: DifferenceKind
    where: str
    frozen: str
    sent: str
    around: str = ""


@dataclass(frozen=True)
class _Word:
    text: str
    part: int

    @property
    def key(self) -> str:
        return self.text.casefold().replace("’", "'")


def says_something(pages: Sequence[str]) -> bool:
    """Whether half of the pages or more hold words: a scan has none, or only those of a stamp."""
    written = sum(len(_tokens(page)) >= FEWEST for page in pages)
    return bool(written) and written * 2 >= len(pages)


def compare(letter: FrozenLetter, pages: Sequence[str]) -> list[Found]:
    """In reading order.

    What stands before the first and behind the last words of the text, as the head and the signature of the
    house, is told as one difference each; the marks that the frozen version prints itself are none.
    """
    parts, notes = _frozen(letter)
    frozen = [_Word(text, index) for index, (_where, words) in enumerate(parts) for text in words]
    sent = _tokens(_without(_whole(pages), _around(letter)))
    matcher = SequenceMatcher(
        None, [word.key for word in frozen], [_Word(text, 0).key for text in sent], autojunk=False
    )
    values = {number(figure.value): figure.label for figure in letter.figures.values()}
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    head = {_Word(text, 0).key for _step, a, b, c, d in steps if a == b == 0 for text in sent[c:d]}
    found = []
    for _step, a, b, c, d in steps:
        gone, came = [word.text for word in frozen[a:b]], sent[c:d]
        is_edge = not gone and (a in (0, len(frozen)))
        if not gone and not is_edge and _is_elsewhere(came, notes, head):
            continue
        where = parts[frozen[min(a, len(frozen) - 1)].part][0] if frozen else ""
        around = " ".join(word.text for word in frozen[max(0, a - AROUND) : a])
        sort = _kind(gone, came, values, is_edge=is_edge)
        found.append(
            Found(sort, "buiten de tekst" if is_edge else where, " ".join(gone), " ".join(came), around)
        )
    return found


def _around(letter: FrozenLetter) -> list[str]:
    """What the frozen version says in its margins and above its text, the longest first."""
    context = Context(letter)
    return sorted([*context.marks, *context.notices, letter.marking.upper()], key=len, reverse=True)


def _without(text: str, phrases: Iterable[str]) -> str:
    """Wherever a line ends in them."""
    for phrase in filter(None, phrases):
        text = re.sub(r"\s+".join(map(re.escape, phrase.split())), " ", text)
    return text


def _frozen(letter: FrozenLetter) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """The words of each part as printed; apart those of footnotes and pictures, which stand elsewhere."""
    printer = printer_of(letter)
    notes: list[str] = []
    parts = []
    for section in letter.sections:
        html = _UNSEEN.sub(" ", printer.passage(section.html, where=heading(section)))
        for apart in (*_FOOTNOTE.findall(html), *_PICTURE.findall(html)):
            notes += [_Word(text, 0).key for text in _words(apart)]
        words = _words(f"{heading(section)} {_PICTURE.sub(' ', _FOOTNOTE.sub(' ', html))}")
        parts.append((heading(section) or "opening", words))
    return parts, notes


def _words(html: str) -> list[str]:
    return _tokens(unescape(_TAG.sub(" ", html)))


def _tokens(text: str) -> list[str]:
    """Signs that only look otherwise are the same, as "CO₂"."""
    return _TOKEN.findall(normalize("NFKC", text))


def _whole(pages: Sequence[str]) -> str:
    """The pages as one text: without what returns on most of them, and with words that were cut in one."""
    lines = [page.replace("\r\n", "\n").split("\n") for page in pages]
    often = Counter(line for page in lines for line in {_plain(line) for line in page} if line)
    furniture = {line for line, count in often.items() if len(pages) > 2 and count * 2 > len(pages)}
    kept = ["\n".join(line for line in page if _plain(line) not in furniture) for page in lines]
    return _HYPHENATED.sub("", _PAGE.sub(" ", "\n".join(kept)))


def _plain(line: str) -> str:
    return re.sub(r"\d+", "#", line).strip()


def _is_elsewhere(came: Iterable[str], notes: Sequence[str], head: Collection[str]) -> bool:
    """Footnotes, their numbers, pictures and the column in the margin stand elsewhere on paper.

    A word or two is only that when it is the whole of a note: "niet" in a note hides no "niet" in a sentence.
    """
    words = [_Word(text, 0).key for text in came if not (text.isdigit() and len(text) < 3)]
    if len(words) >= FEW:
        return all(word in notes or word in head for word in words)
    return not words or (len(words) > 1 and f" {' '.join(words)} " in f" {' '.join(notes)} ")


def _kind(
    gone: Sequence[str], came: Sequence[str], values: dict[str, str], *, is_edge: bool
) -> DifferenceKind:
    if is_edge:
        return DifferenceKind.AROUND
    numbers = [text for text in (*gone, *came) if text[0].isdigit()]
    return DifferenceKind.FIGURE if numbers and (set(gone) & set(values) or not gone) else DifferenceKind.TEXT
