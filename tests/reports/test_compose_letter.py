"""A new letter from a frame and the previous letter, its data, its parts, and taking it back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from mvi_portal.accounts.models import Role
from reports import services
from reports.content import gather
from reports.errors import LetterError
from reports.models import Letter, LetterState, Section, SenderDetails
from reports.services import composing
from reports.services.commenting import settle
from reports.states import obstacles
from tests.factories.agreement import ReplyFactory
from tests.factories.monitoring import FrameFactory, PolicyLineFactory
from tests.factories.reports import (
    DATED,
    AddresseeAddressFactory,
    AnnexFactory,
    CommentFactory,
    CoSenderFactory,
    LetterFactory,
    LetterVersionFactory,
    MinisterFactory,
    SectionFactory,
    SenderDetailsFactory,
)
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    return client


@pytest.fixture
def previous() -> Letter:
    letter: Letter = LetterFactory(title="Vorige brief")
    AnnexFactory(letter=letter, title="Ondertekenaars")
    return letter


def given(previous: Letter, **fields: Any) -> dict[str, Any]:
    return {
        "title": "Voortgang van 2026",
        "frame": previous.frame_id,
        "previous": previous.pk,
        "dated": "15 februari 2026",
        "reference_date": "31-1-2026",
        "sender": previous.sender_id,
        "addressee": previous.addressee_id,
        "salutation": "Geachte voorzitter,",
        "closing": "Hoogachtend,",
        "opening": "on",
        "ending": "on",
        "annexes": "on",
        **fields,
    }


def make(client: Client, previous: Letter, **fields: Any) -> str:
    return client.post("/brieven/nieuw/", given(previous, **fields), follow=True).content.decode()


def test_a_letter_has_a_part_for_each_line_with_an_opening_and_an_ending(
    secretary: Client, previous: Letter
) -> None:
    for order, code in enumerate("AB", 1):
        PolicyLineFactory(frame=previous.frame, code=code, title=f"Lijn {code}", order=order)
    other = MinisterFactory(title="De minister van Elders")
    html = make(secretary, previous, co_senders=[other.pk])
    letter = Letter.objects.get(slug="voortgangsbrief-2026")
    parts = list(letter.sections.order_by("order"))
    assert [str(part) for part in parts] == ["Opening", "A. Lijn A", "B. Lijn B", "Tot slot"]
    assert [row.office for row in letter.co_sender_rows.all()] == [other]
    assert [row.title for row in letter.annexes.all()] == ["Ondertekenaars"]
    assert letter.counts_from == previous.reference_date
    assert "De brief is gemaakt" in html
    assert html.count("nog zonder tekst") == 4


def test_a_letter_without_one_before_it_begins_with_the_usual_annexes(
    secretary: Client, previous: Letter
) -> None:
    asked = {**given(previous), "previous": "", "since": "31-1-2025"}
    secretary.post("/brieven/nieuw/", asked)
    letter = Letter.objects.get(slug="voortgangsbrief-2026")
    assert [(row.number, row.kind, row.is_separate) for row in letter.annexes.order_by("number")] == [
        (1, "figures", False),
        (2, "signatories", True),
        (3, "plans", True),
        (4, "buyergroups", True),
    ]
    secretary.post("/brieven/nieuw/", {**asked, "dated": "15 februari 2027", "annexes": ""})
    assert not Letter.objects.get(slug="voortgangsbrief-2027").annexes.exists()


def test_the_form_begins_with_what_the_last_letter_had(secretary: Client, previous: Letter) -> None:
    html = secretary.get("/brieven/nieuw/").content.decode()
    assert f'<option value="{previous.pk}" selected>' in html
    assert f'<option value="{previous.sender_id}" selected>' in html


def test_the_first_letter_of_all_can_be_started(secretary: Client) -> None:
    assert secretary.get("/brieven/nieuw/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": ""}, "Onderwerp"),
        ({"reference_date": "1 maart 2026"}, "De peildatum ligt na de briefdatum"),
        ({"reference_date": "31-1-2024", "dated": "31-1-2024"}, "Kies voor deze brief een latere peildatum"),
        ({"since": "1-1-2025"}, "Kies een vorige brief of een datum voor de verschillen"),
        ({"dated": "35 februari"}, "Briefdatum"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    secretary: Client, previous: Letter, fields: dict[str, str], told: str
) -> None:
    answer = secretary.post("/brieven/nieuw/", given(previous, **fields))
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert Letter.objects.count() == 1


def test_an_office_that_does_not_exist_any_more_cannot_sign(secretary: Client, previous: Letter) -> None:
    gone = MinisterFactory(title="De oude minister", valid_until=date(2024, 7, 1))
    html = make(secretary, previous, sender=gone.pk)
    assert "‘De oude minister’ bestaat niet op 15 februari 2026" in html


def test_a_second_letter_of_the_year_gets_a_key_of_its_own(secretary: Client, previous: Letter) -> None:
    make(secretary, previous)
    make(secretary, previous)
    assert Letter.objects.filter(slug="voortgangsbrief-2026-2").exists()


def _sent(value: Any) -> Any:
    return "" if value is None else value


def edited(client: Client, letter: Letter, **fields: Any) -> Any:
    """Send the page's own form back with other values."""
    form = client.get(f"/brieven/{letter.slug}/gegevens/").context["form"]
    data = {name: _sent(form[name].value()) for name in form.fields}
    data |= {name: form.fields[name].prepare_value(data[name]) for name in ("dated", "reference_date")}
    for rows in form.rows:
        for row in (rows.formset.management_form, *rows.formset.forms):
            data |= {row.add_prefix(name): _sent(row[name].value()) for name in row.fields}
    return client.post(f"/brieven/{letter.slug}/gegevens/", {**data, **fields}, follow=True)


def test_the_data_can_be_edited_and_annexes_change_places(secretary: Client) -> None:
    letter = LetterFactory()
    first, second = AnnexFactory(letter=letter, title="Een"), AnnexFactory(letter=letter, title="Twee")
    edited(secretary, letter, **{"title": "Ander onderwerp", "annex-0-number": 2, "annex-1-number": 1})
    assert [(row.title, row.number) for row in letter.annexes.all()] == [("Twee", 1), ("Een", 2)]
    edited(secretary, letter, **{"annex-0-number": 9})
    assert list(letter.annexes.all()) == [first, second]
    letter.refresh_from_db()
    assert letter.title == "Ander onderwerp"


def test_a_new_letter_starts_from_the_words_that_are_kept_for_its_date(
    secretary: Client, previous: Letter
) -> None:
    now = {"valid_from": date(2026, 1, 1)}
    ministry = previous.sender.organisation
    SenderDetailsFactory(organisation=ministry, closing="Met groet,", valid_until=date(2025, 12, 31))
    SenderDetailsFactory(
        organisation=ministry, closing="Met vriendelijke groet,", reference_form="WW-{jaar}/A", **now
    )
    AddresseeAddressFactory(addressee=previous.addressee, salutation="Geachte mevrouw de voorzitter,", **now)
    html = secretary.get("/brieven/nieuw/").content.decode()
    assert 'placeholder="Met vriendelijke groet,"' in html
    assert 'value="Hoogachtend,"' not in html
    make(secretary, previous, salutation="", closing="", reference="")
    letter = Letter.objects.latest("pk")
    told = ("Geachte mevrouw de voorzitter,", "Met vriendelijke groet,", "WW-2026/A")
    assert (letter.salutation, letter.closing, letter.reference) == told
    make(secretary, previous, title="Eigen", salutation="Dag,", closing="", reference="X/1")
    letter = Letter.objects.latest("pk")
    assert (letter.salutation, letter.closing, letter.reference) == ("Dag,", told[1], "X/1")


def test_where_nothing_is_kept_a_new_letter_has_the_usual_words(secretary: Client, previous: Letter) -> None:
    make(secretary, previous, salutation="", closing="")
    letter = Letter.objects.latest("pk")
    assert (letter.salutation, letter.closing, letter.reference) == (
        "Geachte voorzitter,",
        "Hoogachtend,",
        "",
    )


def test_a_letter_gets_a_marking_that_is_frozen_and_can_be_taken_away(secretary: Client) -> None:
    letter = LetterFactory.saying("<p>Tekst.</p>")
    html = edited(secretary, letter, marking="departmental").content.decode()
    assert "departementaal vertrouwelijk" in html
    assert gather(letter.pk, on=letter.reference_date).marking == "departementaal vertrouwelijk"
    assert edited(secretary, letter, marking="geheim").status_code == 400
    edited(secretary, letter, marking="")
    assert gather(letter.pk, on=letter.reference_date).marking == ""


def test_the_reference_of_what_a_letter_answers_is_printed_when_it_is_given(
    secretary: Client, previous: Letter
) -> None:
    make(secretary, previous, your_reference="2024Z01234")
    assert Letter.objects.get(title="Voortgang van 2026").your_reference == "2024Z01234"
    letter = LetterFactory.saying("<p>Tekst.</p>")
    assert "2024Z56789" in edited(secretary, letter, your_reference="2024Z56789").content.decode()
    assert gather(letter.pk, on=letter.reference_date).your_reference == "2024Z56789"
    edited(secretary, letter, your_reference="")
    assert gather(letter.pk, on=letter.reference_date).your_reference == ""


def test_a_co_sender_is_added_and_taken_away(secretary: Client) -> None:
    letter, other = LetterFactory(), MinisterFactory()
    row = CoSenderFactory(letter=letter)
    drop = {"cosender-0-DELETE": "on", "cosender-1-office": other.pk, "cosender-1-order": 7}
    edited(secretary, letter, **drop)
    (kept,) = letter.co_sender_rows.all()
    assert (kept.office, kept.order) == (other, 1)
    assert kept.pk != row.pk


def test_the_sender_is_not_a_co_sender_too(secretary: Client) -> None:
    letter = LetterFactory()
    answer = edited(secretary, letter, **{"cosender-0-office": letter.sender_id, "cosender-0-order": 1})
    assert "De afzender staat ook bij ‘mede namens’" in answer.content.decode()
    assert not letter.co_sender_rows.exists()


def test_who_saves_second_is_shown_both(secretary: Client) -> None:
    letter = LetterFactory()
    opened = secretary.get(f"/brieven/{letter.slug}/gegevens/").context["form"].current
    edited(secretary, letter, title="Van de eerste")
    answer = edited(secretary, letter, title="Van de tweede", edition=opened)
    assert "Twee teksten naast elkaar" in answer.content.decode()
    letter.refresh_from_db()
    assert letter.title == "Van de eerste"


def test_parts_are_added_renamed_moved_and_removed(secretary: Client) -> None:
    letter = LetterFactory()
    line = PolicyLineFactory(frame=letter.frame, code="D", title="Integraal")
    first = SectionFactory(letter=letter, title="Eerst")
    place = f"/brieven/{letter.slug}/onderdelen/"
    secretary.post(f"{place}nieuw/", {"line": line.pk, "code": "", "title": ""})
    added = letter.sections.get(line=line)
    assert str(added) == "D. Integraal"
    secretary.post(f"{place}{added.pk}/verplaatsen/", {"kant": "omhoog"})
    assert list(letter.sections.order_by("order")) == [added, first]
    again = secretary.post(f"{place}{added.pk}/verplaatsen/", {"kant": "omhoog"}, follow=True)
    assert "staat al bovenaan" in again.content.decode()
    opened = secretary.get(f"{place}{added.pk}/kop/").context["form"].current
    secretary.post(f"{place}{added.pk}/kop/", {"code": "D", "title": "Samen", "edition": opened})
    assert str(letter.sections.get(line=line)) == "D. Samen"
    assert secretary.post(f"{place}{first.pk}/verwijderen/", {"why": ""}).status_code == 400
    secretary.post(f"{place}{first.pk}/verwijderen/", {"why": "hoort er niet"})
    assert list(letter.sections.all()) == [added]


def test_a_part_with_an_open_remark_stays(secretary: Client) -> None:
    remark = CommentFactory()
    place = f"/brieven/{remark.section.letter.slug}/onderdelen/{remark.section.pk}/verwijderen/"
    html = secretary.post(place, {"why": "hoort er niet"}).content.decode()
    assert "is nog 1 opmerking niet afgehandeld" in html
    settle(remark=remark, by=ActorFactory(role=Role.SECRETARIAT))
    secretary.post(place, {"why": "hoort er niet"})
    assert not Section.objects.exists()


def taken_back(client: Client, letter: Letter, why: str = "dubbel") -> str:
    """What is told to who takes the letter back."""
    answer = client.post(f"/brieven/{letter.slug}/verwijderen/", {"why": why}, follow=True)
    return answer.content.decode()


def test_a_letter_that_was_answered_stays(secretary: Client) -> None:
    letter = ReplyFactory().assent.letter
    html = taken_back(secretary, letter)
    assert "Op deze brief is al geantwoord" in html
    assert Letter.objects.filter(pk=letter.pk).exists()


def test_a_letter_without_anything_built_can_be_removed(secretary: Client) -> None:
    letter = SectionFactory().letter
    asked = secretary.get(f"/brieven/{letter.slug}/verwijderen/").content.decode()
    assert "Dat kan zolang er niets van is gebouwd en niemand erop heeft geantwoord." in asked
    assert "verplicht" in taken_back(secretary, letter, why="")
    assert "In de geschiedenis blijft de brief bewaard" in taken_back(secretary, letter)
    assert not Letter.objects.exists()


def test_a_letter_that_was_built_or_followed_stays(secretary: Client, previous: Letter) -> None:
    later = LetterFactory(previous=previous, title="Latere brief")
    assert "In de brief ‘Latere brief’ tellen de verschillen vanaf deze brief" in taken_back(
        secretary, previous
    )
    LetterVersionFactory(letter=later)
    assert "Van deze brief is al een versie gebouwd" in taken_back(secretary, later)
    assert Letter.objects.count() == 2


def test_before_a_reason_is_typed_it_is_said_why_a_letter_stays(secretary: Client, previous: Letter) -> None:
    """And the page with its data leads to no page that refuses."""
    place = f"/brieven/{previous.slug}/"
    assert f"{place}verwijderen/" in secretary.get(f"{place}gegevens/").content.decode()
    LetterVersionFactory(letter=previous)
    assert f"{place}verwijderen/" not in secretary.get(f"{place}gegevens/").content.decode()
    html = secretary.get(f"{place}verwijderen/", follow=True).content.decode()
    assert "Van deze brief is al een versie gebouwd" in html
    assert "Brief verwijderen" not in html


def test_a_letter_that_is_fixed_keeps_its_data_and_parts(secretary: Client) -> None:
    section = SectionFactory(letter__state=LetterState.AGREED)
    place = f"/brieven/{section.letter.slug}/"
    for below in ("gegevens/", "onderdelen/", "onderdelen/nieuw/", f"onderdelen/{section.pk}/kop/"):
        html = secretary.get(f"{place}{below}", follow=True).content.decode()
        assert "de teksten liggen vast" in html
    moved = secretary.post(f"{place}onderdelen/{section.pk}/verplaatsen/", follow=True)
    assert "de teksten liggen vast" in moved.content.decode()
    Letter.objects.update(state=LetterState.SENT, sent_on=DATED)
    assert "verzonden en ligt vast" in taken_back(secretary, section.letter)
    assert Section.objects.exists()


def test_a_part_at_the_edge_stays(previous: Letter) -> None:
    section = SectionFactory(letter=previous)
    assert not composing.move_part(section=section, up=False, by=None)


def test_a_frame_without_lines_gives_an_opening_and_an_ending(secretary: Client, previous: Letter) -> None:
    make(secretary, previous, frame=FrameFactory().pk)
    assert Letter.objects.get(slug="voortgangsbrief-2026").sections.count() == 2


FORM = "IENW/BSK-{jaar}/"


def numbered(client: Client, letter: Letter, reference: str) -> str:
    """What is told to who gives the letter this reference."""
    place = f"/brieven/{letter.slug}/kenmerk/"
    form = client.get(place).context["form"]
    return client.post(place, {"reference": reference, "edition": form.current}, follow=True).content.decode()


@pytest.fixture
def unnumbered() -> Letter:
    """Decided, with a reference that only says how those of its sender begin."""
    letter = LetterFactory.saying("<p>Tekst.</p>", state=LetterState.DECIDED, reference="IENW/BSK-2025/")
    SenderDetails.objects.update(reference_form=FORM)
    return letter


def test_a_reference_without_its_number_says_so_wherever_the_letter_is_printed(unnumbered: Letter) -> None:
    assert gather(unnumbered.pk, on=DATED).reference == "IENW/BSK-2025/ (nummer volgt)"
    Letter.objects.update(reference="IENW/BSK-2025/12")
    assert gather(unnumbered.pk, on=DATED).reference == "IENW/BSK-2025/12"


def test_a_letter_becomes_final_with_a_whole_reference_or_none(secretary: Client, unnumbered: Letter) -> None:
    place, lack = f"/brieven/{unnumbered.slug}/", "Aan ‘Ons kenmerk’ ontbreekt het nummer nog"
    html = secretary.get(place).content.decode()
    assert lack in html
    assert f'href="{place}kenmerk/"' in html
    for state in (LetterState.FINAL, LetterState.SENT):
        assert any(told.startswith(lack) for told in obstacles(unnumbered, state))
    assert lack in numbered(secretary, unnumbered, "IENW/BSK-2024/")  # of another year, and still no number
    for reference in ("IENW/BSK-2025/12", ""):
        told = numbered(secretary, unnumbered, reference)
        assert ("Het kenmerk is bewaard." in told, lack in told) == (True, False)
        unnumbered.refresh_from_db()
        assert unnumbered.reference == reference


def test_the_reference_of_a_sent_letter_stays(secretary: Client) -> None:
    letter = LetterFactory(state=LetterState.SENT, sent_on=DATED)
    html = secretary.post(
        f"/brieven/{letter.slug}/kenmerk/", {"reference": "x"}, follow=True
    ).content.decode()
    assert "verzonden en ligt vast" in html
    with pytest.raises(LetterError, match="verzonden"):
        services.set_reference(letter=letter, by=None)
