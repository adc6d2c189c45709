"""`import_signatories` and `template`: for who works without pages; JSON, exit codes, never a traceback."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mvi_portal.core.workbooks import Form, read
from signatories.models import Signature
from tests.documents import locked_workbook, old_workbook, unwritable_workbook
from tests.factories.signatories import ManifestFactory, OrganisationFactory
from tests.signatories.incoming.books import workbook

pytestmark = pytest.mark.django_db
GOOD = ["gm1", "", "", "mvoi", "", date(2023, 2, 15)]
WRONG = ["gm404", "", "", "mvoi", "", date(2023, 2, 15)]


@pytest.fixture(autouse=True)
def register() -> None:
    ManifestFactory(slug="mvoi")
    OrganisationFactory(key="gm1")


def run(path: Path, *options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("import_signatories", str(path), *options, stdout=out, stderr=StringIO())
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def told(path: Path, *options: str) -> tuple[int, dict[str, Any]]:
    code, out = run(path, "--json", *options)
    return code, json.loads(out)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "lijst.csv"
    path.write_bytes(workbook([GOOD, WRONG]))
    return path


def test_a_good_file_is_written_and_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lijst.ods"
    path.write_bytes(workbook([GOOD], form=Form.ODS))
    counts = {"rows": 1, "added": 1, "changed": 0, "unchanged": 0, "errors": []}
    assert told(path, "--dry-run") == (0, counts)
    assert not Signature.objects.exists()
    assert told(path) == (0, counts)
    assert told(path) == (0, {**counts, "added": 0, "unchanged": 1})


def test_a_wrong_row_fails_the_command_and_comes_back(mixed: Path, tmp_path: Path) -> None:
    back = tmp_path / "terug.csv"
    code, answer = told(mixed, "--commented", str(back))
    assert code == 1
    assert answer["errors"] == [
        {
            "sheet": "",
            "row": 3,
            "column": "code",
            "value": "gm404",
            "rule": "bestaat in het register",
            "message": "De code gm404 staat niet in het register. Kijk of hij klopt.",
        }
    ]
    assert "skipped" not in answer
    assert not Signature.objects.exists()
    assert "gm404 staat niet" in str(read(back.read_bytes()).sheets[0].rows[2][-1])


def test_only_the_good_rows_go_in_and_the_others_are_counted(mixed: Path) -> None:
    code, answer = told(mixed, "--only-good-rows")
    assert (code, answer["added"], answer["skipped"]) == (0, 1, 1)
    assert Signature.objects.count() == 1


REFUSED = [b"", old_workbook(), locked_workbook(), "naam\nSúdwest".encode("cp1252"), None]


@pytest.mark.parametrize("content", REFUSED)
def test_a_file_that_is_refused_gives_the_same_json(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "lijst.xlsx"
    if content is not None:
        path.write_bytes(content)
    code, answer = told(path, "--dry-run")
    assert code == 1
    assert (answer["rows"], answer["added"]) == (0, 0)
    (error,) = answer["errors"]
    assert (error["row"], error["column"]) == (None, None)
    assert error["message"].endswith(".")


def test_a_refused_file_has_no_good_rows_so_that_it_fails_with_them_too(tmp_path: Path) -> None:
    path = tmp_path / "leeg.csv"
    path.write_bytes(b"")
    code, answer = told(path, "--only-good-rows")
    assert code == 1
    assert {**answer, "errors": []} == {
        "rows": 0,
        "added": 0,
        "changed": 0,
        "unchanged": 0,
        "errors": [],
        "skipped": 0,
    }
    assert len(answer["errors"]) == 1


def test_a_file_that_cannot_go_back_still_has_its_errors_told(tmp_path: Path) -> None:
    path, back, complaints = tmp_path / "lijst.xlsx", tmp_path / "terug.xlsx", StringIO()
    path.write_bytes(unwritable_workbook(workbook([GOOD, WRONG], form=Form.XLSX)))
    code, answer = told(path, "--commented", str(back))
    assert (code, answer["rows"]) == (1, 2)
    assert [(error["row"], error["column"]) for error in answer["errors"]] == [(3, "code")]
    assert not back.exists()
    options = ["--json", "--commented", str(back)]
    with pytest.raises(SystemExit):
        call_command("import_signatories", str(path), *options, stdout=StringIO(), stderr=complaints)
    assert "komt niet met opmerkingen terug" in complaints.getvalue()


@pytest.mark.parametrize("place", ["geen/map/terug.csv", "."])
def test_a_place_where_nothing_can_be_written_is_told_before_a_row_is(
    mixed: Path, tmp_path: Path, place: str
) -> None:
    code, answer = told(mixed, "--only-good-rows", "--commented", str(tmp_path / place))
    assert code == 1
    assert (answer["rows"], answer["added"], answer["skipped"]) == (0, 0, 0)
    (error,) = answer["errors"]
    assert (error["row"], error["column"], error["value"]) == (None, None, str(tmp_path / place))
    assert "niet te schrijven" in error["message"]
    assert not Signature.objects.exists()


def test_a_file_without_errors_leaves_nothing_behind_where_errors_would_go(tmp_path: Path) -> None:
    path, back = tmp_path / "lijst.csv", tmp_path / "terug.csv"
    path.write_bytes(workbook([GOOD]))
    assert told(path, "--commented", str(back))[0] == 0
    assert not back.exists()


def test_people_read_words(mixed: Path) -> None:
    code, out = run(mixed)
    assert code == 1
    assert "2 rijen: 1 toegevoegd, 0 gewijzigd, 0 ongewijzigd." in out
    assert "Rij 3, code (“gm404”): De code gm404 staat niet in het register." in out
    assert out.strip().endswith("Er is niets opgeslagen.")


@pytest.mark.parametrize("form", list(Form))
def test_the_template_has_the_form_of_its_name(tmp_path: Path, form: Form) -> None:
    path = tmp_path / f"sjabloon.{form}"
    call_command("template", "signatories", "--out", str(path), stdout=StringIO())
    book = read(path.read_bytes())
    assert book.form is form
    assert book.sheets[0].rows[0][0] == "code"


@pytest.mark.parametrize("name", ["sjabloon.pdf", "geen/map/sjabloon.csv"])
def test_a_template_that_cannot_be_written_says_why(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError):
        call_command("template", "signatories", "--out", str(tmp_path / name))
