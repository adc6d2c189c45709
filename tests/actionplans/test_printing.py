"""The report of a round and the replies to signatories: on paper, as text, asked for and downloaded."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import page
import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from actionplans.models import CheckDraft, CriterionKind, Evaluation, EvaluationRound
from actionplans.printing import reply, report
from actionplans.services import drafts, printed, publishing, rounds
from actionplans.services.printed import Form
from mvi_portal.accounts.models import Role, User
from mvi_portal.core import docx, pdf
from mvi_portal.jobs.leases import LeaseLost
from mvi_portal.jobs.models import Job, State
from mvi_portal.jobs.services import work
from tests.documents import pdf as a_pdf
from tests.factories.actionplans import (
    ActionPlanFactory,
    CheckDraftFactory,
    EvaluationFactory,
    EvaluationRoundFactory,
    PlanVersionFactory,
    ScoreFactory,
)
from tests.factories.signatories import ActorFactory, SignatoryFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def judged(
    round_: EvaluationRound, name: str, *, remark: str = "Ga zo door.", published: bool = True, **fields: Any
) -> Evaluation:
    signatory = SignatoryFactory(organisation__called__name=name)
    plan = ActionPlanFactory.covering(signatory.signature, title=f"Plan van {name}")
    version = PlanVersionFactory(plan=plan)
    made: Evaluation = EvaluationFactory(
        version=version, round=round_, rubric=round_.rubric, remark=remark, **fields
    )
    scale = {CriterionKind.FIVE_STEP: 4, CriterionKind.YES_NO: 1, CriterionKind.POINTS: 7}
    for criterion in round_.rubric.criteria.all():
        note = {"remark": "Helder beschreven", "page": 3, "quote": "Wij kopen duurzaam in."}
        ScoreFactory(
            evaluation=made,
            criterion=criterion,
            value=scale.get(CriterionKind(criterion.kind)),
            **(note if criterion.kind == CriterionKind.YES_NO else {}),
        )
    made.evaluated_on, made.published_on = date(2024, 5, 15), date(2024, 6, 30) if published else None
    made.save()
    return made


def finished(count: int = 5, **fields: Any) -> EvaluationRound:
    made: EvaluationRound = EvaluationRoundFactory(closed_on=date(2024, 7, 1), **fields)
    for number in range(count):
        judged(made, f"Stad {number}")
    return made


def anna() -> User:
    return User.objects.create_user("anna@voorbeeld.example", name="Anna", role=Role.EVALUATOR)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def done(job: Job) -> Job:
    work(job.pk, worker="test")
    job.refresh_from_db()
    return job


def words(content: bytes) -> str:
    sheets = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def paragraphs(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return opened.read("word/document.xml").decode()


def conforms(content: bytes) -> None:
    for profile in ("ua1", "2a"):
        told = page.validate_pdf_bytes(content, profile=profile)
        assert told.is_compliant, [failure.message for failure in told.failures]


def test_a_report_is_a_valid_pdf_with_findings_spread_and_plans() -> None:
    text = '<p>Wij lazen <mvi-figure data-key="ronde.gekozen"></mvi-figure> plannen.</p>'
    made = finished(findings=text, is_demo=True)
    html = report.to_html(made, on=TODAY, against=None)
    content = pdf.write(html)
    conforms(content)
    told = words(content)
    for part in ("Wij lazen 5 plannen.", "Het hele plan", "Plan van Stad 3", "Bevat demonstratiegegevens"):
        assert part in told
    first = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert all(part in first for part in ("Wij lazen", "Alle aantallen in dit verslag", "zijn verdeeld"))
    assert pdf.write(html) == content


def test_a_report_of_few_plans_tells_no_spread() -> None:
    told = words(pdf.write(report.to_html(finished(4), on=TODAY, against=None)))
    assert "Er zijn minder dan 5 plannen geëvalueerd." in told
    assert "gemiddeld" not in told


def test_a_report_stands_beside_another_round() -> None:
    before = finished(name="Ronde 1")
    after = EvaluationRoundFactory(closed_on=date(2024, 7, 1), rubric=before.rubric, name="Ronde 2")
    for number in range(5):
        judged(after, f"Dorp {number}")
    html = report.to_html(after, on=TODAY, against=before)
    assert "Ronde 2 naast Ronde 1" in html
    few = EvaluationRoundFactory(rubric=before.rubric)
    assert "naast Ronde" not in report.to_html(after, on=TODAY, against=few)


def spread_in(round_: EvaluationRound, against: EvaluationRound | None = None) -> str:
    html = report.to_html(round_, on=TODAY, against=against)
    return html.partition("Hoe de scores zijn verdeeld")[2]


def test_two_reports_of_a_round_never_tell_the_score_of_the_plan_in_between() -> None:
    made = finished()
    before = spread_in(made)
    assert "Dit verslag geeft de stand van 1 juli 2024." in before
    again = EvaluationFactory(
        version=made.evaluations.earliest("pk").version,
        round=made,
        rubric=made.rubric,
        number=2,
        correction_reason="fout",
    )
    again.evaluated_on, again.published_on = date(2024, 5, 15), date(2024, 8, 1)
    again.save()
    later = judged(made, "Laatstad", published=False)
    later.published_on = date(2024, 8, 1)
    later.save()
    assert spread_in(made) == before
    assert report.INSIDE not in report.to_html(made, on=TODAY, against=None)


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_report_that_is_not_for_everybody_says_so_on_each_page(
    settings: Settings, *, is_closed: bool
) -> None:
    settings.SPREADS_FOR_OTHERS = not is_closed
    made = finished()
    if not is_closed:
        EvaluationRound.objects.update(closed_on=None)
        made.refresh_from_db()
    told = pdf.write(report.to_html(made, on=TODAY, against=None))
    sheets = pypdf.PdfReader(io.BytesIO(told)).pages
    assert all(report.INSIDE in " ".join(sheet.extract_text().split()) for sheet in sheets)
    assert "Geef die niet verder" in words(told)
    assert "Het hele plan" in words(told)
    html = client_of(anna()).get(f"/evaluaties/rondes/{made.slug}/stukken/").content.decode()
    assert "Dit verslag is nog niet om te delen" in html


def test_of_a_round_that_was_closed_too_soon_is_told_how_its_report_can_be_shared() -> None:
    made = finished(4)
    page = f"/evaluaties/rondes/{made.slug}/stukken/"
    assert "om te delen" not in client_of(anna()).get(page).content.decode()  # there is no spread in it
    later = judged(made, "Laatstad", published=False)
    later.published_on = date(2024, 8, 1)
    later.save()
    told = client_of(User.objects.get()).get(page).content.decode()
    assert "Open de ronde weer en sluit haar opnieuw af." in told


def test_a_report_says_why_another_round_is_not_beside_it() -> None:
    made = finished(name="Ronde 1")
    other = EvaluationRoundFactory(rubric=made.rubric, name="Ronde 2")
    for number in range(5):
        judged(other, f"Dorp {number}")
    assert "Ronde 2 staat hier niet" in spread_in(made, other)
    assert (
        "Dit verslag is nog niet"
        not in client_of(anna()).get(f"/evaluaties/rondes/{made.slug}/stukken/").content.decode()
    )


def test_findings_that_cannot_be_printed_stop_the_report_with_a_word() -> None:
    made = finished(findings='<p><mvi-figure data-key="x.y"></mvi-figure></p>')
    job = done(printed.ask_report(round_=made, form=Form.PDF, against=None, on=TODAY, by=anna()))
    assert (job.state, job.reason) == (State.FAILED, "In 'de bevindingen': Het cijfer 'x.y' bestaat niet.")


def test_a_reply_is_a_valid_letter_with_scores_remarks_and_advice() -> None:
    made = judged(EvaluationRoundFactory(), "Aardorp", remark="Maak <b>geld</b> vrij.\n\nDoe het samen.")
    (found,) = reply.for_printing([made.pk])
    names = reply.addressees([found], on=TODAY)[found.plan_id]
    content = pdf.write(reply.to_html(found, names, on=TODAY))
    conforms(content)
    told = words(content)
    for part in ("Aardorp", "Geachte heer, mevrouw", "Maak <b>geld</b> vrij.", "Doe het samen.", "7 van 10"):
        assert part in told
    assert "(ja), bladzijde 3. Helder beschreven In uw plan staat: “Wij kopen duurzaam in.”" in told


def test_a_reply_as_text_says_the_same() -> None:
    made = judged(EvaluationRoundFactory(), "Aardorp")
    (found,) = reply.for_printing([made.pk])
    html = reply.to_html(found, ["Aardorp"], on=TODAY, plain=True)
    content = docx.write(html)
    told = paragraphs(content)
    for part in ("Aardorp", "Helder beschreven", "Ga zo door.", "<w:tbl>", 'w:val="Heading2"'):
        assert part in told
    assert docx.write(html) == content


def test_who_writes_a_reply_and_where_questions_go_is_a_setting(settings: Settings) -> None:
    made = judged(EvaluationRoundFactory(), "Aardorp")
    (found,) = reply.for_printing([made.pk])
    assert "PIANOo, Expertisecentrum Aanbesteden" in reply.to_html(found, ["Aardorp"], on=TODAY)
    settings.EVALUATION_SENDER, settings.EVALUATION_CONTACT = "Inkooploket", "vragen@voorbeeld.example"
    html = reply.to_html(found, ["Aardorp"], on=TODAY)
    assert "Inkooploket" in html
    assert "PIANOo, Expertisecentrum" not in html
    assert "contact met ons op via vragen@voorbeeld.example." in html


def test_a_text_document_keeps_footnotes_and_leaves_pictures_out() -> None:
    html = (
        "<html lang='nl'><head><title>T</title></head><body><h1>T</h1><p>Tekst"
        '<span class="footnote">de noot</span>.</p><svg><title>x</title></svg></body></html>'
    )
    with zipfile.ZipFile(io.BytesIO(docx.write(html))) as opened:
        assert "de noot" in opened.read("word/footnotes.xml").decode()
        assert "Verdana" in opened.read("word/styles.xml").decode()
        assert "<w:pgSz" in opened.read("word/document.xml").decode()


def test_there_is_no_reply_before_publication() -> None:
    evaluation = EvaluationFactory()
    with pytest.raises(reply.ReplyError, match="nog niet gepubliceerd"):
        reply.to_html(evaluation, [], on=TODAY)


def submitted() -> Evaluation:
    """With its scores, to be checked."""
    made = judged(EvaluationRoundFactory(), "Aardorp", published=False)
    made.started_on, made.submitted_on = date(2024, 5, 1), date(2024, 5, 15)
    made.evaluator = ActorFactory()
    made.save()
    return made


def test_a_draft_for_the_factual_check_is_a_valid_letter_that_says_so_on_each_page() -> None:
    (found,) = reply.for_printing([submitted().pk])
    content = pdf.write(reply.to_html(found, ["Aardorp"], on=TODAY, draft=True))
    conforms(content)
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert len(sheets) > 1
    assert all("Concept voor feitencheck" in " ".join(sheet.split()) for sheet in sheets)
    told = words(content)
    for part in (
        "Wilt u nagaan of de feiten kloppen",
        "binnen de termijn die in onze mail staat",
        "7 van 10",
    ):
        assert part in told
    assert "Uitkomst van de evaluatie" not in told


def test_there_is_no_draft_before_the_submission_nor_after_the_publication() -> None:
    with pytest.raises(reply.ReplyError, match="nog niet ingediend"):
        reply.to_html(EvaluationFactory(), [], on=TODAY, draft=True)
    with pytest.raises(reply.ReplyError, match="al gepubliceerd"):
        reply.to_html(EvaluationFactory.published(), [], on=TODAY, draft=True)
    with pytest.raises(ValidationError, match="geen concept"):
        printed.ask_draft(evaluation=EvaluationFactory(), on=TODAY, by=anna())


def test_a_draft_is_made_on_the_page_of_its_evaluation_and_what_went_out_is_kept() -> None:
    made, by = submitted(), anna()
    client = client_of(by)
    address = f"/evaluaties/{made.plan.slug}/{made.round.slug if made.round else ''}/{made.number}/"
    assert "Maak het concept" in client.get(address).content.decode()
    assert "nog geen concept gemaakt" in client.get(f"{address}feitencheck/").content.decode()
    where: Any = client.post(f"{address}feitencheck/concept/")["Location"]
    assert client.post(f"{address}feitencheck/concept/")["Location"] == where
    job = done(Job.objects.get())
    told = client.get(where).content.decode()
    name = f"concept-feitencheck-{made.plan.slug}"
    assert f"{name}.zip" in told
    assert f'href="{address}">Terug naar de evaluatie' in told
    with zipfile.ZipFile(job.result.open()) as opened:
        contents = {name: opened.read(name) for name in opened.namelist()}
    assert set(contents) == {f"{name}.pdf", f"{name}.docx"}
    assert "Concept voor feitencheck" in paragraphs(contents[f"{name}.docx"])
    job.result.delete(save=True)  # when its time has passed
    kept = [f"{name}, SHA-256 {hashlib.sha256(contents[name]).hexdigest()}" for name in sorted(contents)]
    assert all(line in client.get(address).content.decode() for line in kept)
    assert "bewaard zoals het is: concept 1 van" in client.get(f"{address}feitencheck/").content.decode()
    publishing.send_check(evaluation=made, sent_on=TODAY, until=TODAY + timedelta(days=14), by=by)
    assert f"Verstuurd: {'; '.join(kept)}" in client.get(address).content.decode()
    publishing.record_reaction(evaluation=made, reacted_on=TODAY, reaction="Akkoord.", by=by)
    after = client.get(address).content.decode()
    assert "Maak het concept" not in after
    for row in CheckDraft.objects.filter(sent_on=TODAY):
        assert f"{address}feitencheck/concept/{row.pk}/" in after
        given: Any = client.get(f"{address}feitencheck/concept/{row.pk}/")
        assert b"".join(given.streaming_content) == contents.pop(row.filename)
    assert not contents
    refused = client.post(f"{address}feitencheck/concept/", follow=True).content.decode()
    assert "nu geen concept voor de feitencheck te maken" in refused


def test_what_went_out_never_changes_and_a_new_draft_stands_beside_it(media: Path) -> None:
    sent = CheckDraftFactory(sent_on=TODAY)
    for change in (sent.delete, CheckDraft.objects.filter(pk=sent.pk).update):
        values = {} if change == sent.delete else {"sha256": "0" * 64}
        with pytest.raises(IntegrityError), transaction.atomic():
            change(**values)
    with drafts.keeping(evaluation=sent.evaluation, files=[("twee.pdf", a_pdf())], by=None):
        pass
    assert [row.number for row in drafts.drafts_of(sent.evaluation)] == [2, 1]
    before = set(media.rglob("*.pdf"))
    lost = drafts.keeping(evaluation=sent.evaluation, files=[("drie.pdf", a_pdf())], by=None)
    with pytest.raises(LeaseLost), lost:
        raise LeaseLost
    assert set(media.rglob("*.pdf")) == before
    assert CheckDraft.objects.count() == 2


def test_a_draft_that_cannot_be_made_says_why() -> None:
    made = submitted()
    job = printed.ask_draft(evaluation=made, on=TODAY, by=anna())
    Evaluation.objects.filter(pk=made.pk).update(submitted_on=None)
    assert done(job).reason == reply.NOT_SUBMITTED
    gone = Job.objects.create(kind=printed.DRAFT, payload={**job.payload, "evaluation": 0})
    assert done(gone).reason == "Deze evaluatie is er niet meer."


def test_a_batch_goes_on_when_one_letter_fails_and_names_it() -> None:
    made = EvaluationRoundFactory()
    good, bad = judged(made, "Aardorp"), judged(made, "Bergstad", remark="Goed gedaan 🎉")
    gone = EvaluationFactory.published()
    job = printed.ask_replies(round_=made, evaluations=[good, bad, gone], form=Form.PDF, on=TODAY, by=anna())
    Job.objects.filter(pk=job.pk).update(payload={**job.payload, "evaluations": [good.pk, bad.pk, 0]})
    done(job)
    assert job.state == State.DONE
    with zipfile.ZipFile(job.result.open()) as opened:
        names = opened.namelist()
        told = opened.read("niet-gelukt.txt").decode("utf-8-sig")
    assert names == [f"evaluatie-{good.plan.slug}.pdf", f"evaluatie-{good.plan.slug}.docx", "niet-gelukt.txt"]
    assert "Plan van Bergstad: Het teken '🎉'" in told
    assert "Een evaluatie: Deze evaluatie is er niet meer." in told
    html = client_of(User.objects.get()).get(f"/evaluaties/gemaakt/{job.pk}/").content.decode()
    assert "Deze brieven zijn niet gelukt; de andere wel" in html
    assert "Plan van Bergstad" in html


def test_when_no_letter_can_be_made_the_job_says_why() -> None:
    bad = judged(EvaluationRoundFactory(), "Bergstad", remark="🎉")
    job = done(printed.ask_replies(round_=bad.round, evaluations=[bad], form=Form.PDF, on=TODAY, by=anna()))
    assert job.state == State.FAILED
    assert job.reason.startswith("Plan van Bergstad: Het teken '🎉'")


def test_asked_twice_is_made_once() -> None:
    made, by = finished(1), anna()
    asked = [printed.ask_report(round_=made, form=Form.PDF, against=None, on=TODAY, by=by) for _ in range(2)]
    assert asked[0] == asked[1]
    with pytest.raises(ValidationError, match="minstens één"):
        printed.ask_replies(round_=made, evaluations=[], form=Form.PDF, on=TODAY, by=by)


def test_a_report_is_asked_followed_and_downloaded() -> None:
    made, client = finished(5), client_of(anna())
    address = f"/evaluaties/rondes/{made.slug}/"
    assert "Maak het verslag" in client.get(f"{address}stukken/").content.decode()
    assert client.post(f"{address}verslag/", {"form": "onzin"}).status_code == 400
    where: Any = client.post(f"{address}verslag/", {"form": "zip"}).headers["Location"]
    job = Job.objects.get()
    assert "wachtrij" in client.get(where).content.decode()
    assert client.get(f"{where}bestand/").status_code == 404
    assert client.get(f"{where}voortgang/").headers["Location"] == where
    assert "Afbreken" not in client.get(f"{where}voortgang/", headers={"HX-Request": "true"}).content.decode()
    done(job)
    assert client.get(f"{where}voortgang/", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert f"verslag-{made.slug}.zip" in client.get(where).content.decode()
    answer: Any = client.get(f"{where}bestand/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as opened:
        assert [name.rpartition(".")[2] for name in opened.namelist()] == ["pdf", "docx"]
    assert "Dit was al klaar" in client.post(f"{where}afbreken/", follow=True).content.decode()
    assert where in client.get(f"{address}stukken/").content.decode()


def test_letters_are_asked_for_what_was_ticked_and_can_be_stopped() -> None:
    made, client = finished(2), client_of(anna())
    address = f"/evaluaties/rondes/{made.slug}/brieven/"
    none = client.post(address, {"form": "pdf"})
    assert none.status_code == 400
    assert "Kruis minstens één evaluatie aan." in none.content.decode()
    slugs = [item.plan.slug for item in Evaluation.objects.all()]
    where: Any = client.post(address, {"form": "pdf", "plan": slugs}).headers["Location"]
    assert Job.objects.get().payload["form"] == "zip"
    assert "Het maken is afgebroken." in client.post(f"{where}afbreken/", follow=True).content.decode()


def test_all_letters_of_a_round_are_asked_with_one_button() -> None:
    made, client = finished(3), client_of(anna())
    client.post(f"/evaluaties/rondes/{made.slug}/brieven/", {"form": "zip", "alle": "ja"})
    assert len(Job.objects.get().payload["evaluations"]) == 3


def test_one_letter_is_asked_on_the_page_of_its_evaluation_also_outside_a_round() -> None:
    alone, client = EvaluationFactory.published(), client_of(anna())
    address = f"/evaluaties/{alone.plan.slug}/zonder-ronde/1/"
    assert "Maak het antwoord aan de ondertekenaar" in client.get(address).content.decode()
    where: Any = client.post(f"{address}antwoord/")["Location"]
    assert done(Job.objects.get()).state == State.DONE
    assert "antwoorden-evaluatie.zip" in client.get(where).content.decode()
    waiting = EvaluationFactory()
    assert client.post(f"/evaluaties/{waiting.plan.slug}/zonder-ronde/1/antwoord/").status_code == 404


def test_only_who_may_see_scores_gets_a_letter() -> None:
    made = finished(1)
    job = printed.ask_replies(
        round_=made, evaluations=list(Evaluation.objects.all()), form=Form.PDF, on=TODAY, by=anna()
    )
    done(job)
    for role, status in ((Role.READER, 403), (Role.OFFICER, 403), (Role.SECRETARIAT, 200)):
        user = User.objects.create_user(f"{role}@voorbeeld.example", name="X", role=role)
        client = client_of(user)
        for room in ("", "bestand/"):
            assert client.get(f"/evaluaties/gemaakt/{job.pk}/{room}").status_code == status
    other = Job.objects.create(kind="letter.build")
    assert (
        client_of(User.objects.get(role=Role.EVALUATOR)).get(f"/evaluaties/gemaakt/{other.pk}/").status_code
        == 404
    )


def test_a_file_that_expired_can_be_asked_again() -> None:
    made = finished(1)
    by = anna()
    job = done(printed.ask_report(round_=made, form=Form.DOCX, against=None, on=TODAY, by=by))
    job.result.delete(save=True)
    html = client_of(by).get(f"/evaluaties/gemaakt/{job.pk}/").content.decode()
    assert "Dit bestand is niet meer bewaard." in html
    assert rounds.locked(made) == made
