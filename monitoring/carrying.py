"""What was typed for a new round goes along when another frame is chosen, to the lines that go on from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from monitoring.forms.rounds import name_of
from monitoring.models import Frame, PolicyLine
from monitoring.models.frame import mapped_pairs
from monitoring.models.kin import continuing_keys

CARRIED = "eerder_"  # before the key of a line: a hidden field with its text, while another frame is shown
WHOM = ("departments", "others")
PLAIN = ("title", "period_from", "period_until", "due_on")


@dataclass(frozen=True)
class Usual:
    """What the form of a frame opens with: keys of organisations, and questions by code of line."""

    asked: list[str]
    questions: dict[str, str]


@dataclass(frozen=True)
class Text:
    """Typed about a line of another frame; it goes along hidden, so that going back shows it again."""

    name: str
    line: PolicyLine
    text: str
    is_placed: bool  # it stands at a line of the frame that is shown, too


@dataclass(frozen=True)
class Carried:
    """The same form in another frame."""

    initial: dict[str, str]
    asked: list[str]
    questions: dict[str, str]
    texts: list[Text]


def carried(data: QueryDict, before: Frame, usual: Usual, after: Frame, usual_after: Usual) -> Carried:
    """From the form of one frame to that of another; what was not touched is as usual there."""
    typed = {**_earlier(data), **_touched(data, before, usual)}
    questions = {**usual_after.questions, **_placed(typed, after)}
    whom = [key for name in WHOM for key in data.getlist(name)]
    return Carried(
        initial={name: data.get(name, "") for name in PLAIN},
        asked=usual_after.asked if set(whom) == set(usual.asked) else whom,
        questions=questions,
        texts=list(_texts(typed, after, questions.values())),
    )


def still_carried(data: Mapping[str, Any], frame: Frame) -> list[Text]:
    """What lies hidden in the form, when it comes back for another reason."""
    shown = [data.get(name_of(line), "") for line in frame.lines.all()]
    return list(_texts(_earlier(data), frame, shown))


def _earlier(data: Mapping[str, Any]) -> dict[int, str]:
    """What was typed before, in other frames, by key of line."""
    found = {name.removeprefix(CARRIED): text for name, text in data.items() if name.startswith(CARRIED)}
    return {int(key): text for key, text in found.items() if key.isdecimal()}


def _touched(data: QueryDict, frame: Frame, usual: Usual) -> dict[int, str]:
    """What stands there otherwise than the form opened."""
    shown = {line: data.get(name_of(line), "") for line in frame.lines.all()}
    return {
        line.pk: text for line, text in shown.items() if text.strip() != usual.questions.get(line.code, "")
    }


def _placed(typed: Mapping[int, str], frame: Frame) -> dict[str, str]:
    """By code of line its own text, else those of the lines that it goes on from."""
    found: dict[str, str] = {}
    pairs = mapped_pairs()
    for line in frame.lines.all():
        if line.pk in typed:
            found[line.code] = typed[line.pk]
        elif kin := sorted(key for key in continuing_keys(line.pk, pairs) if typed.get(key, "").strip()):
            found[line.code] = "\n\n".join(dict.fromkeys(typed[key].strip() for key in kin))
    return found


def _texts(typed: Mapping[int, str], frame: Frame, shown: Iterable[str]) -> Iterator[Text]:
    """Of lines of other frames; empty ones too, as somebody may have emptied them."""
    lines = PolicyLine.objects.select_related("frame").filter(pk__in=typed).exclude(frame=frame)
    there = list(shown)
    for line in lines.order_by("frame", "order"):
        text = typed[line.pk]
        yield Text(f"{CARRIED}{line.pk}", line, text, any(text.strip() in other for other in there))
