"""Evaluations from a workbook: many at once, with their documents, tried first, and never twice."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans.importing import Documents, empty, filled_in
from actionplans.models import ActionPlan, CriterionKind, Evaluation, EvaluationRound, PlanVersion
from actionplans.services import bringing, judging, publishing, rounds
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.workbooks import Column, FileRefused, Form, Page, read, write
from mvi_portal.core.workbooks.importing import Order, Report, importers
from mvi_portal.core.workbooks.trials import Taken, take
from mvi_portal.imports import services as imports
from mvi_portal.imports.models import Import
from mvi_portal.jobs import services
from mvi_portal.jobs.models import Job
from tests import documents
from tests.factories.actionplans import (
    RECEIVED_ON,
    ActionPlanFactory,
    CriterionFactory,
    EvaluationFactory,
    EvaluationRoundFactory,
    PlanVersionFactory,
    RubricFactory,
)

pytestmark = pytest.mark.django_db
HEADINGS = ("actieplan", "ronde", "geëvalueerd op", "ingediend op", "opmerking", "Budget", "Stap", "Punten")
PDF = documents.pdf()
ON = date(2024, 5, 31)


def example_round() -> EvaluationRound:
    """With a criterion of each kind."""
    rubric = RubricFactory(slug="kader")
    for order, (name, kind) in enumerate(
        {
            "Budget": CriterionKind.YES_NO,
            "Stap": CriterionKind.FIVE_STEP,
            "Punten": CriterionKind.POINTS,
            "Woorden": CriterionKind.TEXT,
        }.items()
    ):
        points = 10 if kind is CriterionKind.POINTS else None
        CriterionFactory(
            rubric=rubric, code=name.lower(), name=name, kind=kind, order=order, max_points=points
        )
    rubric.published_on = date(2023, 6, 1)
    rubric.save()
    made: EvaluationRound = EvaluationRoundFactory(rubric=rubric, slug="ronde-1")
    return made


@pytest.fixture
def round_() -> EvaluationRound:
    return example_round()


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna@voorbeeld.example", name="Anna", role=Role.EVALUATOR)


def plan(slug: str, round_: EvaluationRound | None = None, by: User | None = None) -> Any:
    made = PlanVersionFactory(plan__slug=slug, plan__title=f"Plan {slug}").plan
    if round_ is not None and by is not None:
        rounds.choose(round_=round_, plans=[made], because="x", by=by)
    return made


def workbook(
    *rows: Sequence[Any], headings: Sequence[str] = HEADINGS, form: Form = Form.XLSX, more: Sequence[str] = ()
) -> bytes:
    heads = [*headings, *more]
    padded = [[*row, *[None] * (len(heads) - len(row))] for row in rows]
    file = io.BytesIO()
    write(file, form, Page("Evaluaties", [Column(name) for name in heads], padded, lambda _n: []))
    return file.getvalue()


def packed(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"map/{name}.pdf", content)
        archive.writestr("__MACOSX/x.pdf", b"")
    return made.getvalue()


def taken(
    content: bytes,
    *,
    write: bool = True,
    only_good: bool = False,
    by: Any = None,
    beside: bytes = b"",
    report: Report = lambda _done, _total, _step: None,
) -> Taken:
    found = importers.get("evaluations")
    assert found is not None

    def order(book: Any) -> Order:
        return Order(book, by, beside, write=write, only_good=only_good, why="Proef", report=report)

    return take(found, content, order)


def verdicts(found: Taken) -> list[str]:
    return [str(line.verdict) for line in found.outcome.lines]


def told(found: Taken) -> list[tuple[int | None, str | None, str]]:
    return [(error.row, error.column, error.rule.name) for error in found.outcome.errors]


def scores(evaluation: Evaluation) -> dict[str, tuple[int | None, str]]:
    return {item.criterion.code: (item.value, item.remark) for item in evaluation.scores.all()}


@pytest.mark.parametrize("form", list(Form))
def test_many_evaluations_come_in_and_a_second_time_nothing_changes(
    form: Form, round_: EvaluationRound, anna: User
) -> None:
    plan("a", round_, anna), plan("b")
    content = workbook(
        ["a", "ronde-1", "mei 2024", None, "Goed", "ja", 3, 7],
        ["b", "ronde-1", None, None, None, "nee", 5, 0],
        form=form,
    )
    assert verdicts(taken(content, write=False, by=anna)) == ["toegevoegd", "toegevoegd"]
    assert Evaluation.objects.count() == 1
    assert taken(content, by=anna).outcome.as_dict()["added"] == 2
    first, second = Evaluation.objects.order_by("plan__slug")
    assert scores(first) == {"budget": (1, ""), "stap": (3, ""), "punten": (7, "")}
    assert (first.remark, str(first.evaluated_on), first.state) == ("Goed", "mei 2024", "draft")
    assert scores(second) == {"budget": (0, ""), "stap": (5, ""), "punten": (0, "")}
    assert second.chosen_because == "ingelezen uit een werkblad"
    again = taken(content, by=anna)
    assert verdicts(again) == ["ongewijzigd", "ongewijzigd"]
    assert Evaluation.objects.count() == 2


def test_an_empty_cell_leaves_what_stands_there_and_another_changes_it(
    round_: EvaluationRound, anna: User
) -> None:
    plan("a", round_, anna)
    taken(workbook(["a", "ronde-1", None, None, "Goed", "ja", 3, 7]), by=anna)
    found = taken(workbook(["a", "ronde-1", None, None, None, None, 4]), by=anna)
    assert verdicts(found) == ["gewijzigd"]
    assert found.outcome.lines[0].details == ("Stap: “3” wordt “4”",)
    assert scores(Evaluation.objects.get())["stap"] == (4, "")
    assert Evaluation.objects.get().remark == "Goed"


def test_wrong_cells_are_told_and_nothing_is_written(round_: EvaluationRound, anna: User) -> None:
    plan("a", round_, anna), ActionPlanFactory(slug="leeg")
    content = workbook(
        ["a", "ronde-1", "31 februari 2024", None, None, "misschien", 6, 11],
        ["a", "ronde-1"],
        ["x", "ronde-1"],
        ["a", "ronde-9"],
        ["leeg", "ronde-1", None, None, None, "ja"],
        [None, "ronde-1", None, None, None, "ja"],
        more=["beoordelaar"],
    )
    found = taken(content, by=anna)
    assert told(found) == [
        (2, "geëvalueerd op", "DATE"),
        (2, "Budget", "YES_NO"),
        (2, "Stap", "CHOICE"),
        (2, "Punten", "NUMBER"),
        (3, "actieplan", "DOUBLE"),
        (4, "actieplan", "KNOWN"),
        (5, "ronde", "KNOWN"),
        (6, "actieplan", "FITS"),
        (7, "actieplan", "REQUIRED"),
    ]
    assert found.returned is not None
    assert not Evaluation.objects.get().scores.exists()


def test_the_good_rows_can_go_alone(round_: EvaluationRound, anna: User) -> None:
    plan("a", round_, anna), plan("b", round_, anna)
    content = workbook(["a", "ronde-1", None, None, None, "ja"], ["b", "ronde-1", None, None, None, "x"])
    found = taken(content, by=anna, only_good=True)
    assert verdicts(found) == ["toegevoegd", "fout"]
    assert [item.scores.count() for item in Evaluation.objects.order_by("plan__slug")] == [1, 0]


def test_how_many_rows_are_saved_is_told(round_: EvaluationRound, anna: User) -> None:
    plan("a", round_, anna), plan("b", round_, anna), plan("c", round_, anna)
    heard: list[tuple[int, int, str]] = []
    rows: list[list[Any]] = [["a", "ronde-1", None, None, "Goed"], ["b", "ronde-1"], ["c", "ronde-1"]]
    rows[2] += [None, None, "Matig"]
    taken(workbook(*rows), by=anna, report=lambda *told: heard.append(told))
    assert heard == [
        (0, 6, "vergelijken met de evaluaties"),
        (1, 6, "vergelijken met de evaluaties"),
        (2, 6, "vergelijken met de evaluaties"),
        (3, 5, "opslaan, 0 van 2 rijen klaar"),
        (5, 5, "opslaan, 2 van 2 rijen klaar"),
    ]


def test_where_a_score_rests_on_comes_along_and_goes_out_again(round_: EvaluationRound, anna: User) -> None:
    plan("a", round_, anna)
    headings = [*HEADINGS[:2], "Stap", "bladzijde: Stap", "citaat: Stap", "bladzijde: Woorden"]
    content = workbook(["a", "ronde-1", 3, 12, "'s-Hertogenbosch koopt circulair in", 4], headings=headings)
    assert verdicts(taken(content, by=anna)) == ["toegevoegd"]
    score = Evaluation.objects.get().scores.get(criterion__code="stap")
    assert (score.value, score.page, score.quote) == (3, 12, "'s-Hertogenbosch koopt circulair in")
    assert Evaluation.objects.get().scores.get(criterion__code="woorden").page == 4
    found = list(Evaluation.objects.select_related("plan", "evaluator").prefetch_related("scores__criterion"))
    given = filled_in(round_, found, Form.XLSX)
    assert "'s-Hertogenbosch koopt circulair in" in read(given).sheets[0].rows[1]
    assert verdicts(taken(given, by=anna)) == ["ongewijzigd"]
    other = taken(workbook(["a", "ronde-1", 3, 0, "Anders"], headings=headings[:5]), by=anna)
    assert told(other) == [(2, "bladzijde: Stap", "NUMBER")]


def test_an_evaluator_is_named_by_address(round_: EvaluationRound, anna: User) -> None:
    plan("a", round_, anna)
    headings = [*HEADINGS[:2], "beoordelaar"]
    assert told(taken(workbook(["a", "ronde-1", "x@y.nl"], headings=headings), by=anna)) == [
        (2, "beoordelaar", "KNOWN")
    ]
    taken(workbook(["a", "ronde-1", "ANNA@voorbeeld.example"], headings=headings), by=None)
    assert Evaluation.objects.get().evaluator == anna


def test_what_is_handed_in_is_complete_and_then_stays(round_: EvaluationRound, anna: User) -> None:
    plan("a", round_, anna)
    row = ["a", "ronde-1", "mei 2024", "31-5-2024", None, "ja", 3, 7]
    assert told(taken(workbook(row), by=anna)) == [(2, "ingediend op", "FITS")]
    whole = workbook([*row, "Duidelijk"], more=["opmerking: Woorden"])
    assert verdicts(taken(whole, by=anna)) == ["toegevoegd"]
    assert Evaluation.objects.get().state == "submitted"
    assert verdicts(taken(whole, by=anna)) == ["ongewijzigd"]
    changed = workbook(["a", "ronde-1", None, None, None, "nee"])
    assert told(taken(changed, by=anna)) == [(2, "actieplan", "FITS")]
    undated = workbook(["a", "ronde-1", None, "31-5-2024", None, "ja", 3, 7])
    assert verdicts(taken(undated, by=anna)) == ["ongewijzigd"]


@pytest.fixture
def bert() -> User:
    return User.objects.create_user("bert@voorbeeld.example", name="Bert", role=Role.EVALUATOR)


WHOLE = ["a", "ronde-1", "mei 2024", "31-5-2024", None, "ja", 3, 7, "Duidelijk"]


def whole(**changed: Any) -> bytes:
    """Handed in, with an answer to every criterion; `changed` by the column."""
    heads = [*HEADINGS, "opmerking: Woorden"]
    row = [changed.pop(name, value) for name, value in zip(heads, WHOLE, strict=True)]
    return workbook([*row, *changed.values()], headings=heads, more=list(changed))


def test_who_brings_in_what_nobody_was_given_is_its_evaluator_and_does_not_publish_it(
    round_: EvaluationRound, anna: User, bert: User
) -> None:
    plan("a", round_, anna)
    assert verdicts(taken(whole(), by=anna)) == ["toegevoegd"]
    evaluation = Evaluation.objects.get()
    assert evaluation.evaluator == anna
    sent = {"sent_on": date(2024, 6, 1), "until": date(2024, 6, 14)}
    publishing.send_check(evaluation=evaluation, by=bert, **sent)
    evaluation.refresh_from_db()
    assert publishing.why_not_publish(evaluation, anna) == publishing.SECOND
    assert publishing.why_not_publish(evaluation, bert) == ""
    assert publishing.why_not_publish(Evaluation(submitted_on=ON), bert) == publishing.NOBODY


def test_a_command_names_the_evaluator_of_what_it_hands_in(round_: EvaluationRound, anna: User) -> None:
    plan("a", round_, anna)
    (error,) = taken(whole(), by=None).outcome.errors
    assert (error.row, error.message) == (2, bringing.NOBODY)
    assert told(taken(whole(beoordelaar=""), by=None)) == [(2, "beoordelaar", "FITS")]
    assert verdicts(taken(whole(beoordelaar=anna.email), by=None)) == ["toegevoegd"]
    assert Evaluation.objects.get().evaluator == anna


def test_another_evaluator_changes_no_draft_and_hands_nothing_in_for_somebody_else(
    round_: EvaluationRound, anna: User, bert: User
) -> None:
    plan("a", round_, anna), plan("b", round_, anna)
    draft = workbook(["a", "ronde-1", None, None, "Van Anna", "ja", 3, 7])
    assert verdicts(taken(draft, by=anna)) == ["toegevoegd"]
    for content in (workbook(["a", "ronde-1", None, None, "Van Bert"]), whole()):
        (error,) = taken(content, by=bert).outcome.errors
        assert (error.column, error.message) == ("actieplan", judging.NOT_YOURS)
    heads = [*HEADINGS[:2], "beoordelaar"]
    named = workbook(["b", "ronde-1", anna.email, "ja"], headings=[*heads, "Budget"])
    (error,) = taken(named, by=bert).outcome.errors
    assert (error.column, error.message) == ("beoordelaar", bringing.ANOTHER)
    found = Evaluation.objects.get(plan__slug="a")
    assert (found.remark, found.evaluator, found.submitted_on) == ("Van Anna", anna, None)
    assert verdicts(taken(draft, by=bert)) == ["ongewijzigd"]
    only_named = workbook(["b", "ronde-1", anna.email], headings=heads)
    assert not taken(only_named, by=bert).outcome.errors  # as where plans are dealt out
    assert Evaluation.objects.get(plan__slug="b").evaluator == anna


def test_the_service_keeps_another_evaluator_out_by_itself(
    round_: EvaluationRound, anna: User, bert: User
) -> None:
    row = bringing.Brought(plan=plan("a"), round=round_, scores={}, facts={"remark": "x"})
    bringing.bring_in(row=row, criteria={}, by=anna)
    with pytest.raises(ValidationError, match=judging.NOT_YOURS):
        bringing.bring_in(row=row, criteria={}, by=bert)


def test_a_day_in_the_future_and_a_page_beyond_any_plan_are_refused_as_on_the_page(
    round_: EvaluationRound, anna: User
) -> None:
    plan("a", round_, anna), plan("b", round_, anna)
    ahead = timezone.localdate() + timedelta(days=1)
    content = whole(**{"geëvalueerd op": ahead, "ingediend op": ahead, "bladzijde: Stap": 9_999})
    assert [(error.column, error.message) for error in taken(content, by=anna).outcome.errors] == [
        ("ingediend op", publishing.FUTURE_DAY),
        ("geëvalueerd op", judging.FUTURE_DATE),
    ]
    assert told(taken(whole(**{"bladzijde: Stap": 10_000}), by=anna)) == [(2, "bladzijde: Stap", "NUMBER")]


def test_what_went_to_the_signatory_is_told_what_can_be_done(round_: EvaluationRound, anna: User) -> None:
    plan("a", round_, anna)
    taken(whole(), by=anna)
    rows, today = Evaluation.objects.all(), timezone.localdate()
    for until, message in (
        (None, judging.SUBMITTED),
        (today, judging.CHECKING),
        (today - timedelta(days=1), bringing.CHECKED),
    ):
        rows.update(check_sent_on=until and date(2024, 6, 1), check_until=until)
        (error,) = taken(whole(opmerking="Anders"), by=anna).outcome.errors
        assert error.message == message


def test_a_closed_round_and_a_published_evaluation_take_nothing(round_: EvaluationRound, anna: User) -> None:
    made = EvaluationFactory.published(round=round_, rubric=round_.rubric)
    content = workbook([made.plan.slug, "ronde-1", None, None, None, "ja"])
    assert told(taken(content, by=anna)) == [(2, "actieplan", "FITS")]
    plan("a", round_, anna)
    rounds.close(round_=round_, on=date(2024, 7, 1), despite_unfinished=True, by=anna)
    assert told(taken(workbook(["a", "ronde-1", None, None, None, "ja"]), by=anna)) == [(2, "ronde", "FITS")]


def test_documents_come_along_by_name(round_: EvaluationRound, anna: User, media: Path) -> None:
    plan("a", round_, anna), plan("b", round_, anna)
    content = workbook(
        ["a", "ronde-1", None, None, None, "ja", None, None, "Een.PDF"],
        ["b", "ronde-1", None, None, None, "ja"],
        more=["document"],
    )
    missing = taken(content, by=anna)
    assert told(missing) == [(2, "document", "KNOWN")]
    beside = packed(een=PDF)
    assert not taken(content, by=anna, beside=beside, write=False).outcome.errors
    assert not list(media.rglob("*.pdf"))
    assert verdicts(taken(content, by=anna, beside=beside)) == ["toegevoegd", "toegevoegd"]
    found = Evaluation.objects.get(plan__slug="a")
    assert (found.filename, found.uploaded_by, found.pages) == ("Een.pdf", anna, 1)
    assert found.file.read() == PDF
    assert verdicts(taken(content, by=anna, beside=beside)) == ["ongewijzigd", "ongewijzigd"]
    assert len(list(media.rglob("*.pdf"))) == 1


def test_a_document_that_no_row_names_or_nobody_takes_is_told(
    round_: EvaluationRound, anna: User, media: Path
) -> None:
    plan("a", round_, anna), plan("b", round_, anna)
    rows = [["a", "ronde-1", "een.pdf"], ["b", "ronde-1", "twee.pdf"]]
    content = workbook(*rows, headings=[*HEADINGS[:2], "document"])
    found = taken(content, by=anna, beside=packed(een=PDF, twee=b"geen pdf", drie=PDF + b" "))
    assert told(found) == [(None, None, "FITS"), (3, "document", "FITS")]
    assert found.outcome.errors[0].value == "map/drie.pdf"
    assert not list(media.rglob("*.pdf"))


@pytest.mark.parametrize(
    ("content", "rule"), [(b"geen zip", "FILE"), (b"", "FILE"), (b"PK\x03\x04kapot", "FILE")]
)
def test_a_zip_that_cannot_be_read_is_refused(content: bytes, rule: str) -> None:
    with pytest.raises(FileRefused) as refused:
        Documents.read(content)
    assert refused.value.rule.name == rule


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (documents.locked_workbook(), "beveiligd met een wachtwoord"),
        (documents.old_workbook(), "oud Excelbestand (.xls)"),
    ],
)
def test_a_workbook_that_is_locked_or_old_is_refused_in_words(
    content: bytes, words: str, anna: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)
    code, found = command(path, "--dry-run", capsys=capsys)
    assert (code, found["rows"], found["errors"][0]["row"]) == (1, 0, None)
    assert words in found["errors"][0]["message"]
    assert taken(content, by=anna).returned is None


def test_a_zip_with_a_password_or_a_damaged_file_is_refused_in_words(
    round_: EvaluationRound, anna: User
) -> None:
    plan("a", round_, anna)
    content = workbook(["a", "ronde-1", "een.pdf"], headings=[*HEADINGS[:2], "document"])
    whole = packed(een=PDF)
    for spoiled, words in ((locked(whole), "wachtwoord"), (damaged(whole), "“map/een.pdf” in de zip")):
        (error,) = taken(content, by=anna, beside=spoiled).outcome.errors
        assert words in error.message
        assert not Evaluation.objects.exclude(filename="").exists()


def locked(content: bytes) -> bytes:
    """As a packing program marks a file that has a password: in its own head, and in the list at the end."""
    made = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[content.index(mark) + place] |= 1
    return bytes(made)


def damaged(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


def test_two_files_of_one_name_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("een/x.pdf", b"1")
        archive.writestr("twee/X.pdf", b"2")
    with pytest.raises(FileRefused, match="twee keer"):
        Documents.read(made.getvalue())


def test_a_file_is_of_one_rubric_that_is_known(round_: EvaluationRound) -> None:
    assert told(taken(workbook(["a", "ronde-9"]))) == [(2, "actieplan", "KNOWN"), (2, "ronde", "KNOWN")]
    refused = taken(workbook(["a", "ronde-9"], more=["Van een ander kader"]))
    unknown = refused.outcome.errors[0]
    assert (unknown.rule.name, unknown.row) == ("KNOWN", None)
    assert refused.returned is not None
    assert "ronde-9" in str(read(refused.returned.content).sheets[-1].rows[1])
    assert "“ronde-9” is er geen" in unknown.message
    other = EvaluationRoundFactory(slug="ronde-2")
    two = taken(workbook(["a", "ronde-1"], ["a", other.slug])).outcome.errors[0]
    assert (two.rule.name, two.row) == ("FITS", None)


@pytest.mark.parametrize("form", list(Form))
def test_the_template_comes_back_as_it_went(form: Form, round_: EvaluationRound, anna: User) -> None:
    plan("a", round_, anna)
    sheet = read(empty(form)).sheets[0]
    assert list(sheet.rows[0])[:3] == ["actieplan", "ronde", "beoordelaar"]
    found = list(Evaluation.objects.select_related("plan", "evaluator").prefetch_related("scores__criterion"))
    content = filled_in(round_, found, form)
    assert verdicts(taken(content, by=anna)) == ["ongewijzigd"]
    taken(workbook(["a", "ronde-1", None, None, "=1+1", "nee", 2, 3]), by=anna)
    found = list(Evaluation.objects.select_related("plan", "evaluator").prefetch_related("scores__criterion"))
    assert verdicts(taken(filled_in(round_, found, form), by=anna)) == ["ongewijzigd"]


@pytest.mark.parametrize("form", list(Form))
def test_an_empty_template_that_comes_back_has_no_rows_and_no_errors(
    form: Form, round_: EvaluationRound
) -> None:
    found = taken(empty(form)).outcome
    assert (found.lines, found.errors) == ([], [])


def test_there_is_a_template_without_a_rubric() -> None:
    assert read(empty(Form.XLSX)).sheets[0].rows[0][0] == "actieplan"


def command(path: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    try:
        call_command("import_evaluations", str(path), "--json", *options)
        code = 0
    except SystemExit as ended:
        code = int(str(ended.code))
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, found


def test_a_store_that_is_away_is_told_as_json(
    round_: EvaluationRound, anna: User, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    plan("a", round_, anna)
    paths = [tmp_path / name for name in ("in.xlsx", "in.zip", "geen-map")]
    book = workbook(["a", "ronde-1", "een.pdf"], headings=[*HEADINGS[:2], "document"])
    for path, content in zip(paths, (book, packed(een=PDF), b"x"), strict=True):
        path.write_bytes(content)
    settings.MEDIA_ROOT = paths[2] / "media"  # below a file no folder can be made
    code, found = command(paths[0], "--documents", str(paths[1]), capsys=capsys)
    assert (code, found["rows"], found["added"]) == (1, 0, 0)
    assert "er is niets ingelezen" in found["errors"][0]["message"]
    assert not Evaluation.objects.exclude(filename="").exists()


def test_the_command_tells_counts_and_errors(
    round_: EvaluationRound, anna: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan("a", round_, anna), plan("b", round_, anna)
    path, commented = tmp_path / "in.xlsx", tmp_path / "terug.xlsx"
    path.write_bytes(
        workbook(["a", "ronde-1", None, None, None, "ja"], ["b", "ronde-1", None, None, None, "x"])
    )
    code, found = command(path, "--dry-run", "--commented", str(commented), capsys=capsys)
    assert (code, found["rows"], found["added"], len(found["errors"])) == (1, 2, 1, 1)
    assert commented.exists()
    code, found = command(path, "--only-good-rows", capsys=capsys)
    assert (code, found["added"], found["skipped"]) == (0, 1, 1)
    code, found = command(tmp_path / "weg.xlsx", capsys=capsys)
    assert (code, found["rows"], found["errors"][0]["row"]) == (1, 0, None)
    code, found = command(path, "--documents", str(path.with_suffix(".zip")), capsys=capsys)
    assert (code, found["errors"][0]["rule"]) == (1, "leesbaar bestand")
    (tmp_path / "kapot.zip").write_bytes(b"x")
    code, found = command(path, "--documents", str(tmp_path / "kapot.zip"), capsys=capsys)
    assert (code, found["errors"][0]["rule"]) == (1, "leesbaar bestand")
    assert "zip" in found["errors"][0]["message"]
    (tmp_path / "goed.zip").write_bytes(packed())
    code, found = command(path, "--documents", str(tmp_path / "goed.zip"), "--only-good-rows", capsys=capsys)
    assert (code, found["unchanged"]) == (0, 1)


def test_the_template_command_writes_it(tmp_path: Path) -> None:
    call_command("template", "evaluations", "--out", str(tmp_path / "leeg.ods"))
    assert read((tmp_path / "leeg.ods").read_bytes()).form is Form.ODS


@pytest.mark.parametrize("chosen", [False, True])
def test_a_trial_asks_as_much_of_many_rows_as_of_few(
    round_: EvaluationRound, anna: User, *, chosen: bool
) -> None:
    counts = []
    for size in (2, 60):
        slugs = [f"p-{size}-{number}" for number in range(size)]
        plans = ActionPlan.objects.bulk_create(ActionPlan(slug=slug, title=slug) for slug in slugs)
        PlanVersion.objects.bulk_create(PlanVersion(plan=item, received_on=RECEIVED_ON) for item in plans)
        if chosen:
            rounds.choose(round_=round_, plans=plans, because="x", by=anna)
        rows = [[slug, "ronde-1", "mei 2024", None, "Goed", "ja", 3, 7] for slug in slugs]
        with CaptureQueriesContext(connection) as queries:
            assert verdicts(taken(workbook(*rows), write=False, by=anna)) == ["toegevoegd"] * size
        counts.append(len(queries))
    assert counts[1] == counts[0] <= 25


def test_of_many_rows_the_wrong_ones_are_told_and_the_others_come_in(
    round_: EvaluationRound, anna: User
) -> None:
    rows: list[list[Any]] = [
        [f"p{number}", "ronde-1", "mei 2024", None, "Goed", "ja", 3, 7] for number in range(9)
    ]
    for number, (slug, *_) in enumerate(rows):
        if number != 3:
            plan(slug, *((round_, anna) if number % 2 else ()))
    ActionPlanFactory(slug="p3")  # nothing was received of it
    rows[6][2] = date(2020, 1, 1)  # before the plan was there
    found = taken(workbook(*rows), by=anna, only_good=True)
    assert told(found) == [(5, "actieplan", "FITS"), (8, None, "FITS")]
    assert [error.message for error in found.outcome.errors] == [
        "Van dit actieplan is nog geen versie ontvangen.",
        "De evaluatie ligt vóór de ontvangst van het actieplan.",
    ]
    written = Evaluation.objects.filter(remark="Goed", evaluated_on_precision="month")
    assert sorted(written.values_list("plan__slug", flat=True)) == ["p0", "p1", "p2", "p4", "p5", "p7", "p8"]
    for evaluation in written:
        assert scores(evaluation) == {"budget": (1, ""), "stap": (3, ""), "punten": (7, "")}


def test_scores_that_stand_there_change_in_many_rows(round_: EvaluationRound, anna: User) -> None:
    plan("a", round_, anna), plan("b", round_, anna)
    taken(workbook(*([slug, "ronde-1", None, None, "Goed", "ja", 3] for slug in "ab")), by=anna)
    found = taken(workbook(["a", "ronde-1", None, None, None, None, 4], ["b", "ronde-1", 2024]), by=anna)
    assert verdicts(found) == ["gewijzigd", "gewijzigd"]
    first, second = Evaluation.objects.order_by("plan__slug")
    assert (scores(first), first.remark) == ({"budget": (1, ""), "stap": (4, "")}, "Goed")
    assert (scores(second)["stap"], str(second.evaluated_on)) == ((3, ""), "2024")


def test_a_workbook_and_its_documents_are_sent_in_the_browser(
    round_: EvaluationRound, anna: User, client: Client
) -> None:
    plan("a", round_, anna)
    client.force_login(anna)
    address = "/inlezen/nieuw/evaluations/"
    assert "Documenten bij de evaluaties" in client.get(address).content.decode()
    content = workbook(["a", "ronde-1", "een.pdf"], headings=[*HEADINGS[:2], "document"])
    files = {
        "file": SimpleUploadedFile("in.xlsx", content),
        "beside": SimpleUploadedFile("in.zip", packed(een=PDF)),
    }
    where: Any = client.post(address, files)["Location"]
    for verb in ("check", "write"):
        services.work(Job.objects.get(kind=f"import.{verb}").pk, worker="test")
        page = client.get(where).content.decode()
        if verb == "check":
            assert "Plan a" in page
            client.post(f"{where}opslaan/", {"rijen": "alle"})
    assert Evaluation.objects.get().filename == "een.pdf"
    sent = Import.objects.get()
    assert sent.state == "written"
    Import.objects.update(expires_at=timezone.now() - timedelta(days=1))
    imports.expire(now=timezone.now())
    assert not sent.beside.storage.exists(sent.beside.name or "")
    client.force_login(User.objects.create_user("lezer@voorbeeld.example", name="L", role=Role.READER))
    assert client.get(address).status_code == 403
