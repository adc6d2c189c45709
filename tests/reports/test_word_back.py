"""A Word file that comes back: a proposal for each change, figures live, nothing lost or doubled."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from mvi_portal.accounts.models import Role, User
from reports.errors import LetterError
from reports.models import Comment, Letter, LetterState, Proposal, Section, WordExport
from reports.services import edit_section
from reports.services import word as services
from reports.services.proposals import accept_proposal
from reports.word import found as finding
from reports.word import resolving
from reports.word.finding import found_in
from reports.word.found import Change, Found
from tests.factories import reports as make
from tests.factories.registers import municipalities
from tests.factories.signatories import ActorFactory
from tests.reports.words import brought, edited, named, taken_out, tracked, typed
from tests.word import changed, gone, ins, p, r, rels, xml

pytestmark = pytest.mark.django_db
SIGNED = make.figure("ondertekenaars.gemeenten")
CITED = '<mvi-citation data-ref="kst-30196-807"></mvi-citation>'
NOTE = f'<mvi-footnote>Zie <a href="https://voorbeeld.example/">de site</a> voor {SIGNED}.</mvi-footnote>'
COUNTED = f"<p>Er zijn {SIGNED} gemeenten{CITED} met <strong>veel</strong> plannen{NOTE}.</p>"
GOOD, LAST = "<p>Het gaat goed met het plan.</p>", "<p>Volgend jaar volgt een nieuwe brief.</p>"
LISTED = "<ul><li><p>eerste punt</p></li><li><p>tweede punt</p></li></ul>"
TABLE = (
    '<table><thead><tr><th scope="col">Soort</th></tr></thead><tbody><tr><td>Kust</td></tr></tbody></table>'
)
TEXT = f"{COUNTED}{GOOD}<h3>Een kop</h3>{LISTED}{TABLE}"
WHO = "A. Jansen (12 maart 2025)"


@pytest.fixture
def by() -> User:
    found: User = ActorFactory(role=Role.SECRETARIAT)
    return found


@pytest.fixture
def letter() -> Letter:
    municipalities(3)
    return make.LetterFactory.saying(TEXT, LAST, slug="brief")


def found(letter: Letter, document: bytes, by: User) -> Found:
    return found_in(brought(letter, document, by))


def taken(letter: Letter, document: bytes, by: User) -> list[Proposal]:
    services.take_word(row=brought(letter, document, by), by=by)
    return list(Proposal.objects.filter(letter=letter).order_by("pk"))


def text(letter: Letter, order: int = 1) -> str:
    return letter.sections.get(order=order).text


def without(document: bytes, name: str) -> bytes:
    """The whole paragraph gone, its name with it, not tracked."""

    def change(content: str) -> str:
        pattern = rf'<w:bookmarkStart w:id="(\d+)" w:name="{name}" />.*?<w:bookmarkEnd w:id="\1" />'
        done, count = re.subn(pattern, "", content, count=1, flags=re.DOTALL)
        assert count, name
        return done

    return changed(document, {"word/document.xml": change})


def test_nothing_changed_is_nothing_found(letter: Letter, by: User) -> None:
    assert found(letter, taken_out(letter), by) == Found(export=WordExport.objects.get())


def test_tracked_changes_become_proposals_with_who_made_them_and_figures_stay_live(
    letter: Letter, by: User
) -> None:
    document = tracked(
        taken_out(letter), (" goed met", " beter met"), ("veel", "heel veel"), ("tweede", "derde")
    )
    first, second, third = taken(letter, document, by)
    assert {row.said_by for row in (first, second, third)} == {WHO}
    assert (first.new, first.comment, first.typed) == (COUNTED.replace("veel", "heel veel"), "", "")
    assert (second.old, second.new) == (GOOD, GOOD.replace("goed", "beter"))
    assert third.new == LISTED.replace("tweede", "derde")

    for row in (third, first, second):
        accept_proposal(proposal=row, by=by)
    expected = TEXT.replace("goed", "beter").replace("veel", "heel veel").replace("tweede", "derde")
    assert text(letter) == expected


def test_a_changed_number_is_flagged_and_the_figure_stays_unless_somebody_chooses(
    letter: Letter, by: User
) -> None:
    (row,) = taken(letter, typed(taken_out(letter), ("3", "145")), by)
    assert row.old == row.new == COUNTED
    assert row.comment == flag("3", "145")
    assert row.typed == COUNTED.replace(SIGNED, "145", 1)
    accept_proposal(proposal=row, as_typed=True, by=by)
    assert text(letter) == TEXT.replace(SIGNED, "145", 1)
    row.refresh_from_db()
    assert row.why == "Zoals getypt in Word."


def flag(old: str, new: str) -> str:
    return resolving.CHANGED.format(old, new)


def test_a_number_changed_with_tracking_and_one_beside_other_words_are_known_too(
    letter: Letter, by: User
) -> None:
    document, number = taken_out(letter), f"{r('3')}<w:bookmarkEnd"
    (row,) = found(
        letter, edited(document, (number, number.replace(r("3"), gone("3") + ins(r("4"))))), by
    ).changes
    assert (row.new, row.flags) == (COUNTED, (flag("3", "4"),))
    (row,) = found(letter, typed(document, ("3", "1.234"), ("gemeenten", "steden")), by).changes
    assert (row.new, row.flags) == (COUNTED.replace("> gemeenten", "> steden"), (flag("3", "1.234"),))
    (row,) = found(letter, typed(document, ("3", "veel")), by).changes
    assert row.flags == (flag("3", "veel"),)
    (row,) = found(letter, typed(document, ("3", "")), by).changes
    assert row.flags == ("Het cijfer 3 staat niet meer in de alinea.",)


def test_the_name_of_a_figure_may_be_gone_as_long_as_its_words_are_there(letter: Letter, by: User) -> None:
    def nameless(content: str) -> str:
        return re.sub(r'<w:bookmarkStart w:id="\d+" w:name="mvi_(n|auto)\d+" />', "", content)

    document = changed(taken_out(letter), {"word/document.xml": nameless})
    assert not found(letter, document, by).changes
    (row,) = found(letter, typed(document, ("gemeenten", "steden")), by).changes
    assert row.new == COUNTED.replace("> gemeenten", "> steden")
    assert not row.flags


def test_a_changed_note_is_taken_over_and_a_changed_citation_asked_about(letter: Letter, by: User) -> None:
    def other(content: str) -> str:
        return content.replace(">Zie<", ">Kijk op<").replace("nr. 807", "nr. 808")

    document = changed(taken_out(letter), {"word/footnotes.xml": other})
    # notes are compared with the paragraph that calls them
    (row,) = found(letter, document, by).changes
    assert row.new == COUNTED.replace("Zie", "Kijk op")
    assert "808" in row.flags[0]
    assert "<mvi-footnote>" in row.typed.replace(NOTE, "")
    assert CITED not in row.typed


def test_a_new_note_link_and_form_come_along(letter: Letter, by: User) -> None:
    link = f'<w:hyperlink r:id="l9">{r("hier")}</w:hyperlink>'
    call = '<w:r><w:footnoteReference w:id="99"/></w:r>'
    document = taken_out(letter)
    body = r("Het gaat ") + r("goed", "<w:b/>") + ins(link + call) + r(" met het plan.")
    words = p(r("Nieuwe noot"))
    parts = {
        "word/footnotes.xml": lambda old: old.replace(
            "</w:footnotes>", f'<w:footnote w:id="99">{words}</w:footnote></w:footnotes>'
        ),
        "word/_rels/document.xml.rels": lambda old: old.replace(
            "</Relationships>",
            rels(("l9", "hyperlink", "https://elders.example/x")).decode().partition('relationships">')[2],
        ),
    }
    (row,) = found(letter, changed(named(document, "mvi_p2", body), parts), by).changes
    assert row.new == (
        '<p>Het gaat <strong>goed</strong><a href="https://elders.example/x">hier</a>'
        "<mvi-footnote>Nieuwe noot</mvi-footnote> met het plan.</p>"
    )


def test_new_split_merged_and_deleted_paragraphs_go_where_they_belong(letter: Letter, by: User) -> None:
    whole = taken_out(letter)
    split = named(whole, "mvi_p2", r("Het gaat goed") + "</w:p><w:p>" + r("met het plan."))
    (row,) = found(letter, split, by).changes
    assert (row.old, row.new) == (GOOD, "<p>Het gaat goed</p><p>met het plan.</p>")

    removed = named(whole, "mvi_p2", gone("Het gaat goed met het plan."))
    (row,) = found(letter, removed, by).changes
    assert (row.old, row.new, row.who) == (GOOD, "", WHO)
    (row,) = found(letter, without(whole, "mvi_p2"), by).changes
    assert (row.old, row.new) == (GOOD, "")

    more = named(
        whole, "mvi_p2", r("Het gaat goed met het plan.") + f"</w:p>{p(ins(r('Eerste.')))}<w:p>{r('Tweede.')}"
    )
    first, second = taken(letter, more, by)
    assert (first.is_after, first.old, first.new, first.said_by) == (True, "", "<p>Eerste.</p>", WHO)
    accept_proposal(proposal=first, by=by)
    accept_proposal(proposal=Proposal.objects.get(pk=second.pk), by=by)
    assert text(letter) == TEXT.replace(GOOD, f"{GOOD}<p>Eerste.</p><p>Tweede.</p>")


def test_two_paragraphs_that_were_made_one_are_told_so(letter: Letter, by: User) -> None:
    section = letter.sections.get(order=1)
    edit_section(section=section, text=f"{GOOD}<p>Dat blijft zo in deze tijd.</p>{LISTED}", by=by)
    end = '<w:pPr><w:rPr><w:del w:id="7" w:author="A. Jansen"/></w:rPr></w:pPr>'
    second = p('<w:bookmarkStart w:id="77" w:name="mvi_p2"/>' + r("Dat blijft zo in deze tijd."))
    after = f"{end}{r('Het gaat goed met het plan.')}</w:p>{second}<w:p>"
    whole = named(without(taken_out(letter), "mvi_p2"), "mvi_p1", after)
    first, last = found(letter, whole, by).changes
    assert {first.new, last.new} == {"", "<p>Het gaat goed met het plan.Dat blijft zo in deze tijd.</p>"}
    assert first.flags == last.flags == (finding.MERGED,)


def test_a_paragraph_that_moved_or_lost_its_name_is_known_by_its_words(letter: Letter, by: User) -> None:
    whole = taken_out(letter)
    nameless = edited(whole, ('w:name="mvi_p2"', 'w:name="weg"'))
    (row,) = found(letter, tracked(nameless, (" goed met", " slecht met")), by).changes
    assert (row.old, row.new) == (GOOD, GOOD.replace("goed", "slecht"))

    block = re.compile(
        r'<w:bookmarkStart w:id="(\d+)" w:name="mvi_p2" />.*?<w:bookmarkEnd w:id="\1" />', re.DOTALL
    )

    def moved(content: str) -> str:
        own = block.search(content)
        assert own
        rest = content.replace(own[0], "")
        return re.sub(
            r'(<w:bookmarkStart w:id="\d+" w:name="mvi_p6" />)', lambda m: own[0] + m[1], rest, count=1
        )

    result = found(letter, changed(whole, {"word/document.xml": moved}), by)
    assert not result.changes
    assert "‘Het gaat goed met het plan.’ staat in Word op een andere plaats" in result.notices[0]


def test_tables_and_headings_and_foreign_styles_come_back_whole(letter: Letter, by: User) -> None:
    document = typed(taken_out(letter), ("Kust", "Strand"))
    document = edited(document, ('<w:pStyle w:val="Heading3" />', '<w:pStyle w:val="KopVanElders" />'))
    heading, table = found(letter, document, by).changes
    assert (heading.old, heading.new) == ("<h3>Een kop</h3>", "<p>Een kop</p>")
    assert table.new == TABLE.replace("Kust", "Strand")


def test_comments_become_remarks_at_their_paragraph_with_who_made_them(
    client: Client, letter: Letter, by: User
) -> None:
    said = '<w:comment w:id="5" w:author="B. Pieters" w:date="2025-03-13T08:00:00Z">{}</w:comment>'
    parts = {"word/comments.xml": lambda old: xml("comments", said.format(p(r("Klopt dit?")))).decode()}
    call = '<w:r><w:commentReference w:id="5"/></w:r>'
    document = changed(named(taken_out(letter), "mvi_p2", r("Het gaat goed met het plan.") + call), parts)
    assert taken(letter, document, by) == []
    (remark,) = Comment.objects.all()
    assert (remark.text, remark.said_by) == ("Klopt dit?", "uit Word, van B. Pieters (13 maart 2025)")
    assert remark.words == "Het gaat goed met het plan."
    client.force_login(by)
    page = client.get(f"/brieven/brief/onderdelen/{remark.section_id}/opmerkingen/").content.decode()
    assert "uit Word, van B. Pieters (13 maart 2025)" in page

    edit_section(section=Section.objects.get(comments=remark), text=TEXT.replace("goed", "best"), by=by)
    again = changed(document, {"docProps/app.xml": lambda old: f"{old} "})
    result = found(letter, again, by)
    assert result.comments[0].words == "Het gaat best met het plan."
    services.take_word(row=brought(letter, again, by), by=by)
    assert Comment.objects.count() == 1


def test_spaces_that_print_leaves_out_are_no_change(letter: Letter, by: User) -> None:
    text = f"<p> Zie de brief {CITED} van\ntoen.\n</p><ul><li> punt </li></ul>"
    edit_section(section=letter.sections.get(order=1), text=text, by=by)
    document = tracked(taken_out(letter), ("volgt", "komt"))
    assert [change.new for change in found(letter, document, by).changes] == [LAST.replace("volgt", "komt")]


def test_a_figure_without_a_value_stays_what_it_is(by: User) -> None:
    change = make.figure("ondertekenaars.gemeenten", "change")
    letter = make.LetterFactory.saying(f"<p>Het zijn er {change} dan vorig jaar.</p>", slug="brief")
    document = taken_out(letter)
    (row,) = found(letter, tracked(document, ("vorig", "dit")), by).changes
    assert (row.new, row.flags) == (f"<p>Het zijn er {change} dan dit jaar.</p>", ())


def test_the_same_file_or_the_same_changes_twice_double_nothing(letter: Letter, by: User) -> None:
    document = tracked(taken_out(letter), (" goed met", " beter met"))
    row = brought(letter, document, by)
    assert services.take_word(row=row, by=by) == services.Counted(1, 0, 0)
    assert brought(letter, document, by).pk == row.pk
    with pytest.raises(LetterError, match="al overgenomen"):
        services.take_word(row=row, by=by)
    saved = changed(document, {"docProps/app.xml": lambda old: f"{old} "})
    assert services.take_word(row=brought(letter, saved, by), by=by) == services.Counted(0, 0, 1)
    accept_proposal(proposal=Proposal.objects.get(), by=by)
    assert found(letter, changed(document, {"docProps/app.xml": lambda old: f"{old}  "}), by).changes == []


def test_a_file_of_another_version_is_used_for_what_stayed(letter: Letter, by: User) -> None:
    document = tracked(taken_out(letter), (" goed met", " beter met"), ("volgt", "komt"))
    section = letter.sections.get(order=1)
    edit_section(section=section, text=TEXT.replace("goed", "redelijk"), by=by)
    result = found(letter, document, by)
    assert (
        "De tekst is gewijzigd sinds dit Word-bestand uit het portaal kwam: Brede borging."
        in result.notices[0]
    )
    assert [change.new for change in result.changes] == [LAST.replace("volgt", "komt")]
    (lost,) = result.unplaced
    assert (lost.words, lost.why, lost.who) == ("Het gaat beter met het plan.", finding.CHANGED_HERE, WHO)


def test_a_file_of_another_letter_without_our_mark_or_with_a_part_is_said_to_be_so(
    letter: Letter, by: User
) -> None:
    other = make.LetterFactory.saying("<p>Iets anders.</p>", slug="andere", title="De andere brief")
    document = taken_out(letter)
    assert found(other, document, by).problem == finding.OTHER.format(letter.title)
    unknown = changed(document, {"docProps/custom.xml": lambda old: old.replace(">brief<", ">van-elders<")})
    assert "‘van-elders’" in found(letter, unknown, by).problem

    empty = '<Properties xmlns="x"></Properties>'
    nameless = tracked(changed(document, {"docProps/custom.xml": lambda _old: empty}), ("volgt", "komt"))
    result = found(letter, nameless, by)
    assert result.notices == [finding.NO_MARK]
    assert len(result.changes) == 1
    assert found(other, nameless, by).problem == finding.NOTHING

    part = document
    for name in ("mvi_p1", "mvi_p2", "mvi_p3", "mvi_p4"):
        part = without(part, name)
    result = found(letter, part, by)
    assert result.notices == [finding.MANY_GONE.format(4, 6)]
    assert result.changes == []


def test_words_outside_the_sections_and_register_tables_are_told_and_not_taken_over(by: User) -> None:
    municipalities(3)
    table = '<mvi-table data-keys="ondertekenaars.gemeenten"></mvi-table>'
    letter = make.LetterFactory.saying(f"<p>Er zijn er {SIGNED}.</p>{table}", "", slug="brief")
    document = typed(taken_out(letter), ("Geachte voorzitter,", "Geachte mevrouw de voorzitter,"))
    document = typed(document, ("[Hier staat nog geen tekst.]", "Nu wel."))
    document = edited(
        document, (">31 januari 2025</w:t></w:r></w:p></w:tc>", ">1 februari</w:t></w:r></w:p></w:tc>")
    )
    result = found(letter, document, by)
    assert [(item.words, item.why) for item in result.unplaced] == [
        ("Aantal 1 februari Gemeenten die het Manifest ondertekenden 3", finding.FROM_REGISTER),
        ("Geachte mevrouw de voorzitter,", finding.AROUND),
    ]
    assert result.changes == [Change(letter.sections.get(order=2), "", "", "<p>Nu wel.</p>", who="")]
    services.take_word(row=letter.word_imports.get(), by=by)
    accept_proposal(proposal=Proposal.objects.get(), by=by)
    assert text(letter, 2) == "<p>Nu wel.</p>"


def test_a_note_comes_back_to_its_own_sections(client: Client, letter: Letter, by: User) -> None:
    note = make.DecisionNoteFactory(letter=letter, office=letter.sender)
    section = make.NoteSectionFactory(note=note, text="<p>Wij vragen uw akkoord.</p>")
    said = f'<w:comment w:id="5" w:author="B. Pieters">{p(r("Klopt dit?"))}</w:comment>'
    document = tracked(taken_out(letter, note), ("akkoord", "instemming"))
    document = changed(
        edited(document, ("</w:del>", '</w:del><w:commentRangeStart w:id="5"/>')),
        {"word/comments.xml": lambda _old: xml("comments", said).decode()},
    )
    result = found(letter, document, by)
    assert result.note == note
    assert result.unplaced == []
    (row,) = taken(letter, document, by)
    assert row.note_section == section
    remark = Comment.objects.get(note_section=section)
    assert (remark.text, remark.said_by) == ("Klopt dit?", "uit Word, van B. Pieters")
    again = changed(document, {"docProps/app.xml": lambda old: f"{old} "})
    assert services.take_word(row=brought(letter, again, by), by=by) == services.Counted(0, 0, 2)
    client.force_login(by)
    page = client.get("/brieven/brief/akkoord/voorstellen/").content.decode()
    assert f"(beslisnota aan {note.head})" in page
    accept_proposal(proposal=row, by=by)
    section.refresh_from_db()
    assert section.text == "<p>Wij vragen uw instemming.</p>"


def test_while_the_texts_are_fixed_nothing_is_taken_over_and_the_file_stays(letter: Letter, by: User) -> None:
    row = brought(letter, tracked(taken_out(letter), ("volgt", "komt")), by)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.AGREED)
    with pytest.raises(LetterError, match="de teksten liggen vast"):
        services.take_word(row=row, by=by)
    assert not Proposal.objects.exists()
