"""Versions beside each other: word by word, with every figure that moved and the reason for it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from mvi_portal.accounts.models import Role
from reports.agreement import versions
from reports.content import gather
from reports.errors import LetterError
from reports.frozen import FrozenSection, from_json
from reports.models import FigureReason, Letter, LetterState
from tests.factories.monitoring import FrameFactory, LineMappingFactory, PolicyLineFactory
from tests.factories.registers import municipalities
from tests.factories.reports import LetterFactory, LetterVersionFactory, SectionFactory, figure
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"
TEXT = f"<p>Er doen {figure(SIGNED)} gemeenten mee.</p><p>Het gaat goed.</p>"


@pytest.fixture
def page(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    return client


@pytest.fixture
def letter() -> Letter:
    """Built twice: between, a municipality signed and a word changed."""
    municipalities(3)
    found = LetterFactory.saying(TEXT, slug="brief")
    build(found)
    municipalities(1, first=9)
    found.sections.update(text=TEXT.replace("goed", "beter"))
    build(found)
    return found


def build(letter: Letter) -> None:
    content = gather(letter.pk, on=letter.reference_date).to_json()
    LetterVersionFactory.ready(
        letter=letter, content=content, content_sha256=hashlib.sha256(content.encode()).hexdigest()
    )


def test_the_last_version_is_laid_beside_the_one_before(letter: Letter) -> None:
    assert versions.usual(letter) == ("2", "nu")
    compared = versions.compare(letter, "1", "2")
    assert [change.kind for change in compared.changes] == ["gewijzigd", "gewijzigd"]
    (moved,) = [item for item in compared.moved if item.figure.key == SIGNED]
    assert (moved.before, moved.after, moved.difference) == (3, 4, "+1")
    assert versions.compare(letter, "2", "nu").changes == []


def test_what_is_not_there_is_told(letter: Letter, page: Client) -> None:
    with pytest.raises(LetterError, match="is er niet"):
        versions.side(letter, "9")
    assert "is er niet" in page.get("/brieven/brief/verschillen/?van=9&naar=1").content.decode()
    assert page.get("/brieven/brief/verschillen/export/?van=9&naar=1").status_code == 404


def test_one_version_alone_is_beside_nothing(page: Client) -> None:
    LetterFactory.saying("<p>Tekst.</p>", slug="brief")
    assert "niets om te vergelijken" in page.get("/brieven/brief/verschillen/").content.decode()


def test_the_reason_of_a_figure_is_kept_and_taken_back(letter: Letter, page: Client) -> None:
    address = "/brieven/brief/verschillen/"
    data = {"van": "1", "naar": "2", f"reden-{SIGNED}": "Eén gemeente sloot zich aan."}
    html = page.post(address, data, follow=True).content.decode()
    assert "1 reden bewaard" in html
    assert "Eén gemeente sloot zich aan." in html
    assert "niets gewijzigd" in page.post(address, data, follow=True).content.decode()
    reason = FigureReason.objects.get()
    assert (reason.figure_key, reason.before, reason.after) == (SIGNED, 3, 4)
    page.post(address, {**data, f"reden-{SIGNED}": ""})
    assert not FigureReason.objects.exists()


def test_a_figure_that_one_of_the_two_does_not_know_is_told_with_its_reason(
    letter: Letter, page: Client
) -> None:
    version = letter.versions.get(number=1)
    content = from_json(version.content)
    figures = {key: item for key, item in content.figures.items() if key != SIGNED}
    older = replace(content, figures=figures, sections=(FrozenSection("", "", "<p>Begin.</p>"),)).to_json()
    LetterVersionFactory.ready(letter=letter, number=3, content=older, content_sha256="b" * 64)
    address = "/brieven/brief/verschillen/"
    for old, new, told in (("3", "2", "Nieuw cijfer"), ("2", "3", "Vervallen cijfer")):
        data = {"van": old, "naar": new, f"reden-{SIGNED}": f"{told}: het staat nu in de tekst."}
        html = page.post(address, data, follow=True).content.decode()
        assert html.count(f"{told}: het staat nu in de tekst.") == 1
        assert "niet genoemd" in html
        assert "niets gewijzigd" in page.post(address, data, follow=True).content.decode()
    steps = FigureReason.objects.order_by("before").values_list("before", "after")
    assert list(steps) == [(4, None), (None, 4)]
    text = page.get(f"{address}export/?van=3&naar=2").content.decode("utf-8-sig").replace('"', "")
    assert "Gemeenten die het Manifest ondertekenden;nieuw cijfer;niet genoemd;4;;Nieuw cijfer" in text
    row = FigureReason.objects.get(before=None)
    for fields in ({"after": 4}, {"figure_key": "b", "after": None}):
        again = FigureReason(letter=letter, figure_key=row.figure_key, why="Nog eens.")
        for name, value in fields.items():
            setattr(again, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()


def test_who_only_follows_a_letter_gives_no_reasons(letter: Letter, client: Client) -> None:
    client.force_login(ActorFactory(role=Role.OFFICER))
    assert client.get("/brieven/brief/verschillen/").status_code == 200
    assert client.post("/brieven/brief/verschillen/", {"van": "1", "naar": "2"}).status_code == 403


def test_differences_go_out_as_a_file(letter: Letter, page: Client) -> None:
    text = page.get("/brieven/brief/verschillen/export/?van=1&naar=2").content.decode("utf-8-sig")
    assert "Gemeenten die het Manifest ondertekenden;;3;4;1" in text.replace('"', "")
    assert "Het gaat beter." in text


def test_last_years_lines_stand_beside_those_that_go_on_from_them() -> None:
    old, new = FrameFactory(), FrameFactory()
    one, two = (PolicyLineFactory(frame=old, code=code, order=place) for place, code in enumerate("12"))
    target = PolicyLineFactory(frame=new, code="A", order=1)
    for line in (one, two):
        LineMappingFactory(from_line=line, to_line=target)
    before = LetterFactory(frame=old, state=LetterState.DRAFT)
    for line in (one, two):
        SectionFactory(letter=before, line=line, code=line.code, text=f"<p>Zo was lijn {line.code} toen.</p>")
    letter = LetterFactory(frame=new, previous=before, reference_date=date(2025, 6, 1))
    SectionFactory(letter=letter, line=target, code="A", text="<p>Zo was lijn 1 toen.</p>")
    compared = versions.compare(letter, "vorige-brief", "nu")
    assert [(change.kind, change.heading) for change in compared.changes] == [
        ("vervallen alinea", "A. Brede borging")
    ]


def test_parts_without_a_line_are_known_by_their_title(letter: Letter) -> None:
    side = versions.side(letter, "2")
    sections = (FrozenSection("", "", "<p>Begin.</p>"), FrozenSection("", "Slot", "<p>Eind.</p>"))
    old = replace(side.letter, sections=sections)
    new = replace(side.letter, sections=sections[1:])
    before, after = versions._texts(old, new, {})
    assert [section.key for section in after.sections] == [0]
    assert {section.heading for section in before.sections} == {"opening", "Slot"}
