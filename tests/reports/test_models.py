"""What the database refuses of a letter, and what its models tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.db.utils import ProgrammingError

from mvi_portal.jobs.models import State
from reports.models import Answer, Letter, LetterState, LetterVersion, VersionState
from tests.factories import reports as make
from tests.factories.agreement import ReadingFactory
from tests.factories.jobs import JobFactory
from tests.factories.monitoring import FrameFactory, PolicyLineFactory

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 31)


def refused(constraint: str, write: Callable[[], Any]) -> None:
    """The write breaks this constraint, also when that is only checked at the end of the transaction."""

    @transaction.atomic
    def write_and_check() -> None:
        write()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match=constraint):
        write_and_check()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("letter_since_before_reference_date", {"since": DAY}),
        ("letter_sent_with_date", {"state": LetterState.SENT}),
        ("letter_sent_with_date", {"sent_on": DAY}),
        ("letter_sent_with_date", {"state": "zoek"}),
    ],
)
def test_impossible_letter_is_refused(constraint: str, fields: dict[str, Any]) -> None:
    refused(constraint, lambda: make.LetterFactory(**fields))


def test_letter_counts_from_a_letter_or_a_date_and_not_from_both() -> None:
    previous = make.LetterFactory()

    refused("letter_previous_or_since", lambda: make.LetterFactory(previous=previous, since=date(2023, 1, 1)))


def test_letter_is_not_its_own_previous_letter() -> None:
    letter = make.LetterFactory()

    refused("letter_previous_other", lambda: Letter.objects.filter(pk=letter.pk).update(previous=letter))


def test_refusal_is_told_in_dutch() -> None:
    letter = make.LetterFactory.build(
        frame=FrameFactory(),
        sender=make.MinisterFactory(),
        addressee=make.AddresseeFactory(),
        since=DAY,
    )

    with pytest.raises(ValidationError, match="ligt niet vóór de peildatum"):
        letter.full_clean()


def test_differences_count_from_the_previous_letters_reference_date() -> None:
    previous = make.LetterFactory(reference_date=date(2023, 2, 15), dated=date(2023, 2, 20))

    assert make.LetterFactory(previous=previous).counts_from == date(2023, 2, 15)
    assert make.LetterFactory(since=date(2022, 12, 31)).counts_from == date(2022, 12, 31)
    assert make.LetterFactory().counts_from is None


def test_section_has_its_own_place_and_its_own_line() -> None:
    line = PolicyLineFactory()
    section = make.SectionFactory(line=line)

    refused("section_order_once", lambda: make.SectionFactory(letter=section.letter, order=section.order))
    refused("section_line_once", lambda: make.SectionFactory(letter=section.letter, line=line))


def test_two_sections_can_change_places() -> None:
    first = make.SectionFactory()
    second = make.SectionFactory(letter=first.letter)
    first.order, second.order = second.order, first.order

    with transaction.atomic():
        first.save()
        second.save()

    assert list(first.letter.sections.all()) == [second, first]


@pytest.mark.parametrize(
    ("code", "title", "name"),
    [("A", "Borging", "A. Borging"), ("", "Borging", "Borging"), ("", "", "Opening")],
)
def test_section_goes_by_code_and_title(code: str, title: str, name: str) -> None:
    assert str(make.SectionFactory(code=code, title=title)) == name


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("annex_number_from_one", {"number": 0}), ("annex_kind_known", {"kind": "gedicht"})],
)
def test_impossible_annex_is_refused(constraint: str, fields: dict[str, Any]) -> None:
    refused(constraint, lambda: make.AnnexFactory(**fields))


@pytest.mark.parametrize(
    ("constraint", "factory", "same"),
    [
        ("annex_number_once", make.AnnexFactory, ["letter", "number"]),
        ("cosender_once", make.CoSenderFactory, ["letter", "office"]),
        ("cosender_order_once", make.CoSenderFactory, ["letter", "order"]),
        ("letterversion_number_once", make.LetterVersionFactory, ["letter", "number"]),
        ("assent_once", make.AssentFactory, ["letter", "organisation"]),
        ("decisionnote_once_per_office", make.DecisionNoteFactory, ["letter", "office"]),
        ("notesection_once", make.NoteSectionFactory, ["note", "slug"]),
        ("notesection_order_once", make.NoteSectionFactory, ["note", "order"]),
        ("addresseeaddress_no_overlap", make.AddresseeAddressFactory, ["addressee"]),
        ("senderdetails_no_overlap", make.SenderDetailsFactory, ["organisation"]),
    ],
)
def test_no_second_row_with_the_same(constraint: str, factory: Any, same: list[str]) -> None:
    first = factory()

    refused(constraint, lambda: factory(**{name: getattr(first, name) for name in same}))


@pytest.mark.parametrize("factory", [make.AddresseeAddressFactory, make.SenderDetailsFactory])
def test_address_does_not_end_before_it_begins(factory: Any) -> None:
    refused("valid_until", lambda: factory(valid_from=DAY, valid_until=date(2025, 1, 30)))


def test_new_address_follows_the_old_one() -> None:
    old = make.SenderDetailsFactory(valid_until=date(2024, 12, 31))

    new = make.SenderDetailsFactory(organisation=old.organisation, valid_from=date(2025, 1, 1))

    details = type(old).objects.filter(organisation=old.organisation)
    assert details.on(date(2024, 12, 31)).get() == old
    assert details.on(date(2025, 1, 1)).get() == new


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("assent_kind_known", {"kind": "mening"}),
        ("assent_answer_with_date", {"answer": Answer.AGREED}),
        ("assent_answer_with_date", {"given_on": DAY}),
        ("assent_answer_known", {"answer": "misschien", "given_on": DAY}),
    ],
)
def test_impossible_assent_is_refused(constraint: str, fields: dict[str, Any]) -> None:
    refused(constraint, lambda: make.AssentFactory(**fields))


def test_assent_reads_as_who_and_what() -> None:
    waiting = make.AssentFactory(organisation__key="mnre1")
    given = make.AssentFactory(organisation__key="mnre2", answer=Answer.AGREED_IF, given_on=DAY)

    assert str(waiting) == "instemming van mnre1: open"
    assert str(given) == "instemming van mnre2: akkoord, mits"


def test_sent_file_has_a_sha256() -> None:
    refused("sentfile_sha256_form", lambda: make.SentFileFactory(sha256="kort"))


@pytest.mark.parametrize(
    "fields",
    [{"content": ""}, {"file": ""}, {"pages": None}, {"file_sha256": "kort"}, {"content_sha256": ""}],
    ids=str,
)
def test_version_is_whole_or_empty(fields: dict[str, Any]) -> None:
    refused("letterversion_whole_or_empty", lambda: make.LetterVersionFactory.ready(**fields))


@pytest.mark.parametrize(
    "change",
    [
        {"content": "{1}"},
        {"content_sha256": "d" * 64},
        {"file": "letters/ander.pdf"},
        {"pages": 4},
        {"reference_date": date(2024, 1, 1)},
        {"what_if": True},
        {"number": 9},
    ],
    ids=str,
)
def test_frozen_version_cannot_be_changed_even_past_the_code(change: dict[str, Any]) -> None:
    version = make.LetterVersionFactory.ready()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        LetterVersion.objects.filter(pk=version.pk).update(**change)


@pytest.mark.parametrize(
    "made",
    [
        make.LetterVersionFactory.ready,
        make.FreezeFactory,
        make.ParcelFactory.ready,
        make.ParcelFileFactory,
    ],
)
def test_what_was_frozen_and_made_is_kept(made: Callable[[], Any]) -> None:
    row = made()

    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        type(row).objects.filter(pk=row.pk)._raw_delete("default")


def test_a_version_of_which_nothing_was_made_can_go() -> None:
    make.ParcelFactory().delete()
    make.LetterVersionFactory().delete()
    LetterVersion.objects.all().delete()

    assert not LetterVersion.objects.exists()


def test_the_text_that_was_agreed_to_never_changes() -> None:
    reading = ReadingFactory()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        type(reading).objects.update(content=[{}])


@pytest.mark.parametrize("made", [ReadingFactory, make.WaiverFactory])
def test_of_a_sent_letter_the_database_keeps_what_was_read_and_put_aside(made: Callable[[], Any]) -> None:
    row = made()
    Letter.objects.update(state=LetterState.SENT, sent_on=DAY)

    refused("ligt vast", row.delete)


def test_frozen_version_outlives_its_job() -> None:
    job = JobFactory(state=State.DONE)
    version = make.LetterVersionFactory.ready(job=job)

    job.delete()

    version.refresh_from_db()
    assert version.job_id is None
    assert version.state == VersionState.READY


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.QUEUED, VersionState.ASKED),
        (State.DONE, VersionState.FAILED),
        (State.FAILED, VersionState.FAILED),
        (State.CANCELLED, VersionState.CANCELLED),
    ],
)
def test_state_of_a_version_comes_from_its_job(state: State, expected: VersionState) -> None:
    job = JobFactory(state=state, reason="Het ging mis." if state == State.FAILED else "")

    assert make.LetterVersionFactory(job=job).state == expected


def test_version_is_being_built_while_its_job_runs() -> None:
    assert make.LetterVersionFactory(job=JobFactory.running()).state == VersionState.BUILDING
    assert make.LetterVersionFactory().state == VersionState.FAILED


def test_only_versions_with_a_file_are_ready() -> None:
    make.LetterVersionFactory()
    ready = make.LetterVersionFactory.ready()

    assert list(LetterVersion.objects.ready()) == [ready]


def test_letter_with_versions_cannot_be_deleted() -> None:
    version = make.LetterVersionFactory.ready()

    with pytest.raises(ProtectedError):
        version.letter.delete()


def test_letters_are_listed_with_their_versions_in_two_queries(django_assert_num_queries: Any) -> None:
    letter = make.LetterFactory()
    versions = [make.LetterVersionFactory.ready(letter=letter) for _ in range(3)]
    make.LetterFactory()

    with django_assert_num_queries(2):
        shown = {item.pk: item.shown_versions for item in Letter.objects.with_versions()}  # type: ignore[attr-defined]

    assert shown[letter.pk] == versions[::-1]


@pytest.mark.parametrize(
    "factory",
    [
        make.AddresseeFactory,
        make.AddresseeAddressFactory,
        make.AnnexFactory,
        make.CoSenderFactory,
        make.DecisionNoteFactory,
        make.LetterFactory,
        make.LetterVersionFactory,
        make.NoteSectionFactory,
        make.SenderDetailsFactory,
        make.SentFileFactory,
    ],
)
def test_every_row_has_a_name(factory: Any) -> None:
    assert str(factory())
