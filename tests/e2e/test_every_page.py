"""Every address of the url conf, as each person finds it by following links: no list is kept by hand."""

from __future__ import annotations

import pytest

from tests.e2e.checks import BY_PLACE, OPTIONS, visit
from tests.e2e.crawl import Found
from tests.e2e.site import NAMES, Site

pytestmark = pytest.mark.slow

# addresses that no page leads to, each with the reason
UNLINKED = {
    "account_reset_password_from_key": "a link in a mail: see test_password.py",
    "signatories:contact-edit": "the demonstration holds no contact persons: see test_contacts.py",
    "signatories:contact-erase": "likewise",
    "actionplans:inquiry-edit": "of who was asked, which is not the first: see test_term_pages.py",
    "reports:version-progress": "a part of the page that follows a build",
    "reports:version-picture": "of pages that a worker draws after the letter: see test_views_versions.py",
    "reports:letter-remove": "only of a letter of which nothing was built",
    "reports:letter-reference": "only of a letter whose texts are fixed: see test_compose_letter.py",
    **dict.fromkeys(
        ("reports:section-checks", "reports:note-section-checks"),
        "a part of the page on which a section is written",
    ),
    **dict.fromkeys(
        ("reports:freeze-drift", "reports:freeze-detail"),
        "of the letter that was sent, which is not the first: see test_parcel_pages.py",
    ),
    **dict.fromkeys(
        ("reports:parcel-detail", "reports:parcel-progress", "reports:parcel-zip", "reports:parcel-file"),
        "of what a worker made: see test_road.py",
    ),
    **dict.fromkeys(
        ("reports:word-progress", "reports:word-file", "reports:word-import", "reports:word-import-file"),
        "of what a worker made and somebody brought back: see test_word_pages.py",
    ),
    "imports:import-progress": "a part of the page that follows an import",
    "jobs:file-progress": "a part of the page that follows a job",
    **dict.fromkeys(
        (
            *("actionplans:evaluation-new", "actionplans:evaluation-edit", "actionplans:evaluation-pages"),
            *("actionplans:evaluation-take-back", "actionplans:evaluation-check"),
            *("actionplans:evaluation-reaction", "actionplans:evaluation-publish"),
            *("actionplans:evaluation-document", "actionplans:evaluation-file"),
        ),
        "only while an evaluation is so far: see test_evaluating.py",
    ),
    **dict.fromkeys(
        ("actionplans:rubric-edit", "actionplans:criterion-new", "actionplans:criterion-edit"),
        "only of a rubric that is being built",
    ),
    **dict.fromkeys(
        (
            *("reports:party-answer", "reports:party-word", "reports:party-condition", "reports:reply-file"),
            *("reports:line-step", "reports:decision-new", "reports:record-file"),
            *("reports:letter-send", "reports:sent-cite", "reports:difference-explain"),
        ),
        "only once a letter is so far, or for who was asked: see test_road.py",
    ),
    "actionplans:plan-page": "a picture on the desk of an evaluator",
    **dict.fromkeys(
        ("actionplans:round-results-export", "actionplans:round-compare-export"),
        "of a round with something published, which the first is not: see test_results.py",
    ),
    "actionplans:round-reopen": "only of a round that was closed: see test_rounds.py",
    **dict.fromkeys(
        ("actionplans:printed-detail", "actionplans:printed-file", "actionplans:check-draft"),
        "of what a worker printed: see test_rounds.py",
    ),
    "actionplans:printed-progress": "a part of the page that follows a print",
    **dict.fromkeys(
        ("signatories:alias-edit", "signatories:alias-remove"),
        "of an organisation with another name, which is not the first: see test_views_aliases.py",
    ),
    **dict.fromkeys(
        ("signatories:document-download", "signatories:document-remove"),
        "the demonstration holds no signed document: see test_views_documents.py",
    ),
    **dict.fromkeys(
        ("signatories:extension-edit", "signatories:extension-remove"),
        "no Manifest was extended: see test_views_manifests.py",
    ),
    **dict.fromkeys(
        ("signatories:import-detail", "signatories:import-export"),
        "of registers that somebody handed in: see test_views_imports.py",
    ),
    "signatories:stand-in-end": "nobody stands in for another in the demonstration: see test_stand_ins.py",
    "monitoring:entry-file": "the demonstration's answers have no files: see test_progress.py",
    "monitoring:prepared-file": "likewise: see test_attaching.py",
    "buyergroups:output-file": "the results of the demonstration have no files",
}


def check(site: Site, pages: list[Found]) -> None:
    faults = [fault for page in pages for fault in _look(site, page)]
    assert not faults, "\n".join(faults)


def _look(site: Site, page: Found) -> list[str]:
    """What only a phone shows is on each page alike, so it is judged on one; see also test_components.py."""
    narrow = OPTIONS if page.name == "home" else BY_PLACE
    return visit(site.desk.window(page.who), page.address, narrow=narrow)


@pytest.mark.parametrize("name", NAMES)
def test_everybody_can_use_the_page(site: Site, name: str) -> None:
    answers = [found for found in site.found if found.name == name]
    assert answers or name in UNLINKED, f"no link leads to {name}"
    check(site, [found for found in site.different if found.name == name])


def test_an_empty_register_has_pages_that_everybody_can_use(empty_site: Site) -> None:
    check(empty_site, empty_site.different)


@pytest.mark.parametrize("filled", [True, False])
def test_no_link_is_dead(filled: bool, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue("site" if filled else "empty_site")
    dead = [found for found in site.found if found.linked_from and _is_dead(found.status)]
    assert not dead, "\n".join(f"{one.status} {one.address} ({one.who}) on {one.linked_from}" for one in dead)


def _is_dead(status: int) -> bool:
    return status in {403, 404} or status >= 500
