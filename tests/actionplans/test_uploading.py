"""Several plans at once: kept at once, guessed by name, confirmed by a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans import guessing
from actionplans.models import ActionPlan, PlanVersion
from mvi_portal.accounts.models import Role
from mvi_portal.files.models import Upload
from signatories.models import OrganisationName
from tests.actionplans.keeping import person, signed, text
from tests.documents import docx, pdf, sent
from tests.factories.actionplans import ActionPlanFactory
from tests.factories.signatories import OrganisationFactory, OrganisationNameFactory

pytestmark = pytest.mark.django_db
PLACE = "/actieplannen/uploaden/"
ON = date(2025, 1, 31)


@pytest.fixture
def eva() -> Client:
    return person()


def uploaded(client: Client, *files: Any, **headers: Any) -> Any:
    return client.post(PLACE, {"files": list(files)}, follow=True, **headers)


def confirm(client: Client, upload: Upload, **changed: Any) -> Any:
    form = {
        "plan": "nieuw",
        "title": "Actieplan Aardorp",
        "signatures": "Aardorp",
        "received_on": "1 juni 2023",
    }
    return client.post(f"{PLACE}{upload.token}/", {**form, **changed}, follow=True)


def test_several_files_are_kept_and_count_for_nothing_yet(eva: Client) -> None:
    answer = uploaded(eva, sent(pdf(), "Aardorp.pdf"), sent(docx(), "Zuidstad.docx"))
    assert "Bevestig nu per bestand" in text(answer)
    assert list(Upload.objects.values_list("filename", "expires_at").order_by("pk")) == [
        ("Aardorp.pdf", None),
        ("Zuidstad.docx", None),
    ]
    assert not PlanVersion.objects.exists()
    assert "Bevestig Aardorp.pdf" in text(person(Role.SECRETARIAT, "Sofie").get(PLACE))


def test_a_bad_file_is_named_and_the_others_are_kept(eva: Client) -> None:
    answer = uploaded(eva, sent(pdf(), "Aardorp.pdf"), sent(b"<html>", "kaart.html"))
    assert answer.status_code == 400
    assert "kaart.html: Dit is geen bestand dat we kunnen aannemen" in text(answer)
    assert "1 van de bestanden is wel bewaard" in text(answer)
    assert Upload.objects.get().filename == "Aardorp.pdf"
    assert "Kies een of meer bestanden" in text(uploaded(eva))


def test_the_same_file_twice_waits_once(eva: Client) -> None:
    uploaded(eva, sent(pdf(), "Aardorp.pdf"))
    uploaded(eva, sent(pdf(), "Aardorp (1).pdf"))
    assert Upload.objects.get().filename == "Aardorp.pdf"


def test_the_script_gets_its_answer_file_by_file(eva: Client) -> None:
    as_script = {"HTTP_ACCEPT": "application/json"}
    assert uploaded(eva, sent(pdf(), "Aardorp.pdf"), **as_script).json() == {
        "message": "Aardorp.pdf: bewaard."
    }
    bad = uploaded(eva, sent(b"", "leeg.pdf"), **as_script)
    assert bad.status_code == 400
    assert uploaded(eva, **as_script).status_code == 400


def test_what_waits_is_a_task_of_who_brought_it(eva: Client) -> None:
    uploaded(eva, sent(pdf(), "Aardorp.pdf"))
    assert "Bevestig van wie “Aardorp.pdf” is" in text(eva.get("/"))
    uploaded(eva, sent(docx(), "b.docx"))
    assert "Bevestig van wie 2 geüploade actieplannen zijn" in text(eva.get("/"))
    assert "Bevestig van wie" not in text(person(Role.SECRETARIAT, "Sofie").get("/"))


def test_a_person_confirms_whose_plan_it_is(eva: Client) -> None:
    signed("Aardorp")
    uploaded(eva, sent(pdf(text=""), "Actieplan MVOI gemeente Aardorp 2024 def.pdf"))
    upload = Upload.objects.get()
    html = text(eva.get(f"{PLACE}{upload.token}/"))
    assert "Volgens de bestandsnaam is het van" in html
    assert "Aardorp</a>" in html
    assert "niet doorzoekbaar" in html
    answer = confirm(eva, upload)
    assert "staat nu bij Actieplan Aardorp" in text(answer)
    version = PlanVersion.objects.get()
    assert (version.filename, version.searchable) == ("Actieplan MVOI gemeente Aardorp 2024 def.pdf", False)
    assert not Upload.objects.exists()
    assert "al verwerkt" in text(confirm(eva, upload))


def test_it_can_be_a_new_version_of_a_plan_that_is_there(eva: Client) -> None:
    plan = ActionPlanFactory.covering(signed("Aardorp").signature, title="Plan van Aardorp")
    uploaded(eva, sent(pdf(), "Aardorp.pdf"), sent(docx(), "Aardorp 2.docx"))
    first, second = Upload.objects.order_by("pk")
    assert "Een nieuwe versie van Plan van Aardorp" in text(eva.get(f"{PLACE}{first.token}/"))
    assert "Wacht op bevestiging" in text(confirm(eva, first, plan=plan.slug))  # on to the next
    confirm(eva, second, plan=plan.slug)
    assert plan.versions.count() == 2
    uploaded(eva, sent(pdf(), "Aardorp weer.pdf"))
    known = text(eva.get(f"{PLACE}{Upload.objects.get().token}/"))
    assert "Dit bestand staat al bij" in known
    assert ActionPlan.objects.count() == 1
    told = text(confirm(eva, Upload.objects.get(), plan=plan.slug, received_on="2 juni 2023"))
    assert (
        "“Aardorp weer.pdf” stond al bij Plan van Aardorp, als versie 1. Er is niets dubbel bewaard" in told
    )
    assert "niet gewijzigd" in told
    assert "staat nu bij" not in told
    assert [str(version.received_on) for version in plan.versions.all()] == ["1 juni 2023"] * 2


def test_nothing_is_lost_when_the_confirmation_is_wrong(eva: Client) -> None:
    uploaded(eva, sent(pdf(), "onbekend.pdf"))
    upload = Upload.objects.get()
    assert "zegt niet van wie het is" in text(eva.get(f"{PLACE}{upload.token}/"))
    answer = confirm(eva, upload, title="", signatures="", adopted_on="1 mei 2060")
    for told in ("Schrijf voor wie", "Geef het nieuwe plan een titel", "toekomst"):
        assert told in text(answer)
    assert Upload.objects.get() == upload


def test_a_file_can_be_thrown_away_once(eva: Client) -> None:
    uploaded(eva, sent(pdf(), "fout.pdf"))
    place = f"{PLACE}{Upload.objects.get().token}/weggooien/"
    assert "is weggegooid" in text(eva.post(place, follow=True))
    assert "al verwerkt" in text(eva.post(place, follow=True))


def keys(filename: str) -> list[str]:
    return [item.key for item in guessing.organisations(filename, on=ON)]


def test_a_name_is_guessed_by_code_name_former_name_and_with_a_typing_error() -> None:
    heerlen = signed("Heerlen", organisation__key="gm0917").organisation
    OrganisationFactory(key="gm9999", called__name="Heerlerheide")
    assert keys("gm0917_plan.pdf") == ["gm0917"]
    assert keys("Actieplan_MVOI_Heerlen_2024-2026_def.pdf")[0] == heerlen.key
    assert keys("actieplan heelren college besluit.pdf")[:1] in ([], [heerlen.key])
    OrganisationName.objects.filter(organisation=heerlen).update(valid_from=date(2024, 1, 1))
    OrganisationNameFactory(
        organisation=heerlen, name="Oudenburg", sort_name="oudenburg", valid_until=date(2023, 12, 31)
    )
    assert keys("MVI-plan Oudenburg vastgesteld.docx") == [heerlen.key]
    OrganisationFactory(key="gm0000", called__name="Ede")
    assert keys("Ede.pdf") == ["gm0000"]
    assert keys("plan 2024.pdf") == []
    for number in ("01", "46"):
        signed(f"Proefgemeente {number}", organisation__key=f"proef-{number}")
    assert keys("Actieplan proefgemeente 46 def.pdf")[0] == "proef-46"
    assert keys("Iets heel anders xyz.pdf") == []


def test_who_signed_is_guessed_before_who_did_not() -> None:
    OrganisationFactory(called__name="Nieuwstad")
    signatory = signed("Nieuwstad aan Zee")
    assert keys("Nieuwstad.pdf")[0] == signatory.organisation.key


def test_a_file_name_makes_a_title() -> None:
    assert guessing.title("actieplan_aardorp__2024.pdf") == "Actieplan aardorp 2024"
