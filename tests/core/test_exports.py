"""A table as a download that a Dutch spreadsheet opens, and that runs nothing."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import StringIO
from typing import Any

import pytest
from django import forms
from django.http import FileResponse
from django.test import RequestFactory

from mvi_portal.core import exports
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.workbooks import Column, Form, Page, read
from mvi_portal.core.workbooks.cells import shown


def page(*rows: tuple[object, ...]) -> Page:
    return Page("Organisaties", exports.headed(["naam", Column("aantal")]), rows, lambda n: [f"{n} rijen."])


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def test_a_csv_is_a_download_with_a_mark_semicolons_and_an_explanation_below() -> None:
    answer = exports.file_answer("organisaties", Form.CSV, page(("Súdwest-Fryslân; gemeente", 3)))
    assert answer["Content-Disposition"] == 'attachment; filename="organisaties.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert content(answer).startswith(b"\xef\xbb\xbfnaam;aantal\r\n")
    rows = list(csv.reader(StringIO(content(answer).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[:3] == [["naam", "aantal"], ["Súdwest-Fryslân; gemeente", "3"], [""]]
    assert rows[3:6] == [["# LEESMIJ"], ["# Organisaties"], ["# 1 rijen."]]
    assert all(row[0].startswith("# ") for row in rows[3:])


@pytest.mark.parametrize("form", [Form.XLSX, Form.ODS])
def test_a_workbook_holds_the_same_rows_and_explains_them(form: Form) -> None:
    answer = exports.file_answer("x", form, page(("a", 1), ("=b", None)))
    rows, told = read(content(answer)).sheets
    assert rows.rows == [["naam", "aantal"], ["a", 1.0], ["'=b", None]]
    assert ["2 rijen.", None, None, None] in told.rows
    assert any(row[1] == exports.COMMON["naam"] for row in told.rows)


def test_a_large_file_is_answered_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "SMALL", 10)
    answer = exports.file_answer("x", Form.CSV, page(("a", 1)))
    assert isinstance(answer, FileResponse)
    assert b"a;1\r\n" in content(answer)


@pytest.mark.parametrize(("asked", "form"), [("", "csv"), ("ods", "ods"), ("pdf", "csv")])
def test_what_the_address_does_not_know_is_csv(asked: str, form: str) -> None:
    assert exports.form_of(RequestFactory().get("/", {"formaat": asked})) == form


def test_each_form_has_its_address() -> None:
    assert [href for _label, href in exports.links("/a?b=c")] == [
        "/a?b=c",
        "/a?b=c&formaat=xlsx",
        "/a?b=c&formaat=ods",
    ]


class Narrow(forms.Form):
    zoek = forms.CharField(label="Zoek", required=False)
    soort = forms.ChoiceField(label="Soort", choices=[("", "alle"), ("gem", "gemeente")], required=False)


def test_the_filter_is_told_in_words() -> None:
    assert (
        exports.filter_words(Narrow({"zoek": "Den", "soort": "gem"})) == "Filter: Zoek: Den; Soort: gemeente."
    )
    assert exports.filter_words(Narrow({})).startswith("Geen filter")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, ""),
        (True, "ja"),
        (False, "nee"),
        (-3, -3),
        (1.5, "1,5"),
        (date(2025, 1, 31), "2025-01-31"),
        (datetime(2025, 1, 31, 9, 30), "2025-01-31T09:30:00"),  # noqa: DTZ001 - printed as it is
        (PartialDate.quarter(2024, 3), "3e kwartaal 2024"),
        ("=1+1", "'=1+1"),
        ("\tx", "'\tx"),
        ("a=b", "a=b"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
    ],
)
def test_a_cell_is_plain(value: object, printed: object) -> None:
    assert shown(value) == printed
