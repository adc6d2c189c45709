"""Signatories from a workbook: by the rules of the form; doubt is asked; the export is the import."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.core.dates import PartialDate
from mvi_portal.core.workbooks import Form
from mvi_portal.history.reading import changes_of
from signatories import services
from signatories.models import Event, Kind, Organisation, Signatory, Signature
from tests.documents import altered
from tests.factories.signatories import (
    ActorFactory,
    ManifestFactory,
    OfficeFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    SignatoryFactory,
    SignatureFactory,
    SuccessionFactory,
)
from tests.signatories.incoming.books import HEADINGS, taken, told, verdicts, workbook

pytestmark = pytest.mark.django_db
DAY = date(2023, 2, 15)


@pytest.fixture(autouse=True)
def register() -> None:
    """Two municipalities, a province of the same name, and one that is called otherwise since."""
    ManifestFactory(slug="mvoi")
    OrganisationFactory(key="gm1", called__name="'s-Hertogenbosch")
    OrganisationFactory(key="gm2", called__name="Utrecht")
    province = OrganisationFactory(key="pv2", kind=Kind.PROVINCE, called=None)
    OrganisationNameFactory(organisation=province, name="Utrecht", name_with_kind="provincie Utrecht")
    renamed = OrganisationFactory(key="gm3", called=None)
    OrganisationNameFactory(organisation=renamed, name="Oudstad", valid_until=date(2022, 12, 31))
    OrganisationNameFactory(organisation=renamed, name="Nieuwstad", valid_from=date(2023, 1, 1))


def row(code: str = "", name: str = "", kind: str = "", slug: str = "", day: object = DAY) -> list[object]:
    return [code, name, kind, "mvoi", slug, day]


@pytest.mark.parametrize("form", [Form.CSV, Form.XLSX])
def test_a_sign_that_no_database_keeps_is_a_wrong_cell(form: Form) -> None:
    many = [row("gm2"), *[[] for _line in range(300)], [*row("gm1"), "Staatscourant QQQ"], row("gm1")]
    content = workbook(many, [*HEADINGS, "bron"], form)
    if form is Form.CSV:
        content = content.replace(b"QQQ", b"\x00")
        assert content.index(b"\x00") > 1000
    else:
        content = altered(content, "xl/worksheets/sheet1.xml", b"QQQ", b"_x0000_")
    found = taken(content)
    assert told(found)[:1] == [(303, "bron", "ENCODING")]
    assert found.returned is not None
    assert not Signature.objects.exists()


def test_a_text_longer_than_any_cell_is_refused_and_no_crash() -> None:
    (error,) = taken(b"code;" + b"x" * 140_000).outcome.errors
    assert (error.rule.name, error.row) == ("SIZE", None)


def test_rows_become_signatures_and_the_same_again_changes_nothing() -> None:
    book = workbook([row("gm1"), row("gm2", slug="samen"), row("pv2", slug="samen")])
    assert verdicts(taken(book)) == ["toegevoegd"] * 3
    assert Signature.objects.count() == 2
    assert set(Signature.objects.get(slug="samen").organisations.values_list("key", flat=True)) == {
        "gm2",
        "pv2",
    }
    before = list(changes_of(Signature.objects.get(slug="samen")))
    assert verdicts(taken(book)) == ["ongewijzigd"] * 3
    assert Signatory.objects.count() == 3
    assert list(changes_of(Signature.objects.get(slug="samen"))) == before


def test_a_trial_writes_nothing_and_says_the_same() -> None:
    found = taken(workbook([row("gm1")]), write=False)
    assert verdicts(found) == ["toegevoegd"]
    assert not Signature.objects.exists()


def test_one_wrong_row_keeps_everything_out_unless_it_may_be_skipped() -> None:
    book = workbook([row("gm1"), row("gm404")])
    found = taken(book)
    assert told(found) == [(3, "code", "KNOWN")]
    assert not Signature.objects.exists()
    assert found.returned is not None
    assert verdicts(taken(book, only_good=True)) == ["toegevoegd", "fout"]
    assert Signature.objects.get().slug == "gm1"


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        (row(name="'s-Hertogenbosch"), "gm1"),
        (row(name="gemeente UTRECHT"), "gm2"),
        (row(name="Utrecht", kind="provincie"), "pv2"),
        (row(name="Nieuwstad"), "gm3"),
        (row(name="Oudstad", day=date(2022, 11, 24)), "gm3"),
        (row("GM3", "Oudstad"), "gm3"),
        (row("gm1", "Den Bosch"), "gm1"),
    ],
)
def test_a_code_or_the_name_on_the_day_is_certain(cells: list[object], key: str) -> None:
    assert not taken(workbook([cells])).outcome.errors
    assert Signatory.objects.get().organisation.key == key


@pytest.mark.parametrize(
    ("cells", "options"),
    [
        (row(name="Utrecht"), {"gm2", "pv2"}),
        (row(name="Oudstad"), {"gm3"}),
        (row(name="Nieuwstat"), {"gm3"}),
    ],
)
def test_a_doubtful_name_is_asked_and_never_guessed(cells: list[object], options: set[str]) -> None:
    book = workbook([cells])
    found = taken(book)
    assert verdicts(found) == ["vraag"]
    assert told(found) == [(2, "naam", "DOUBT")]
    assert {key for key, _told in found.outcome.questions[0].options} == options
    assert not Signature.objects.exists()
    assert verdicts(taken(book, answers={2: min(options)})) == ["toegevoegd"]


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        (row(), ("code", "REQUIRED")),
        (row(name="Atlantis"), ("naam", "KNOWN")),
        (row("gm1", "Utrecht"), ("naam", "FITS")),
        (row("gm1", kind="provincie"), ("soort", "FITS")),
        (row("gm1", day=date(2099, 1, 1)), ("ondertekend op", "FITS")),
        (row("gm1", day=date(2019, 1, 1)), ("ondertekend op", "FITS")),
        (row("gm1", slug="met spatie"), ("handtekening", "FITS")),
        (row("gm1", day=None), ("ondertekend op", "REQUIRED")),
    ],
)
def test_a_wrong_cell_is_told_by_its_column(cells: list[object], error: tuple[str, str]) -> None:
    found = taken(workbook([cells]))
    assert told(found) == [(2, *error)]
    assert not Signature.objects.exists()


def test_the_same_row_twice_is_told() -> None:
    found = taken(workbook([row("gm1"), row(name="'s-Hertogenbosch"), row("gm2")]))
    assert told(found) == [(3, "naam", "DOUBLE")]


def test_rows_of_one_signature_that_disagree_are_told() -> None:
    found = taken(workbook([row("gm1", slug="s"), row("gm2", slug="s", day=date(2024, 1, 1))]))
    assert told(found) == [(3, "ondertekend op", "FITS")]


def test_another_date_for_who_signed_already_is_not_guessed() -> None:
    taken(workbook([row("gm1")]))
    found = taken(workbook([row("gm1", day=date(2024, 1, 1))]))
    assert told(found) == [(2, "handtekening", "DOUBT")]
    assert verdicts(taken(workbook([row("gm1", slug="opnieuw", day=date(2024, 1, 1))]))) == ["toegevoegd"]


MORE = (*HEADINGS, "ambt", "nummer", "bron", "ingetrokken op", "vanaf", "tot en met")


def test_what_changes_is_told_and_written_with_who_and_why() -> None:
    office = OfficeFactory(slug="wethouder-gm1", title="wethouder")
    OfficeFactory(title="wethouder")
    taken(workbook([row("gm1", slug="een")]))
    told_cells = [
        *row("gm1", slug="een", day="mei 2024"),
        office.slug,
        7,
        "brief",
        date(2025, 1, 1),
        "",
        date(2024, 12, 1),
    ]
    found = taken(workbook([told_cells], MORE), by=ActorFactory(name="Sofie"))
    assert not found.outcome.errors
    assert verdicts(found) == ["gewijzigd"]
    assert "nummer: niets wordt “7”" in found.outcome.lines[0].details
    signature = Signature.objects.get(slug="een")
    assert (signature.signed_on, signature.office, signature.number) == (
        PartialDate.parse("mei 2024"),
        office,
        7,
    )
    assert signature.withdrawn_on == date(2025, 1, 1)
    assert signature.signatories.get().valid_until == date(2024, 12, 1)


def test_an_empty_cell_leaves_what_stands_there() -> None:
    SignatoryFactory(
        signature=SignatureFactory(manifest__slug="ander", slug="x", source="brief", number=3),
        organisation=OrganisationFactory(key="gm9"),
    )
    cells = ["gm9", "", "", "ander", "x", date(2022, 11, 24)]
    assert verdicts(taken(workbook([cells], MORE))) == ["ongewijzigd"]
    assert Signature.objects.get(slug="x").source == "brief"


def test_somebody_joins_a_signature_from_a_day() -> None:
    taken(workbook([row("gm1", slug="een")]))
    joined = [*row("gm2", slug="een"), "", "", "", "", date(2024, 1, 1)]
    assert verdicts(taken(workbook([row("gm1", slug="een"), joined], MORE))) == ["ongewijzigd", "toegevoegd"]
    assert Signatory.objects.get(organisation__key="gm2").valid_from == date(2024, 1, 1)
    later = [*row("gm2", slug="een"), "", "", "", "", date(2024, 2, 1)]
    assert told(taken(workbook([later], MORE))) == [(2, "vanaf", "FITS")]
    only = [*row("gm3", slug="twee"), "", "", "", "", date(2024, 1, 1)]
    assert told(taken(workbook([only], MORE))) == [(2, "vanaf", "FITS")]


def test_what_the_verbs_refuse_is_told_in_all_rows_of_the_signature() -> None:
    SignatureFactory(manifest__slug="m", number=5)
    cells = [
        ["gm1", "", "", "m", "a", DAY, "", 5],
        ["gm2", "", "", "m", "a", DAY, "", 5],
        ["pv2", "", "", "m", "b", DAY],
    ]
    found = taken(workbook(cells, MORE), only_good=True)
    assert verdicts(found) == ["fout", "fout", "toegevoegd"]
    assert not Signature.objects.filter(slug="a").exists()


@pytest.mark.parametrize(("text", "rule"), [("burgemeester", "KNOWN"), ("wethouder", "DOUBT")])
def test_an_office_that_is_not_clear_is_told(text: str, rule: str) -> None:
    OfficeFactory(title="wethouder")
    OfficeFactory(title="wethouder")
    assert told(taken(workbook([[*row("gm1"), text]], MORE))) == [(2, "ambt", rule)]


def test_a_missing_column_is_told_once() -> None:
    found = taken(workbook([["gm1"], ["gm2"]], ("code", "ondertekend op")))
    assert (1, "manifest", "HEADING") in told(found)
    assert verdicts(found) == ["fout", "fout"]


@pytest.mark.parametrize("form", list(Form))
def test_the_export_is_the_import(client: Client, form: Form) -> None:
    """With an office, a partial date, a succession, and several under one signature."""
    office = OfficeFactory(title="wethouder")
    OfficeFactory(title="wethouder")
    both = SignatureFactory(slug="beide", office=office, signed_on=PartialDate.parse("medio 2023"), number=9)
    for key in ("gm1", "gm2"):
        SignatoryFactory(signature=both, organisation=Organisation.objects.get(key=key))
    succession = SuccessionFactory(event=Event.MERGER, on=date(2024, 1, 1))
    SignatoryFactory(organisation=succession.predecessor)
    services.confirm_succession(succession=succession, on=date(2024, 2, 1), by=None)
    client.force_login(ActorFactory())
    content = client.get("/ondertekenaars/export.csv", {"formaat": form}).content
    found = taken(content)
    assert not found.outcome.errors
    assert verdicts(found) == ["ongewijzigd"] * 4


def test_new_signatures_ask_as_much_of_many_as_of_few() -> None:
    counts = []
    for size in (2, 60):
        rows = [
            [OrganisationFactory(key=f"gm{size}{n:02}").key, "", "", "mvoi", "", date(2023, 2, 15)]
            for n in range(size)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert verdicts(taken(workbook(rows), write=False)) == ["toegevoegd"] * size
        counts.append(len(queries))
    assert counts[1] == counts[0] <= 25


def test_of_many_new_signatures_the_wrong_one_is_told_and_the_others_come_in() -> None:
    keys = [OrganisationFactory(key=f"gm9{n}").key for n in range(9)]
    rows: list[list[object]] = [
        [key, "", "", "mvoi", "", date(2023, 2, 15), 10 + n] for n, key in enumerate(keys)
    ]
    rows[4][5], rows[7][6] = date(2019, 1, 1), 10
    content = workbook(rows, headings=[*HEADINGS, "nummer"])
    found = taken(content, only_good=True)
    assert told(found) == [(6, "ondertekend op", "FITS"), (9, "nummer", "FITS")]
    assert Signature.objects.filter(manifest__slug="mvoi").count() == 7
    assert Signatory.objects.filter(signature__manifest__slug="mvoi").count() == 7


def signed(*keys: str) -> list[list[object]]:
    """A row for each, with its own number; the signatures stand there."""
    for key in keys:
        OrganisationFactory(key=key)
    rows: list[list[object]] = [[*row(key), number] for number, key in enumerate(keys, 1)]
    assert verdicts(taken(workbook(rows, NUMBERED))) == ["toegevoegd"] * len(keys)
    return rows


NUMBERED = (*HEADINGS, "nummer")


def test_corrections_ask_as_much_of_many_as_of_few() -> None:
    counts = []
    for size in (2, 60):
        rows = signed(*(f"gm{size}{n:02}" for n in range(size)))
        for cells in rows:
            cells[-1] = int(str(cells[0])[2:]) + 1000 * size
        with CaptureQueriesContext(connection) as queries:
            assert verdicts(taken(workbook(rows, NUMBERED), write=False)) == ["gewijzigd"] * size
        counts.append(len(queries))
        Signature.objects.all().delete()
    assert counts[1] == counts[0] <= 25


def test_of_many_corrections_the_wrong_one_is_told_and_the_others_are_made() -> None:
    rows = signed(*(f"gm9{n}" for n in range(9)))
    for cells in rows:
        cells[-1] = 100 + int(str(cells[-1]))
    rows[7][-1] = 101
    actor = ActorFactory(name="Sofie")
    found = taken(workbook(rows, NUMBERED), by=actor, only_good=True)
    assert told(found) == [(9, "nummer", "FITS")]
    numbers = dict(Signature.objects.values_list("slug", "number"))
    assert numbers == {f"gm9{n}": 8 if n == 7 else 101 + n for n in range(9)}
    first = changes_of(Signature.objects.get(slug="gm90"))[0]
    assert (first.action, first.user) == ("signature.corrected", actor.pk)


def test_after_many_rows_pages_are_as_quick_as_they_will_be() -> None:
    """PostgreSQL knows at once how many there are, and does not plan as if there were none."""
    rows = [[OrganisationFactory(key=f"gm7{n:02}").key, "", "", "mvoi", "", DAY] for n in range(60)]
    assert verdicts(taken(workbook(rows))) == ["toegevoegd"] * 60
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'signatories_signatory'")
        assert cursor.fetchone() == (60,)
