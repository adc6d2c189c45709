"""The decision note: made in one click, written by two, and public without names or what stays inside."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.accounts.models import Role
from mvi_portal.core.prose.paragraphs import paragraphs
from mvi_portal.core.uploads.pdfs import texts_of
from reports import services
from reports.errors import LetterError
from reports.models import (
    DecisionNote,
    Ground,
    Letter,
    LetterState,
    LineStep,
    NoteSection,
    NoteTemplate,
    Verdict,
    Withholding,
)
from reports.models.notes import POLITICS
from reports.notes.freezing import letter_of, note_of, notes_of
from reports.notes.standard import STANDARD, Heading
from reports.parcel.notes import documents_of
from reports.parcel.plan import Edition, Snapshot
from reports.render.notes import figures_of, to_html
from reports.services.line import Record, record_decision, record_step, set_steps
from reports.states import obstacles
from tests.factories.monitoring import (
    CommunicationMomentFactory,
    ExampleFactory,
    FinanceCoverFactory,
    PlanRoleFactory,
    PolicyLineFactory,
    PositionFactory,
    ProgrammeFactory,
)
from tests.factories.registers import municipalities
from tests.factories.reports import (
    AnnexFactory,
    AssentFactory,
    CoSenderFactory,
    LetterFactory,
    MinisterFactory,
    SectionFactory,
    figure,
)
from tests.factories.signatories import ActorFactory, ContactFactory, OfficeHolderFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
SIGNED = "ondertekenaars.gemeenten"
LINE_TEXT = f"<p>Eerst dit. Er zijn {figure(SIGNED)} gemeenten. Daarna <strong>dat. En</strong> meer.</p>"


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT, name="De Secretaris"))
    return client


@pytest.fixture
def letter() -> Letter:
    municipalities(3)
    letter = LetterFactory.saying("<p>De opening.</p>", slug="voortgangsbrief-2025")
    line = PolicyLineFactory(frame=letter.frame, code="A")
    SectionFactory(letter=letter, code="A", line=line, title="Borging", text=LINE_TEXT)
    AnnexFactory(letter=letter, title="Cijfers")
    return letter


@pytest.fixture
def note(letter: Letter) -> DecisionNote:
    return services.make_note(letter=letter, office=letter.sender, by=None)


def section(note: DecisionNote, slug: str) -> NoteSection:
    found: NoteSection = note.sections.get(slug=slug)
    return found


def printed(note: DecisionNote, edition: Edition, *, plain: bool = False) -> str:
    fresh = DecisionNote.objects.select_related("letter", "office").get(pk=note.pk)
    return to_html(note_of(fresh), letter_of(note.letter), edition, plain=plain)


def place(note: DecisionNote, below: str = "") -> str:
    return f"/brieven/{note.letter.slug}/beslisnotas/{note.office.slug}/{below}"


def write(note: DecisionNote, slug: str, text: str) -> NoteSection:
    services.edit_note_section(section=section(note, slug), text=text, by=None)
    return section(note, slug)


def withhold(found: NoteSection, index: int = 0, ground: str = Ground.OPINIONS) -> Withholding:
    block = paragraphs(found.text)[index]
    return services.withhold(section=found, sha256=block.sha256, ground=ground, why="", by=None)


def test_one_click_makes_the_note_with_the_letters_key_points(secretary: Client, letter: Letter) -> None:
    address = f"/brieven/{letter.slug}/beslisnotas/{letter.sender.slug}/maken/"
    for _click in range(2):
        assert "De beslisnota is gemaakt" in secretary.post(address, follow=True).content.decode()
    note = letter.decision_notes.get()
    assert [row.slug for row in note.sections.all()] == [item.slug for item in STANDARD]
    points = section(note, "kernpunten").text
    assert points.startswith("<h3>A. Borging</h3><ul><li>Er zijn <mvi-figure")
    assert "Eerst dit" not in points
    assert letter.frame.plan_title in section(note, "aanleiding").text


def test_a_new_note_says_what_the_register_holds_of_its_other_sections(letter: Letter) -> None:
    body, day = OrganisationFactory(called__name="Ministerie Aa"), date(2024, 6, 1)
    place = "Kamerstukken II 2020/21, 30 196, nr. 746"
    PositionFactory(kind="governments", organisation=body, stance="Wij doen mee.", dated=day, citation=place)
    PositionFactory(kind="politics", organisation=None, holder_name="De Kamer", dated=day)
    PositionFactory(kind="business", stance="Van later", dated=date(2026, 1, 1))
    ProgrammeFactory(kind="instrument", name="De handreiking")
    FinanceCoverFactory(frame=letter.frame, organisation=body)
    PlanRoleFactory(frame=letter.frame, organisation=body, role="coordinates")
    CommunicationMomentFactory(title="De site is nieuw", dated=day)
    note = services.make_note(letter=letter, office=letter.sender, by=None)
    forces = section(note, "krachtenveld").text
    assert forces.startswith("<p>Ministerie Aa: Wij doen mee<mvi-citation")
    assert section(note, "politieke-context").text.startswith("<p>De Kamer: Vraag overal hetzelfde.")
    business = section(note, "positie-bedrijfsleven").text
    assert "De handreiking (instrument)" in business
    assert "Van later" not in business
    assert "2024 zijn gedekt door Ministerie Aa" in section(note, "financien-en-recht").text
    assert section(note, "rollen-en-taken").text == "<p>Coördineert: Ministerie Aa.</p>"
    assert "De site is nieuw (1 juni 2024)" in section(note, "communicatie").text
    assert "Wij doen mee" in printed(note, Edition.PUBLIC)


def test_a_co_sender_is_asked_to_agree_that_it_goes_in_its_name(letter: Letter) -> None:
    office = CoSenderFactory(letter=letter).office
    note = services.make_note(letter=letter, office=office, by=None)
    assert "mede namens u" in section(note, "geadviseerd-besluit").text
    assert "minister van Water en Wegen" in section(note, "aanleiding").text


def test_an_office_that_does_not_send_the_letter_gets_no_note(secretary: Client, letter: Letter) -> None:
    stranger = MinisterFactory(slug="vreemde")
    page = secretary.post(f"/brieven/{letter.slug}/beslisnotas/{stranger.slug}/maken/", follow=True)
    assert "krijgt dus geen beslisnota" in page.content.decode()
    assert not letter.decision_notes.exists()


def test_the_page_tells_what_is_still_to_be_written(secretary: Client, note: DecisionNote) -> None:
    html = secretary.get(place(note)).content.decode()
    assert "In &#x27;Communicatie&#x27; staat nog niets." in html
    assert "In &#x27;Bijlagen&#x27; staat" not in html
    everything = secretary.get(f"/brieven/{note.letter.slug}/beslisnotas/").content.decode()
    assert "7 nog te schrijven" in everything or "6 nog te schrijven" in everything


def test_a_letter_is_not_decided_on_while_its_note_is_empty(note: DecisionNote) -> None:
    Letter.objects.filter(pk=note.letter_id).update(state=LetterState.AGREED)
    with pytest.raises(LetterError, match="bij 'Communicatie' nog niets"):
        services.advance(letter=Letter.objects.get(pk=note.letter_id), expected=LetterState.AGREED, by=None)


def test_the_text_is_saved_and_a_second_writer_sees_the_first(secretary: Client, note: DecisionNote) -> None:
    address = place(note, f"{section(note, 'communicatie').pk}/bewerken/")
    opened = re.search(r'name="edition" value="(\w+)"', secretary.get(address).content.decode())
    assert opened
    data = {"text": "<p>Via de site.</p>", "edition": opened[1]}
    assert "is bewaard" in secretary.post(address, data, follow=True).content.decode()
    late = secretary.post(address, {**data, "text": "<p>Via de krant.</p>"})
    assert late.status_code == 400
    assert "Via de site." in late.content.decode()
    assert section(note, "communicatie").text == "<p>Via de site.</p>"


def test_a_figure_that_does_not_exist_is_told(secretary: Client, note: DecisionNote) -> None:
    write(note, "communicatie", f"<p>{figure('bestaat.niet')}</p>")
    assert "bestaat.niet" in secretary.get(place(note)).content.decode()
    assert "Er is nog geen voorbeeld" in secretary.get(place(note, "voorbeeld/")).content.decode()


def test_the_note_says_the_figures_of_the_letter(note: DecisionNote) -> None:
    letter = letter_of(note.letter)
    assert "<li>Er zijn 3 gemeenten" in printed(note, Edition.PUBLIC)
    assert figures_of(note_of(note), letter, Edition.PUBLIC) == {SIGNED: 3}


def test_the_public_edition_names_nobody(note: DecisionNote) -> None:
    OfficeHolderFactory(office=note.office, name="M. Inister")
    services.change_note(note=note, addressee="de minister", reference="K/1", author="A. Mbtenaar", by=None)
    inside, outside = printed(note, Edition.INTERNAL), printed(note, Edition.PUBLIC)
    assert "A. Mbtenaar" in inside
    assert "M. Inister" in inside
    assert "INTERN" in inside
    assert "Mbtenaar" not in outside
    assert "Inister" not in outside
    assert "INTERN" not in outside
    assert "K/1" in outside


def test_a_note_is_a_concept_while_its_letter_is(note: DecisionNote) -> None:
    concept = printed(note, Edition.PUBLIC)
    type(note.letter).objects.update(state=LetterState.FINAL)
    final = printed(note, Edition.PUBLIC)
    assert "<span>CONCEPT</span>" in concept
    assert "print/concept.css" in concept
    assert "CONCEPT" not in final
    assert "concept.css" not in final


def test_the_authors_name_in_the_text_is_told(secretary: Client, note: DecisionNote) -> None:
    services.change_note(note=note, addressee="de minister", reference="", author="A. Mbtenaar", by=None)
    write(note, "communicatie", "<p>Vraag het A. Mbtenaar.</p>")
    assert "staat de naam van de auteur" in secretary.get(place(note)).content.decode()


def test_a_persons_name_is_told_and_keeps_the_letter_until_it_stays_inside(
    secretary: Client, note: DecisionNote
) -> None:
    ContactFactory(name="Jannie Voorbeeld")
    found = write(note, "communicatie", "<p>Via de site.</p><p>Vraag het Jannie Voorbeeld.</p>")
    told = f"In ‘Communicatie’ van de beslisnota aan {note.head}: ‘Jannie Voorbeeld’"
    assert any(told in line for line in obstacles(note.letter, LetterState.DECIDED))
    assert (
        "‘Jannie Voorbeeld’ is de naam van een contactpersoon" in secretary.get(place(note)).content.decode()
    )
    kept = withhold(found, 1, Ground.PRIVACY)
    assert not any(told in line for line in obstacles(note.letter, LetterState.DECIDED))
    assert not any(told in line for line in obstacles(note.letter, LetterState.SENT))
    services.release(section=found, sha256=kept.sha256, by=None)
    assert any(told in line for line in obstacles(note.letter, LetterState.SENT))


def test_a_withheld_passage_leaves_the_public_edition_with_its_ground(note: DecisionNote) -> None:
    withhold(write(note, "krachtenveld", "<p>Ieder is blij.</p><p>Wij vinden van niet.</p>"), 1)
    outside, inside = printed(note, Edition.PUBLIC), printed(note, Edition.INTERNAL)
    assert "Ieder is blij" in outside
    assert "Wij vinden" not in outside
    assert "artikel 5.2: persoonlijke beleidsopvattingen" in outside
    assert "Wij vinden van niet" in inside
    assert "Niet openbaar: artikel 5.2" in inside
    assert "in haar geheel openbaar" not in outside


def test_a_section_that_is_wholly_withheld_says_so(note: DecisionNote) -> None:
    withhold(write(note, "krachtenveld", "<p>Wij vinden van niet.</p>"))
    assert "De tekst van deze sectie is niet openbaar." in printed(note, Edition.PUBLIC)


def test_nothing_withheld_is_said_too(note: DecisionNote) -> None:
    assert "in haar geheel openbaar" in printed(note, Edition.PUBLIC)


def test_a_passage_stays_inside_when_another_paragraph_changes(note: DecisionNote) -> None:
    withhold(write(note, "krachtenveld", "<p>Ieder is blij.</p><p>Wij vinden van niet.</p>"), 1)
    write(note, "krachtenveld", "<p>Nieuw begin.</p><p>Ieder is tevreden.</p><p>Wij vinden van niet.</p>")
    assert not Withholding.objects.get().look_again
    assert "Wij vinden" not in printed(note, Edition.PUBLIC)


def test_a_passage_that_is_rewritten_must_be_looked_at_again(secretary: Client, note: DecisionNote) -> None:
    found = write(note, "krachtenveld", "<p>Wij vinden het plan van de ander echt te duur.</p>")
    withhold(found)
    write(
        note,
        "krachtenveld",
        "<p>Wij vinden het plan van de ander echt heel erg te duur.</p><p>Te duur dus.</p>",
    )
    row = Withholding.objects.get()
    assert row.look_again
    assert row.sha256 == paragraphs(section(note, "krachtenveld").text)[0].sha256
    with pytest.raises(LetterError, match="Kijk eerst of de grens nog klopt"):
        notes_of(note.letter)
    address = place(note, f"{found.pk}/passages/")
    assert "opnieuw te bekijken" in secretary.get(address).content.decode()
    secretary.post(f"{address}{row.sha256}/", {"ground": Ground.OPINIONS, "why": "", "edition": ""})
    withhold(section(note, "krachtenveld"), 0)
    assert notes_of(note.letter)


def test_a_passage_that_went_is_kept_until_somebody_lets_it_go(secretary: Client, note: DecisionNote) -> None:
    found = write(note, "krachtenveld", "<p>Wij vinden van niet.</p>")
    row = withhold(found)
    write(note, "krachtenveld", "<p>Een heel ander verhaal over iets.</p>")
    address = place(note, f"{found.pk}/passages/")
    assert "staan niet meer in de tekst" in secretary.get(address).content.decode()
    for told in ("weer openbaar", "was al openbaar"):
        page = secretary.post(f"{address}{row.sha256}/openbaar/", follow=True)
        assert told in page.content.decode()
    assert not Withholding.objects.exists()


def test_of_two_equal_passages_both_stay_inside(note: DecisionNote) -> None:
    withhold(write(note, "krachtenveld", "<p>Nee, zeggen wij nu.</p><p>Ja.</p><p>Nee, zeggen wij nu.</p>"))
    write(note, "krachtenveld", "<p>Nee, zeggen wij dan nu.</p><p>Ja.</p><p>Nee, zeggen wij nu.</p>")
    assert Withholding.objects.filter(look_again=True).count() == 2
    assert "zeggen" not in printed(note, Edition.PUBLIC)


def test_the_secretariat_keeps_a_passage_inside_on_the_page(secretary: Client, note: DecisionNote) -> None:
    found = write(note, "krachtenveld", "<p>Wij vinden van niet.</p>")
    address = place(note, f"{found.pk}/passages/{paragraphs(found.text)[0].sha256}/")
    assert secretary.post(address, {"ground": "9.9"}).status_code == 400
    page = secretary.post(address, {"ground": Ground.PRIVACY, "why": "een naam"}, follow=True)
    assert "persoonlijke levenssfeer" in page.content.decode()
    assert Withholding.objects.get().decided_by is not None
    assert secretary.get(address.replace(address.split("/")[-2], "a" * 64)).status_code == 404


def test_a_decided_note_is_fixed_but_what_is_public_is_not(secretary: Client, note: DecisionNote) -> None:
    found = write(note, "krachtenveld", "<p>Wij vinden van niet.</p>")
    Letter.objects.filter(pk=note.letter_id).update(state=LetterState.DECIDED)
    for below in ("kop/", f"{found.pk}/bewerken/"):
        assert "ligt dan vast" in secretary.get(place(note, below), follow=True).content.decode()
    with pytest.raises(LetterError, match="ligt dan vast"):
        services.edit_note_section(section=found, text="<p>Anders.</p>", by=None)
    assert withhold(found)


def test_who_comments_reads_the_note_and_changes_nothing(client: Client, note: DecisionNote) -> None:
    client.force_login(ActorFactory(role=Role.OFFICER))
    assert "Bewerk" not in client.get(place(note)).content.decode()
    assert client.get(place(note, "voorbeeld/?editie=intern")).status_code == 200
    assert client.get(place(note, "kop/")).status_code == 403


def test_the_head_is_changed_on_the_page(secretary: Client, note: DecisionNote) -> None:
    html = secretary.get(place(note, "kop/")).content.decode()
    opened = re.search(r'name="edition" value="(\w+)"', html)
    assert opened
    data = {"addressee": "de minister", "reference": "K/2", "author": "", "edition": opened[1]}
    assert "zijn bewaard" in secretary.post(place(note, "kop/"), data, follow=True).content.decode()
    assert "K/2" in secretary.get(place(note)).content.decode()


def test_who_agreed_is_told_from_the_answers(note: DecisionNote) -> None:
    office = CoSenderFactory(letter=note.letter).office
    AssentFactory(letter=note.letter, organisation=office.organisation)
    assert "nog niet ontvangen" in printed(note, Edition.PUBLIC)


def test_the_plain_page_has_the_same_sections(note: DecisionNote) -> None:
    html = printed(note, Edition.PUBLIC, plain=True)
    assert html.count("<h2>") == len(STANDARD)
    assert "Bijlage 1 bij de brief: Cijfers" in html


def through_the_line(note: DecisionNote) -> None:
    """Somebody of each of two functions looked at it, and the office-holder agreed."""
    by = ActorFactory(role=Role.SECRETARIAT, name="S. Ecretaris")
    set_steps(titles=("directeur", "financiën"), by=by)
    type(note.letter).objects.update(state=LetterState.AGREED)
    OfficeHolderFactory(office=note.office, name="S. Taatssecretaris")
    for day, step in enumerate(LineStep.objects.all(), 3):
        record = Record(date(2025, 2, day), "Besproken met P. Ersoon.")
        record_step(letter=note.letter, step=step, function=f"{step} Inkoop", record=record, by=by)
    record = Record(date(2025, 2, 5), "Fijn.")
    record_decision(letter=note.letter, office=note.office, verdict=Verdict.AGREED, record=record, by=by)


def test_the_internal_edition_tells_the_author_and_who_looked_at_the_text(note: DecisionNote) -> None:
    services.change_note(note=note, addressee=note.addressee, reference="", author="A. Uteur", by=None)
    through_the_line(note)
    html = printed(note, Edition.INTERNAL)
    assert "A. Uteur" in html
    told = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", html[html.index("Wie keek mee") :])[3:]
    assert told == [
        *("directeur Inkoop", "3 februari 2025", "Besproken met P. Ersoon."),
        *("financiën Inkoop", "4 februari 2025", "Besproken met P. Ersoon."),
        *(note.office.title, "5 februari 2025", "Besluit: akkoord. Fijn."),
    ]
    type(note.letter).objects.update(state=LetterState.DRAFT)
    assert "Wie keek mee" not in printed(note, Edition.INTERNAL)


def words(name: str, made: bytes) -> str:
    """All that stands in a document, its properties included."""
    if name.endswith(".pdf"):
        with pikepdf.open(BytesIO(made)) as opened:
            about = str(opened.docinfo) + opened.Root.Metadata.read_bytes().decode()
        return about + "".join(texts_of(SimpleUploadedFile(name, made)))
    with ZipFile(BytesIO(made)) as opened:
        return "".join(opened.read(part).decode() for part in opened.namelist() if part.endswith(".xml"))


def test_no_personal_name_reaches_the_public_edition(note: DecisionNote) -> None:
    services.change_note(note=note, addressee=note.addressee, reference="", author="A. Uteur", by=None)
    through_the_line(note)
    fresh = DecisionNote.objects.select_related("letter", "office").get(pk=note.pk)
    snapshot = Snapshot(letter_of(note.letter), notes=(note_of(fresh),))
    names = ("A. Uteur", "S. Taatssecretaris", "S. Ecretaris", "P. Ersoon", "Wie keek mee")
    seen = set()
    for document in documents_of(snapshot):
        if document.edition is Edition.PUBLIC:
            told = words(document.name, document.make())
            assert [name for name in names if name in told] == [], document.name
            assert "Aanleiding" in told
            seen.add(document.name.rpartition(".")[2])
    assert seen == {"pdf", "docx", "odt"}


def test_the_notes_of_a_letter_stand_in_the_order_of_its_senders(note: DecisionNote) -> None:
    office = CoSenderFactory(letter=note.letter).office
    services.make_note(letter=note.letter, office=office, by=None)
    found = notes_of(note.letter)
    assert [item.office for item in found] == [note.office.title, office.title]
    assert len({item.name for item in found}) == 2
    assert found[0].name.startswith("beslisnota-2025-")


def test_reading_the_list_takes_as_many_queries_for_one_as_for_many(
    secretary: Client, note: DecisionNote
) -> None:
    address = f"/brieven/{note.letter.slug}/beslisnotas/"
    secretary.get(address)
    with CaptureQueriesContext(connection) as one:
        secretary.get(address)
    for _more in range(3):
        office = CoSenderFactory(letter=note.letter).office
        services.make_note(letter=note.letter, office=office, by=None)
    with CaptureQueriesContext(connection) as many:
        secretary.get(address)
    assert len(many) == len(one)


def test_a_new_version_of_the_template_is_for_new_notes(secretary: Client, note: DecisionNote) -> None:
    address = "/brieven/beslisnota-sjabloon/nieuw/"
    secretary.get(address)
    data = _typed(NoteTemplate.objects.get())
    data |= {"form-11-title": "Toelichting", "form-11-order": "15", "form-8-title": "", "why": "korter"}
    page = secretary.post(address, data, follow=True).content.decode()
    assert "Versie 2 van het sjabloon is bewaard" in page
    slugs = [row.slug for row in NoteTemplate.objects.get(number=2).sections.all()]
    assert slugs[:2] == ["aanleiding", "toelichting"]
    assert "communicatie" not in slugs
    assert note.sections.filter(slug="communicatie").exists()
    stale = secretary.post(address, {**data, "why": "te laat"})
    assert "Iemand anders heeft intussen" in stale.content.decode()
    assert "Toelichting" in stale.content.decode()


def test_the_account_of_the_woo_stays_in_the_template(secretary: Client, note: DecisionNote) -> None:
    data = _typed(NoteTemplate.objects.get())
    data |= {"form-9-title": "", "why": "korter"}
    page = secretary.post("/brieven/beslisnota-sjabloon/nieuw/", data)
    assert "gronden van de Wet open overheid" in " ".join(page.content.decode().split())
    with pytest.raises(LetterError):
        services.new_template(headings=[Heading("x", "X", "")], why="", by=None)


def _typed(template: NoteTemplate) -> dict[str, str]:
    rows = list(template.sections.all())
    data = {"form-TOTAL_FORMS": str(len(rows) + 2), "form-INITIAL_FORMS": str(len(rows)), "version": "1"}
    for index, row in enumerate(rows):
        told = {"slug": row.slug, "title": row.title, "help": row.help, "order": str(row.order * 10)}
        data |= {f"form-{index}-{name}": value for name, value in told.items()}
    return data


def test_examples_and_what_else_surrounds_the_plan_are_taken_over_into_a_section(
    secretary: Client, note: DecisionNote
) -> None:
    line = PolicyLineFactory(frame=note.letter.frame)
    ExampleFactory(title="Een brug van hout", line=line, dated=note.letter.reference_date)
    found = write(note, POLITICS, "<p>Eerst.</p><p>Laatst.</p>")
    here = place(note, f"{found.pk}/materiaal/")
    assert here in secretary.get(place(note, f"{found.pk}/bewerken/")).content.decode()
    page = secretary.get(here).content.decode()
    assert "Een brug van hout" in page
    assert "al overgenomen" not in page
    key = page.split('name="sleutel" value="')[1].split('"')[0]
    first = paragraphs(found.text)[0].sha256
    page = secretary.post(here, {"sleutel": key, "na": first}, follow=True).content.decode()
    assert "al overgenomen" in page
    found.refresh_from_db()
    assert [words in found.text for words in ("Eerst", "Een brug van hout", "Laatst")] == [True] * 3
    assert found.text.index("Eerst") < found.text.index("brug") < found.text.index("Laatst")
    assert "niet meer te vinden" in secretary.post(here, {"sleutel": "weg"}, follow=True).content.decode()
