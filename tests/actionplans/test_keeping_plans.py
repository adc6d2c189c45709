"""Recording plans and what was received of them, in the browser."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from actionplans.models import ActionPlan, PlanVersion
from mvi_portal.accounts.models import Role
from mvi_portal.core.uploads import Scan
from mvi_portal.files.models import FileScan, Upload
from signatories.models import Representative
from tests.actionplans.keeping import AROUND, person, signed, text
from tests.documents import docx, pdf, sent
from tests.factories.actionplans import (
    ActionPlanFactory,
    AmbitionFactory,
    EvaluationFactory,
    PlanVersionFactory,
)
from tests.factories.signatories import SignatureFactory, StepFactory, ThemeFactory
from tests.signatories.keeping import opened

pytestmark = pytest.mark.django_db
NEW = "/actieplannen/nieuw/"


@pytest.fixture
def eva() -> Client:
    return person()


def plan_for(name: str = "Aardorp", **fields: Any) -> ActionPlan:
    return ActionPlanFactory.covering(signed(name).signature, **{"title": "Actieplan Aardorp", **fields})


def recorded(client: Client, content: bytes | None = None, **changed: Any) -> Any:
    file = {} if content is None else {"file": sent(content, "Plan Aardorp.pdf")}
    return client.post(NEW, {**AROUND, **file, **changed}, follow=True)


def test_a_plan_is_recorded_with_its_file_and_three_dates(eva: Client) -> None:
    signed("Aardorp")
    answer = recorded(eva, pdf(pages=4), adopted_on="mei 2023", period_from="2023", period_until="2026")
    assert "Het actieplan is vastgelegd." in text(answer)
    plan = ActionPlan.objects.get()
    version = plan.versions.get()
    assert (plan.slug, str(plan.adopted_on), str(version.received_on)) == (
        "actieplan-aardorp",
        "mei 2023",
        "1 juni 2023",
    )
    assert (version.pages, version.searchable, str(version.uploaded_by)) == (4, True, "Eva Beoordelaar")
    assert version.uploaded_at is not None
    assert "4 pagina" in text(answer)
    assert version.sha256 in text(answer)


def test_a_regional_plan_stands_for_each_signature(eva: Client) -> None:
    signed("Aardorp"), signed("Zuidstad")
    recorded(eva, pdf(), signatures="Aardorp\nZuidstad")
    assert ActionPlan.objects.get().signatures.count() == 2


def test_who_presses_twice_records_once_and_is_told(eva: Client) -> None:
    signed("Aardorp")
    recorded(eva, pdf())
    again = recorded(eva, pdf())
    assert "stond er al" in text(again)
    assert (ActionPlan.objects.count(), PlanVersion.objects.count(), Upload.objects.count()) == (1, 1, 0)


def test_what_is_wrong_is_said_at_its_field_and_the_file_is_kept(eva: Client) -> None:
    answer = recorded(eva, pdf(), received_on="31 februari 2023", adopted_on="2 januari 2060")
    html = text(answer)
    assert answer.status_code == 400
    assert "“Aardorp” staat niet in het register" in html
    assert "toekomst" in html
    assert "Plan Aardorp.pdf" in html
    upload = Upload.objects.get()
    signed("Aardorp")
    saved = recorded(eva, None, **{"file-token": str(upload.token)})
    assert "vastgelegd" in text(saved)
    assert PlanVersion.objects.get().filename == "Plan Aardorp.pdf"


def test_nothing_is_half_recorded(eva: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody used the upload in another window just before."""
    signed("Aardorp")
    monkeypatch.setattr("mvi_portal.files.services.Upload.objects.select_for_update", Upload.objects.none)
    answer = recorded(eva, pdf())
    assert "al verwerkt" in text(answer)
    assert not ActionPlan.objects.exists()


def test_who_signed_more_than_once_is_asked_which(eva: Client) -> None:
    first = signed("Aardorp")
    second = signed("Aardorp", organisation=first.organisation)
    asked = text(recorded(eva, pdf()))
    assert first.signature.natural in asked
    recorded(eva, pdf(), signatures=second.signature.natural)
    assert ActionPlan.objects.get().signatures.get() == second.signature
    assert "geen handtekening met de sleutel" in text(recorded(eva, pdf(), signatures="x:y"))


def test_who_did_not_sign_owes_no_plan(eva: Client) -> None:
    signed("Aardorp", signature__withdrawn_on=date(2024, 1, 1))
    assert "staat vandaag niet onder een handtekening" in text(recorded(eva, pdf()))


def test_a_web_address_comes_with_its_day_and_a_copy(eva: Client) -> None:
    signed("Aardorp")
    page = {"url": "https://aardorp.voorbeeld.example/plan"}
    assert "Vul de dag in" in text(recorded(eva, docx(), **page))
    assert "Bewaar de pagina als PDF" in text(recorded(eva, docx(), **page, retrieved_on="1 juli 2023"))
    assert "Vul het webadres in" in text(recorded(eva, pdf(), retrieved_on="1 juli 2023"))
    assert "toekomst" in text(recorded(eva, pdf(), **page, retrieved_on="1 juli 2060"))
    html = text(recorded(eva, pdf(), **page, retrieved_on="1 juli 2023"))
    assert "webadres, bekeken op 1 juli 2023" in html
    assert PlanVersion.objects.get().file


def test_the_bare_fact_asks_for_a_word(eva: Client) -> None:
    signed("Aardorp")
    assert "Kies een bestand of vul een webadres in" in text(recorded(eva))
    recorded(eva, note="Het plan is vertrouwelijk ingezien.")
    again = text(recorded(eva, note="Het plan is vertrouwelijk ingezien."))
    assert "stond er al" in again
    assert PlanVersion.objects.get().file.name == ""


def test_an_earlier_version_stays_and_the_same_file_is_one_version(eva: Client) -> None:
    plan = plan_for()
    place = f"/actieplannen/{plan.slug}/versies/nieuw/"
    for content in (pdf(), pdf(pages=2), pdf()):
        answer = eva.post(place, {"received_on": "1 juni 2023", "file": sent(content)}, follow=True)
    assert "Dit stond al bij dit actieplan, als versie 1" in text(answer)
    assert list(plan.versions.values_list("number", "pages")) == [(1, 1), (2, 2)]
    assert Upload.objects.count() == 0


def test_a_version_is_corrected_with_a_reason_and_its_file_stays(eva: Client) -> None:
    plan = plan_for()
    eva.post(f"/actieplannen/{plan.slug}/versies/nieuw/", {"received_on": "1 juni 2023", "file": sent(pdf())})
    place = f"/actieplannen/{plan.slug}/versies/1/bewerken/"
    form = opened(eva, place)
    assert "file" not in form
    assert "Dit veld is verplicht" in text(eva.post(place, {**form, "received_on": "mei 2023"}))
    answer = eva.post(place, {**form, "received_on": "mei 2023", "why": "Stempel gezien"}, follow=True)
    assert "De gegevens van versie 1 zijn bewaard" in text(answer)
    assert str(plan.versions.get().received_on) == "mei 2023"
    assert "Stempel gezien" in text(eva.get(place))


def test_a_file_is_added_to_a_version_without_one(eva: Client) -> None:
    version = PlanVersionFactory(plan=plan_for())
    place = f"/actieplannen/{version.plan.slug}/versies/1/bewerken/"
    form = {name: value for name, value in opened(eva, place).items() if name != "file"}
    eva.post(place, {**form, "why": "Nagezonden", "file": sent(docx(), "plan.docx")})
    version.refresh_from_db()
    assert (version.filename, version.pages) == ("plan.docx", 3)
    assert "Er is niets gewijzigd" in text(eva.post(place, {**opened(eva, place), "why": "x"}, follow=True))


def test_an_address_that_comes_later_brings_its_copy_too(eva: Client) -> None:
    version = PlanVersionFactory(plan=plan_for())
    place = f"/actieplannen/{version.plan.slug}/versies/1/bewerken/"
    form = {name: value for name, value in opened(eva, place).items() if name != "file"}
    page = {"url": "https://aardorp.voorbeeld.example/plan", "retrieved_on": "1 juli 2023", "why": "Gevonden"}
    assert "Bewaar de pagina als PDF" in text(eva.post(place, {**form, **page}))
    assert "Bewaar de pagina als PDF" in text(
        eva.post(place, {**form, **page, "file": sent(docx(), "a.docx")})
    )
    version.refresh_from_db()
    assert (version.url, version.path) == ("", "")
    eva.post(place, {**form, **page, "file": sent(pdf())})
    version.refresh_from_db()
    assert version.url
    assert version.path.endswith(".pdf")
    moved = {**opened(eva, place), "url": f"{page['url']}/nieuw", "why": "Verhuisd"}
    assert eva.post(place, moved).status_code == 302


def test_an_address_beside_a_stored_file_that_is_no_copy_of_it_asks_for_a_new_version(eva: Client) -> None:
    plan = plan_for()
    receipt = {"received_on": "1 juni 2023", "file": sent(docx(), "plan.docx")}
    eva.post(f"/actieplannen/{plan.slug}/versies/nieuw/", receipt)
    place = f"/actieplannen/{plan.slug}/versies/1/bewerken/"
    page = {"url": "https://aardorp.voorbeeld.example/plan", "retrieved_on": "1 juli 2023", "why": "Gevonden"}
    assert "Voeg voor het webadres een nieuwe versie toe" in text(
        eva.post(place, {**opened(eva, place), **page})
    )
    assert plan.versions.get().url == ""


def test_an_address_that_was_kept_without_a_copy_does_not_stand_in_the_way(eva: Client) -> None:
    known = {"url": "https://aardorp.voorbeeld.example/plan", "retrieved_on": date(2023, 7, 1)}
    version = PlanVersionFactory(plan=plan_for(), **known)
    place = f"/actieplannen/{version.plan.slug}/versies/1/bewerken/"
    form = {name: value for name, value in opened(eva, place).items() if name != "file"}
    assert eva.post(place, {**form, "note": "Nagekeken", "why": "Aanvulling"}).status_code == 302


def test_what_the_database_refuses_is_told_in_words(eva: Client) -> None:
    version = PlanVersionFactory(plan=plan_for())
    EvaluationFactory(version=version, evaluated_on=date(2024, 5, 1))
    place = f"/actieplannen/{version.plan.slug}/versies/1/bewerken/"
    form = {name: value for name, value in opened(eva, place).items() if name != "file"}
    answer = eva.post(place, {**form, "received_on": "1 juni 2025", "why": "x"})
    assert "al geëvalueerd vóór deze ontvangstdatum" in text(answer)


def test_the_facts_of_a_plan_are_changed_once_at_a_time(eva: Client) -> None:
    plan = plan_for()
    place = f"/actieplannen/{plan.slug}/bewerken/"
    mine, theirs = opened(eva, place), opened(eva, place)
    person(name="Piet").post(place, {**theirs, "title": "Nieuwe titel"})
    answer = eva.post(place, {**mine, "title": "Mijn titel"})
    assert answer.status_code == 400
    assert "Twee teksten naast elkaar" in text(answer)
    again = dict(re.findall(r'name="(edition)" value="(\w+)"', answer.content.decode()))
    eva.post(place, {**mine, **again, "title": "Mijn titel", "adopted_on": "najaar 2023"})
    plan.refresh_from_db()
    assert (plan.title, str(plan.adopted_on)) == ("Mijn titel", "najaar 2023")
    assert "Er is niets gewijzigd" in text(eva.post(place, opened(eva, place), follow=True))
    assert "ligt vóór het begin" in text(
        eva.post(place, {**opened(eva, place), "period_from": "2026", "period_until": "2024"})
    )


def test_a_plan_can_stand_for_another_too_and_never_for_nobody(eva: Client) -> None:
    plan, other = plan_for(), signed("Zuidstad").signature
    place = f"/actieplannen/{plan.slug}/"
    assert "ook daarvoor" in text(eva.post(f"{place}ook-voor/", {"signatures": "Zuidstad"}, follow=True))
    assert "geldt al" in text(eva.post(f"{place}ook-voor/", {"signatures": "Zuidstad"}, follow=True))
    assert "Haal weg" in text(eva.get(place))
    first: Any = plan.signatures.exclude(pk=other.pk).get()
    for signature in (first, first, other):
        away = f"{place}niet-voor/{signature.manifest.slug}/{signature.slug}/"
        answer = eva.post(away, follow=True)
    assert "minstens één handtekening" in text(answer)
    assert plan.signatures.get() == other


def test_ambitions_are_set_per_theme_or_left_open(eva: Client) -> None:
    plan = plan_for()
    signature: Any = plan.signatures.get()
    manifest = signature.manifest
    climate = ThemeFactory(manifest=manifest, slug="klimaat", name="Klimaat")
    ThemeFactory(manifest=manifest, slug="circulair", name="Circulair")
    StepFactory(manifest=manifest, number=4, name="Borging")
    AmbitionFactory(plan=plan, theme=climate, step=2)
    place = f"/actieplannen/{plan.slug}/ambities/"
    assert "4 Borging" in text(eva.get(place))
    answer = eva.post(place, {**opened(eva, place), "klimaat": "4"}, follow=True)
    assert "De ambities zijn bewaard" in text(answer)
    assert "niet bepaald" in text(answer)
    assert dict(plan.ambitions.values_list("theme__slug", "step")) == {"klimaat": 4, "circulair": None}
    assert "niets gewijzigd" in text(eva.post(place, opened(eva, place), follow=True))
    assert eva.post(place, {**opened(eva, place), "klimaat": "6"}).status_code == 400


def with_file(plan: ActionPlan, client: Client) -> str:
    client.post(
        f"/actieplannen/{plan.slug}/versies/nieuw/", {"received_on": "1 juni 2023", "file": sent(pdf())}
    )
    return f"/actieplannen/{plan.slug}/versies/1/bestand/"


def test_a_file_is_downloaded_by_who_may_read_the_plan_and_by_nobody_else(eva: Client) -> None:
    covered = signed("Aardorp")
    plan = ActionPlanFactory.covering(covered.signature)
    place = with_file(plan, eva)
    answer = person(Role.READER).get(place)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined] # a FileResponse
    assert answer["Content-Disposition"].startswith("attachment")
    assert eva.get(f"{place}?bekijken")["Content-Disposition"].startswith("inline")
    contact = person(Role.CONTACT, "Cor")
    assert contact.get(place).status_code == 404
    Representative.objects.create(
        user_id=contact.session["_auth_user_id"],
        organisation=covered.organisation,
        valid_from=date(2020, 1, 1),
    )
    assert contact.get(place).status_code == 200
    assert contact.get(f"/actieplannen/{plan.slug}/versies/nieuw/").status_code == 403


def test_a_file_that_was_not_scanned_is_kept_aside(eva: Client, settings: Settings) -> None:
    settings.UPLOADS_NEED_SCAN = True
    plan = plan_for()
    place = with_file(plan, eva)
    html = text(eva.get(f"/actieplannen/{plan.slug}/"))
    assert "wacht op de virusscan" in html
    assert place not in html
    assert eva.get(place).status_code == 409
    FileScan.objects.update(state=Scan.CLEAN)
    assert place in text(eva.get(f"/actieplannen/{plan.slug}/"))


def test_a_scan_says_that_it_cannot_be_searched(eva: Client) -> None:
    plan = plan_for()
    receipt = {"received_on": "1 juni 2023", "file": sent(pdf(text=""))}
    answer = eva.post(f"/actieplannen/{plan.slug}/versies/nieuw/", receipt, follow=True)
    assert "niet doorzoekbaar" in text(answer)
    assert "niet gescand" in text(answer)


def test_only_who_keeps_plans_sees_who_did_what(eva: Client) -> None:
    plan = plan_for()
    with_file(plan, eva)
    assert "Eva Beoordelaar" in text(eva.get(f"/actieplannen/{plan.slug}/"))
    assert "Eva Beoordelaar" not in text(person(Role.READER, "Lia").get(f"/actieplannen/{plan.slug}/"))


def test_the_page_of_a_plan_asks_as_much_with_many_versions(eva: Client) -> None:
    plan = plan_for()
    plan.signatures.add(SignatureFactory())
    counts = []
    for versions in (1, 8):
        while plan.versions.count() < versions:
            PlanVersionFactory(plan=plan)
        eva.get(f"/actieplannen/{plan.slug}/")
        with CaptureQueriesContext(connection) as queries:
            eva.get(f"/actieplannen/{plan.slug}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
