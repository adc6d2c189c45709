"""What a Word file of a party says, put in the boxes of its own answer: nothing is answered yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from mvi_portal.core.printing.frozen import FrozenFigure
from reports.agreement.reading import ReadParagraph, ReadText, read_paragraph
from reports.agreement.typed import box
from reports.word.found import Change, Found

GOES = "Deze alinea kan vervallen."
FORM = "In Word is alleen de opmaak gewijzigd."
NOTE = (
    "Dit is de beslisnota. Uw antwoord gaat over de brief: breng hier het Word-bestand van de brief terug. "
    "De beslisnota brengt u terug bij ‘Word’."
)


@dataclass
class Filled:
    """By the names of the boxes what comes in them; `rest` has no paragraph of its own."""

    boxes: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)


def filled(found: Found, text: ReadText, figures: Mapping[str, FrozenFigure]) -> Filled:
    """Each change another text or a remark at its paragraph, each comment a remark."""
    known = {(section.key, item.sha256): item for section, item in text}
    done, remarks = Filled(), defaultdict[str, list[str]](list)
    for change in found.changes:
        place = change.target.pk, change.sha256
        words = read_paragraph(change.new, figures).words
        if item := known.get(place):
            told, new = _told(change, words, item)
            remarks[box(*place)] += [*told, *change.flags]
            done.boxes |= {f"nieuw-{box(*place)}": new} if new else {}
        else:
            done.rest.append(f"Nieuwe alinea in ‘{change.target}’: {words}")
    for said in found.comments:
        place = said.target.pk, said.sha256
        if place in known:
            remarks[box(*place)].append(said.text)
        else:
            done.rest.append(f"Opmerking in ‘{said.target}’: {said.text}")
    done.rest += [f"{item.what}: {item.words} ({item.why})" for item in found.unplaced]
    done.boxes |= {f"opm-{name}": "\n".join(lines) for name, lines in remarks.items() if lines}
    return done


def _told(change: Change, words: str, item: ReadParagraph) -> tuple[list[str], str]:
    """What the remark says of the change, and what the words become."""
    if not change.old:
        return [f"Nieuwe alinea hierachter: {words}"], ""
    if not change.new:
        return [GOES], ""
    if words.split() == item.words.split():
        return ([] if change.flags else [FORM]), ""
    return ([], words) if item.is_written else ([f"Wordt: {words}"], "")
