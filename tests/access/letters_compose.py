"""Who may do what with making a letter. Each address is of a letter under way."""

from __future__ import annotations

from mvi_portal.accounts.models import Role
from reports import content
from reports.checks import checked
from reports.models import CheckKey, Letter, LetterState
from tests.access.reports import COMMENTERS, COMPOSERS, letter_address
from tests.access.rows import READERS, Access
from tests.factories.reports import (
    DATED,
    CommentFactory,
    LetterFactory,
    LetterVersionFactory,
    PlanStepFactory,
    RecessFactory,
    SectionFactory,
    SentFileFactory,
    WaiverFactory,
    figure,
)

SIGNED = "ondertekenaars.gemeenten"


def part_address(below: str) -> str:
    section = SectionFactory.create()
    return f"/brieven/{section.letter.slug}/onderdelen/{section.pk}/{below}"


def waive_address() -> str:
    letter = LetterFactory.saying("")
    found = next(item.finding for item in checked(letter) if item.finding.check is CheckKey.WITHOUT_TEXT)
    asked = f"controle={found.check.value}&anker={found.anchor}"
    return f"/brieven/{letter.slug}/controles/opzij/?{asked}"


def comment_address(below: str) -> str:
    made = CommentFactory.create()
    return f"/brieven/{made.section.letter.slug}/opmerkingen/{made.pk}/{below}"


def step_address() -> str:
    step = PlanStepFactory.create()
    return f"/brieven/{step.letter.slug}/planning/{step.pk}/"


def recess_address(below: str = "") -> str:
    return f"/brieven/recessen/{RecessFactory.create().pk}/{below}"


def waiver_address() -> str:
    waiver = WaiverFactory.create()
    return f"/brieven/{waiver.letter.slug}/controles/{waiver.pk}/meetellen/"


def _own(name: str, below: str, *, get: bool = True) -> Access:
    """Of who composes alone."""
    shown = COMPOSERS if get else None
    return Access(f"reports:{name}", get=shown, post=COMPOSERS, address=lambda: letter_address(below))


def _part(name: str, below: str, *, get: bool = True) -> Access:
    shown = COMPOSERS if get else None
    return Access(f"reports:{name}", get=shown, post=COMPOSERS, address=lambda: part_address(below))


def then_address(below: str = "") -> str:
    """Of a letter that the portal sent, which says one figure."""
    letter = LetterFactory.saying(f"<p>{figure(SIGNED)}</p>", dated=DATED)
    drawn = content.draft(letter.pk).letter
    version = LetterVersionFactory.ready(letter=letter, content=drawn.to_json())
    SentFileFactory.create(letter=letter, version=version, sha256=f"{letter.pk:064x}")
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT, sent_on=DATED)
    return f"/brieven/{letter.slug}/toen/{below}"


WRITERS = COMMENTERS - {Role.EVALUATOR}  # who comment on line C alone

ROWS = [
    Access("reports:letter-new", get=COMPOSERS, post=COMPOSERS),
    _own("letter-edit", "gegevens/"),
    _own("letter-reference", "kenmerk/"),
    _own("letter-remove", "verwijderen/"),
    Access("reports:part-list", get=COMPOSERS, address=lambda: letter_address("onderdelen/")),
    _own("part-new", "onderdelen/nieuw/"),
    _part("part-rename", "kop/"),
    _part("part-move", "verplaatsen/", get=False),
    _part("part-remove", "verwijderen/"),
    Access("reports:letter-checks", get=COMMENTERS, address=lambda: letter_address("controles/")),
    Access("reports:check-waive", get=COMPOSERS, post=COMPOSERS, address=waive_address),
    Access("reports:check-count-again", get=None, post=COMPOSERS, address=waiver_address),
    _part("section-material", "materiaal/"),
    _part("section-draft", "concept/", get=False),
    _part("section-preview", "voorbeeld/", get=False),
    Access("reports:section-checks", get=COMPOSERS, address=lambda: part_address("controles/")),
    Access(
        "reports:section-comments",
        get=COMMENTERS,
        post=WRITERS,
        address=lambda: part_address("opmerkingen/"),
    ),
    Access("reports:comment-reply", get=None, post=WRITERS, address=lambda: comment_address("antwoord/")),
    Access("reports:comment-settle", get=None, post=COMPOSERS, address=lambda: comment_address("stand/")),
    _part("section-earlier", "eerder/"),
    Access(
        "reports:letter-plan", get=COMMENTERS, post=COMPOSERS, address=lambda: letter_address("planning/")
    ),
    Access("reports:plan-step", get=COMPOSERS, post=COMPOSERS, address=step_address),
    Access("reports:letter-then", get=READERS, address=then_address),
    Access("reports:then-export", get=READERS, address=lambda: then_address("export/")),
    Access("reports:figure-then", get=READERS, address=lambda: then_address(f"{SIGNED}/")),
    Access("reports:recess-list", get=COMPOSERS),
    Access("reports:recess-new", get=COMPOSERS, post=COMPOSERS),
    Access("reports:recess-edit", get=COMPOSERS, post=COMPOSERS, address=recess_address),
    Access("reports:recess-remove", get=None, post=COMPOSERS, address=lambda: recess_address("verwijderen/")),
]
