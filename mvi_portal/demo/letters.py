"""The two demonstration letters, with who sends them, to whom, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from monitoring.models import Frame
from mvi_portal.demo.common import INVENTED, TO_CONFIRM, Fields, Organisations
from mvi_portal.demo.frames import ACTION_LINES, MAIN_LINES, Lines
from mvi_portal.demo.manifest import SIGNED
from mvi_portal.demo.register import BZ, BZK, EZ, IENW, LNV, OCW, SZW
from mvi_portal.demo.texts import Text, of_2023, of_2025
from mvi_portal.demo.writer import Writer
from reports.composing.planning import Calendar, counted_back
from reports.models import (
    Addressee,
    AddresseeAddress,
    Annex,
    AnnexKind,
    AnnexPlace,
    Assent,
    AssentKind,
    CoSender,
    Letter,
    LetterState,
    PlanStep,
    Recess,
    Section,
    SenderDetails,
    StepKind,
)
from signatories.models import Office

OF_2023, OF_2025 = "voortgangsbrief-2023", "voortgangsbrief-2025"
SPEAKER = "voorzitter-tweede-kamer"
_SUBJECT = "Voortgang Nationaal plan Maatschappelijk Verantwoord Inkopen 2021-2025"

_LETTERS: dict[str, Fields] = {
    OF_2023: {
        "title": f"{_SUBJECT}, stand van februari 2023",
        "dated": date(2023, 2, 15),
        "reference_date": date(2023, 2, 15),
        "since": SIGNED,  # before it there is nothing to compare with
        "reference": "VOORBEELD/2023-01",
    },
    OF_2025: {
        "title": f"{_SUBJECT}, stand van januari 2025",
        "dated": date(2025, 2, 3),
        "reference_date": date(2025, 1, 31),
        "since": None,
        "reference": "VOORBEELD/2025-01",
        "state": LetterState.IN_AGREEMENT,
    },
}
_RECESS: Fields = {
    "name": "kerstreces 2024",
    "first_day": date(2024, 12, 20),
    "last_day": date(2025, 1, 12),
    "is_demo": True,
    "source": f"dagen {INVENTED}",
}
_FRAMES = {OF_2023: ACTION_LINES, OF_2025: MAIN_LINES}
_SENDERS = {OF_2023: "staatssecretaris-ienw", OF_2025: "staatssecretaris-ienw-ovm"}
_CO_SENDERS = {
    OF_2023: (
        "minister-bzk",
        "minister-ezk",
        "minister-szw",
        "minister-ocw",
        "minister-lnv",
        "minister-bhos",
    ),
    OF_2025: ("minister-bzk", "minister-ez"),
}
_ASKED = {  # of 2025: the note names them
    AssentKind.ASSENT: (BZK, EZ),
    AssentKind.ALIGNMENT: (BZ, LNV, OCW, SZW, "ipo", "uvw", "vng"),
}
_TEXTS = {OF_2023: of_2023.TEXTS, OF_2025: of_2025.TEXTS}
_FIGURES = ("Cijfers van het register", AnnexKind.FIGURES)
_SIGNATORIES = ("Ondertekenaars van het Manifest MVOI", AnnexKind.SIGNATORIES)
_GROUPS = ("Buyer groups, met sector en fase", AnnexKind.BUYER_GROUPS)
_ANNEXES = {
    OF_2023: (_FIGURES, _SIGNATORIES, _GROUPS),
    OF_2025: (_FIGURES, _SIGNATORIES, ("Actieplannen", AnnexKind.PLANS), _GROUPS),
}
_PLACES = {OF_2023: AnnexPlace.INSIDE, OF_2025: AnnexPlace.SEPARATE}  # as parliament gets long lists


def load(writer: Writer, known: Organisations, lines: Lines) -> set[str]:
    """Both letters, complete: they can be built at once. Returns which are new.

    A new letter of 2025 says what the parties read first; `agreement` gives it the words of now.
    """
    new = set(_LETTERS) - set(Letter.objects.values_list("slug", flat=True))
    speaker = _addressee(writer)
    writer.write(SenderDetails, [_sender_details(known)], key=["organisation", "valid_from"])
    frames = {frame.slug: frame for frame in Frame.objects.all()}
    offices = {office.slug: office for office in Office.objects.all()}
    letters: dict[str, Letter] = {}
    for slug, fields in _LETTERS.items():
        row = {
            "slug": slug,
            "frame": frames[_FRAMES[slug]],
            "sender": offices[_SENDERS[slug]],
            "addressee": speaker,
            "previous": letters.get(OF_2023),
            "is_demo": True,
            "source": f"tekst, datum en kenmerk {INVENTED}",
            **fields,
        }
        letters |= {letter.slug: letter for letter in writer.write(Letter, [row], key=["slug"]).values()}
    writer.write(CoSender, _co_senders(letters, offices), key=["letter", "order"])
    writer.write(Section, _sections(letters, lines, new), key=["letter", "order"])
    writer.write(Annex, _annexes(letters), key=["letter", "number"])
    writer.write(Assent, _parties(letters[OF_2025], known), key=["letter", "organisation"], update=False)
    recesses = writer.write(Recess, [_RECESS], key=["first_day"]).values()
    writer.write(PlanStep, _planned(letters[OF_2025], recesses), key=["letter", "kind"])
    return new


def _planned(letter: Letter, recesses: Iterable[Recess]) -> Iterator[Fields]:
    """The letter of 2025, with its rounds behind it."""
    rounds = {StepKind.ROUND_ASKED, StepKind.ROUND_CLOSED}
    for kind, day in counted_back(letter.dated, Calendar(recesses)).items():
        yield {"letter": letter, "kind": kind, "due_on": day, "done_on": day if kind in rounds else None}


def _addressee(writer: Writer) -> Addressee:
    name = "De voorzitter van de Tweede Kamer der Staten-Generaal"
    row = {"slug": SPEAKER, "name": name, "source": TO_CONFIRM}
    (speaker,) = writer.write(Addressee, [row], key=["slug"]).values()
    address = {
        "addressee": speaker,
        "valid_from": None,
        "lines": "Postbus 20018\n2500 EA Den Haag",
        "salutation": "Geachte voorzitter,",
        "source": TO_CONFIRM,
    }
    writer.write(AddresseeAddress, [address], key=["addressee", "valid_from"])
    return speaker


def _sender_details(known: Organisations) -> Fields:
    return {
        "organisation": known[IENW],
        "valid_from": None,
        "visiting": "Rijnstraat 8\n2515 XP Den Haag",
        "postal": "Postbus 20901\n2500 EX Den Haag",
        "website": "www.rijksoverheid.nl/ienw",
        "phone": "070-456 0000",
        "closing": "Hoogachtend,",
        "reference_form": "IENW/BSK-{jaar}/",
        "source": TO_CONFIRM,
    }


def _co_senders(letters: dict[str, Letter], offices: dict[str, Office]) -> Iterator[Fields]:
    for slug, keys in _CO_SENDERS.items():
        for order, key in enumerate(keys, 1):
            yield {"letter": letters[slug], "order": order, "office": offices[key]}


def _sections(letters: dict[str, Letter], lines: Lines, new: set[str]) -> Iterator[Fields]:
    for slug, texts in _TEXTS.items():
        for order, text in enumerate(texts, 1):
            found = {"letter": letters[slug], "order": order, **_section(_FRAMES[slug], text, lines)}
            if slug == OF_2025 and slug in new:
                found["text"] = earlier(found["code"], found["text"])
            yield found


def earlier(code: str, text: str) -> str:
    """A text of the letter of 2025 as it first was."""
    now, then = of_2025.EARLIER.get(code, ("", ""))
    return text.replace(now, then) if now else text


def _section(frame: str, text: Text, lines: Lines) -> Fields:
    line = lines[frame, text.code] if text.code else None
    return {
        "line": line,
        "code": text.code,
        "title": line.title if line else text.title,
        "text": " ".join(text.html.split()),
    }


def _parties(letter: Letter, known: Organisations) -> Iterator[Fields]:
    """Who is to be asked, as the note tells it."""
    for kind, keys in _ASKED.items():
        for key in keys:
            yield {"letter": letter, "organisation": known[key], "kind": kind}


def _annexes(letters: dict[str, Letter]) -> Iterator[Fields]:
    for slug, annexes in _ANNEXES.items():
        for number, (title, kind) in enumerate(annexes, 1):
            place = _PLACES[slug]
            yield {"letter": letters[slug], "number": number, "title": title, "kind": kind, "place": place}
