"""A parcel: all documents of one snapshot, stored as they come; the same snapshot gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import page
import pikepdf
import pytest

from mvi_portal.accounts.models import Role, User
from mvi_portal.jobs import services as jobs
from mvi_portal.jobs.leases import claim
from mvi_portal.jobs.models import Job, State
from mvi_portal.jobs.services import work
from reports import services
from reports.errors import LetterError
from reports.models import AnnexKind, AnnexPlace, Edition, Freeze, Letter, Parcel, ParcelFile, VersionState
from reports.parcel import packing, plan
from reports.parcel.building import build_parcel, planned
from reports.parcel.plan import Document, Snapshot
from reports.pictures import KIND
from tests.factories import frozen
from tests.factories.registers import municipalities, plans
from tests.factories.reports import (
    AnnexFactory,
    FreezeFactory,
    LetterFactory,
    LetterVersionFactory,
    ParcelFactory,
    ParcelFileFactory,
    SentFileFactory,
    figure,
)

SIGNED = "ondertekenaars.gemeenten"
NAMES = [
    *("brief.pdf", "brief.html", "brief.docx", "brief.odt"),
    *("brief-bijlage-1.pdf", "brief-gegevens.json", "brief-gegevens-intern.json"),
    *("in-het-kort-brief.pdf", "in-het-kort-brief.html", "jaarverslag-brief.pdf"),
    *("gegevens-brief.xlsx", "gegevens-brief.ods", "gegevens-brief.zip"),
]


@pytest.fixture
def letter() -> Letter:
    municipalities(3)
    plans()
    letter = LetterFactory.saying(f"<p>Er zijn {figure(SIGNED)} gemeenten.</p>", slug="brief")
    AnnexFactory(letter=letter, kind=AnnexKind.SIGNATORIES, place=AnnexPlace.SEPARATE, title="Ondertekenaars")
    AnnexFactory(letter=letter, kind=AnnexKind.FIGURES, title="Cijfers")
    AnnexFactory(letter=letter, title="Monitor")
    return letter


def made(letter: Letter) -> Parcel:
    """After one try of a worker."""
    parcel = services.request_parcel(letter=letter, by=None)
    assert parcel.version.job is not None
    work(parcel.version.job.pk, worker="worker-1")
    return Parcel.objects.select_related("version__job", "version__letter", "freeze").get(pk=parcel.pk)


def broken_rules(file: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(file, profile=profile) for profile in ("ua1", "2a")]
    return [failure.message for report in reports for failure in report.failures]


def contents(parcel: Parcel) -> dict[str, bytes]:
    return {row.name: row.file.open("rb").read() for row in parcel.files.order_by("order")}


@pytest.mark.django_db(transaction=True)
def test_a_parcel_is_made_of_one_freeze_and_twice_gives_the_same_bytes(letter: Letter) -> None:
    parcel = made(letter)

    assert parcel.version.job is not None
    assert (parcel.state, parcel.version.job.state, parcel.version.job.reason) == (
        VersionState.READY,
        State.DONE,
        "",
    )
    files = contents(parcel)
    assert list(files) == NAMES
    assert Freeze.objects.get() == parcel.freeze  # there was none: it was made
    manifest = json.loads(parcel.manifest)
    assert [row["name"] for row in manifest["files"]] == NAMES
    for row in manifest["files"]:
        assert row["sha256"] == hashlib.sha256(files[row["name"]]).hexdigest()
        assert (row["pages"] is not None) == row["name"].endswith(".pdf")
    version = parcel.version
    assert version.file_sha256 == manifest["files"][0]["sha256"]
    assert (version.freeze, version.content_sha256) == (parcel.freeze, manifest["content_sha256"])
    assert list(Job.objects.open().values_list("kind", flat=True)) == [KIND]
    for name in (name for name in NAMES if name.endswith(".pdf")):
        assert broken_rules(files[name]) == []
        assert f"urn:mvi-portaal:{name}:{version.content_sha256}".encode() in files[name]
    assert "voorbeeld-0001" not in files["brief-gegevens.json"].decode()
    assert json.loads(files["brief-gegevens-intern.json"])["names"]["voorbeeld-0001"]
    with pikepdf.open(io.BytesIO(files["brief.pdf"])) as opened:
        assert len(opened.pages) == version.pages

    municipalities(2, first=8)  # frozen is frozen
    again = made(letter)

    assert contents(again) == files
    assert again.manifest == parcel.manifest
    assert again.version.number == version.number + 1
    packed, twice = io.BytesIO(), io.BytesIO()
    packing.pack(packed, parcel, parcel.files.order_by("order"))
    packing.pack(twice, again, again.files.order_by("order"))
    assert packed.getvalue() == twice.getvalue()
    with zipfile.ZipFile(packed) as archive:
        assert archive.namelist() == [*NAMES, "manifest.json"]


@pytest.mark.django_db(transaction=True)
def test_a_parcel_goes_on_where_a_worker_died_and_a_late_cancel_does_not_undo_it(
    letter: Letter,
) -> None:
    first = made(letter)
    parcel = services.request_parcel(letter=letter, by=None)
    job = parcel.version.job
    assert job is not None
    run = claim(job.pk, worker="worker-1")
    assert run is not None
    seen: list[str] = []

    def dying(snapshot: Snapshot) -> list[Document]:
        def die() -> bytes:
            seen.append("died")
            raise MemoryError

        return [Document("laatste.txt", "x", "Laatste", Edition.PUBLIC, die)] if not seen else []

    plan.documents.add("test", dying, order=900)
    try:
        with pytest.raises(MemoryError):
            build_parcel(run)
        kept = {row.name: row.file.name for row in parcel.files.all()}
        assert set(kept) == set(NAMES)
        build_parcel(run)
    finally:
        del plan.documents._items["test"]
    parcel = Parcel.objects.get(pk=parcel.pk)
    assert parcel.is_ready
    assert {row.name: row.file.name for row in parcel.files.all()} == kept
    assert contents(parcel) == contents(first)
    assert not jobs.cancel(job=job)
    with pytest.raises(LetterError, match="niets om af te breken"):
        services.cancel_parcel(parcel=parcel)


@pytest.mark.django_db(transaction=True)
def test_a_parcel_with_a_problem_says_what_is_wrong_and_keeps_nothing(letter: Letter) -> None:
    letter.sections.update(text=figure("zzz"))

    parcel = made(letter)

    assert parcel.state == VersionState.FAILED
    assert parcel.version.job is not None
    assert "staat het cijfer 'zzz', maar dat bestaat niet." in parcel.version.job.reason
    assert (parcel.content, parcel.files.count(), parcel.version.content) == ("", 0, "")


def test_a_parcel_in_which_two_documents_differ_is_refused_and_says_which() -> None:
    def liar(_snapshot: Snapshot) -> list[Document]:
        return [Document("a.txt", "x", "Leugen", Edition.PUBLIC, bytes, lambda: {SIGNED: 69})]

    letter = frozen.LetterFactory.build()
    plan.documents.add("test", liar, order=900)
    try:
        with pytest.raises(LetterError) as raised:
            planned(Snapshot(letter))
    finally:
        del plan.documents._items["test"]

    (problem,) = raised.value.problems
    assert problem.startswith(
        "Het cijfer 'Gemeenten die het Manifest ondertekenden' is 70 in 'De brief als PDF', "
        "maar 69 in 'Leugen'."
    )


def test_two_documents_with_one_name_are_refused() -> None:
    def double(_snapshot: Snapshot) -> list[Document]:
        return [Document(f"{frozen.LetterFactory.build().name}.pdf", "x", "Dubbel", Edition.PUBLIC, bytes)]

    plan.documents.add("test", double, order=900)
    try:
        with pytest.raises(LetterError, match="heten hetzelfde"):
            planned(Snapshot(frozen.LetterFactory.build()))
    finally:
        del plan.documents._items["test"]


@pytest.mark.django_db
def test_who_asks_twice_gets_one_parcel_and_can_stop_it(letter: Letter) -> None:
    first = services.parcel_once(letter=letter, by=None)

    assert services.parcel_once(letter=letter, by=None) == first
    services.cancel_parcel(parcel=first)
    assert Parcel.objects.select_related("version__job").get(pk=first.pk).state == VersionState.CANCELLED
    assert services.parcel_once(letter=letter, by=None) != first


@pytest.mark.django_db
def test_who_only_reads_gets_the_public_edition_of_what_was_sent() -> None:
    parcel = ParcelFactory.ready(version=LetterVersionFactory.ready(), freeze=FreezeFactory())
    public = ParcelFileFactory(parcel=parcel)
    ParcelFileFactory(parcel=parcel, edition=Edition.INTERNAL)
    reader = User.objects.create_user("lezer@voorbeeld.example", name="Lezer", role=Role.READER)

    assert list(ParcelFile.objects.visible_to(reader)) == []
    SentFileFactory(letter=parcel.version.letter, version=parcel.version)
    assert list(ParcelFile.objects.visible_to(reader)) == [public]
