"""What the demonstration shows of agreeing, deciding, freezing and sending."""

from __future__ import annotations

import pytest

from mvi_portal.demo.agreement import EXAMPLE
from mvi_portal.demo.letters import OF_2023, OF_2025
from reports import content, frozen_register
from reports.agreement.board import Board
from reports.agreement.line import Line
from reports.composing.earlier import states
from reports.drift import drift
from reports.models import Choice, Decision, Letter, LetterState, LineRecord, Reply, SentFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def sent() -> Letter:
    return Letter.objects.get(slug=OF_2023)


@pytest.fixture
def under_way() -> Letter:
    return Letter.objects.get(slug=OF_2025)


def test_every_answer_and_signature_says_that_it_is_an_example() -> None:
    for model in (Reply, LineRecord):
        assert model.objects.exists()
        assert not model.objects.exclude(function__contains=EXAMPLE).exists()
    assert not Decision.objects.exclude(proof__contains=EXAMPLE).exists()


def test_the_round_of_2025_shows_every_way_of_answering(under_way: Letter) -> None:
    board = Board(under_way)

    assert under_way.stand is LetterState.IN_AGREEMENT
    assert {party.short: party.state for party in board.parties} == {
        "BZK": "gewijzigd sinds het antwoord",
        "EZ": "akkoord, mits",
        "BZ": "akkoord",
        "IPO": "akkoord, mits",
        "LVVN": "akkoord",
        "OCW": "nog niet gevraagd",
        "SZW": "akkoord",
        "UvW": "gevraagd",
        "VNG": "gewijzigd sinds het antwoord",
    }
    (bzk,) = (party for party in board.parties if party.short == "BZK")
    assert [item.choice for item in bzk.touched] == [Choice.EDITORIAL, None, Choice.ASK]
    assert [change.heading[:2] for change, _parties in board.to_choose] == ["C."]
    assert under_way.proposals.open().count() == 1


def test_a_section_has_an_earlier_text(under_way: Letter) -> None:
    section = under_way.sections.get(code="D")
    assert [("medio 2025 gereed. " in row.text) for row in states(section)][:2] == [False, False]
    assert len(states(section)) == 2


def test_the_letter_of_2023_went_with_a_difference_that_is_explained(sent: Letter) -> None:
    row = SentFile.objects.get()
    told = [
        (item.frozen, item.sent, bool(item.explanation)) for item in row.differences.exclude(kind="around")
    ]

    assert (sent.is_sent, row.letter) == (True, sent)
    assert told == [("vijf", "vier", True)]
    assert [stage.is_done for stage in Line(sent).stages] == [True] * 4


def test_what_was_frozen_for_2023_is_one_member_short_by_now(sent: Letter) -> None:
    freeze = content.newest(sent.pk)
    assert freeze
    found = drift(frozen_register.from_json(freeze.content), content.register_of(sent.pk))

    assert [(item.key, len(item.came), len(item.went)) for item in found.changes] == [
        ("buyergroups.deelnemers", 1, 0)
    ]
