"""Manifests: kept, extended, ended; and who signed again."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mvi_portal.history.reading import changes_of
from signatories.models import Manifest, ManifestExtension, Signature
from tests.factories.signatories import (
    ActorFactory,
    ManifestExtensionFactory,
    ManifestFactory,
    OrganisationFactory,
    SignatoryFactory,
    SignatureFactory,
)
from tests.signatories.keeping import secretariat, send, text

pytestmark = pytest.mark.django_db
NEW, OLD = "/manifesten/nieuw-manifest/", "/manifesten/oud-manifest/"


@pytest.fixture
def keeper() -> Client:
    return secretariat()


@pytest.fixture
def old() -> Manifest:
    return ManifestFactory(
        slug="oud-manifest",
        name="Manifest 2016-2020",
        opened_on=date(2016, 12, 8),
        ended_on=date(2021, 1, 1),
    )


@pytest.fixture
def new(old: Manifest) -> Manifest:
    return ManifestFactory(
        slug="nieuw-manifest",
        name="Manifest 2022-2025",
        runs_until=date(2025, 12, 31),
        predecessor=old,
    )


def typed(**changed: str) -> dict[str, str]:
    return {
        "name": "Manifest 2026-2030",
        "slug": "mvoi-2026-2030",
        "opened_on": "1 mei 2026",
        "runs_until": "2030",
        "plan_term_months": "12",
        "citation": "Staatscourant 2026, 1234",
        **changed,
    }


def test_a_manifest_is_recorded_and_follows_another_without_its_signatures(
    keeper: Client, new: Manifest
) -> None:
    SignatoryFactory(signature__manifest=new)
    assert "mvoi" in text(keeper.get("/manifesten/nieuw/"))
    answer = keeper.post("/manifesten/nieuw/", typed(predecessor=str(new.pk)))
    assert answer["Location"] == "/manifesten/mvoi-2026-2030/"
    page = text(keeper.get(answer["Location"]))
    assert "0 handtekeningen van kracht" in page
    assert "Vorig manifest" in page
    assert "2030" in page
    assert not Signature.objects.filter(manifest__slug="mvoi-2026-2030").exists()
    assert changes_of(Manifest.objects.get(slug="mvoi-2026-2030"))[0].action == "manifest.registered"
    assert "Volgend manifest" in text(keeper.get(NEW))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"slug": "nieuw"}, "Deze sleutel is al in gebruik."),
        ({"slug": "oud-manifest"}, "Deze sleutel is al in gebruik."),
        ({"runs_until": "2020"}, "De looptijd eindigt vóór de eerste ondertekening."),
        ({"ended_on": "1 januari 2020"}, "Het manifest eindigt vóór de eerste ondertekening."),
        ({"plan_term_months": "0"}, "De termijn is minstens één maand."),
        ({"opened_on": "31 februari 2026"}, "31 februari 2026"),
    ],
)
def test_wrong_input_is_told_and_nothing_is_recorded(
    keeper: Client, old: Manifest, changed: dict[str, str], told: str
) -> None:
    answer = keeper.post("/manifesten/nieuw/", typed(**changed))
    assert answer.status_code == 400
    assert told in text(answer)
    assert Manifest.objects.get() == old


def test_a_manifest_does_not_follow_itself_by_a_detour(keeper: Client, old: Manifest, new: Manifest) -> None:
    answer = send(keeper, f"{OLD}bewerken/", predecessor=str(new.pk))
    assert answer.status_code == 400
    assert "Een manifest volgt niet zichzelf op" in text(answer)


def test_a_manifest_is_ended_and_its_signatures_no_longer_count(keeper: Client, new: Manifest) -> None:
    SignatoryFactory(signature__manifest=new)
    assert "1 handtekening van kracht" in text(keeper.get(NEW, {"peildatum": "2025-12-31"}))
    assert send(keeper, f"{NEW}bewerken/").status_code == 302
    assert send(keeper, f"{NEW}bewerken/", ended_on="1 januari 2026", why="Afgelopen").status_code == 302
    assert "0 handtekeningen van kracht" in text(keeper.get(NEW, {"peildatum": "2026-01-01"}))
    late = send(keeper, f"{NEW}bewerken/", ended_on="1 februari 2026", edition="oud")
    assert late.status_code == 400
    assert "Iemand anders heeft dit intussen gewijzigd." in text(late)


def test_an_extension_is_a_dated_fact_with_a_source(keeper: Client, new: Manifest) -> None:
    given = {"decided_on": "1 november 2025", "runs_until": "2026"}
    refused = keeper.post(f"{NEW}verlengen/", given)
    assert refused.status_code == 400
    assert "Zeg waar u dit vond" in text(refused)
    shorter = keeper.post(f"{NEW}verlengen/", {**given, "runs_until": "2025", "source": "x"})
    assert "Dit is geen verlenging" in text(shorter)
    assert keeper.post(f"{NEW}verlengen/", {**given, "source": "Besluit"}).status_code == 302
    again = keeper.post(f"{NEW}verlengen/", {**given, "source": "Besluit"})
    assert "Op deze dag is al een verlenging vastgelegd." in text(again)
    before, after = (text(keeper.get(NEW, {"peildatum": day})) for day in ("2025-10-31", "2025-11-01"))
    assert "Eerst afgesproken" not in before
    assert "Eerst afgesproken" in after


def test_an_extension_is_changed_and_removed(keeper: Client, new: Manifest) -> None:
    row = ManifestExtensionFactory(manifest=new)
    address = f"{NEW}verlengingen/{row.pk}/"
    assert send(keeper, address).status_code == 302
    assert send(keeper, address, runs_until="2027").status_code == 302
    row.refresh_from_db()
    assert str(row.runs_until) == "2027"
    assert "De verlenging tot en met 2027 gaat weg." in text(keeper.get(f"{address}verwijderen/"))
    keeper.post(f"{address}verwijderen/")
    assert not ManifestExtension.objects.exists()


def test_who_signed_again_and_who_did_not(client: Client, old: Manifest, new: Manifest) -> None:
    client.force_login(ActorFactory())
    for key, again in (("wel", True), ("niet", False)):
        row = SignatoryFactory(
            organisation=OrganisationFactory(key=key, called__name=key.title()),
            signature=SignatureFactory(manifest=old, signed_on=date(2017, 1, 1)),
        )
        if again:
            SignatoryFactory(organisation=row.organisation, signature__manifest=new)
    SignatoryFactory(signature__manifest=new)
    page = text(client.get(f"{NEW}opnieuw/"))
    assert "Van de 2 organisaties onder het Manifest 2016-2020 tekenden er 1" in page
    assert "nog niet" in page

    def keys(**query: str) -> list[str]:
        body = client.get(f"{NEW}opnieuw/export.csv", query).content.decode("utf-8-sig")
        rows = list(csv.reader(StringIO(body, newline=""), delimiter=";"))
        return [row[0] for row in rows[1 : rows.index([""])]]

    assert keys(opnieuw="ja") == ["wel"]
    assert keys(opnieuw="nee") == ["niet"]
    assert keys(zoek="niet") == ["niet"]
    assert keys(peildatum="2022-11-23", opnieuw="ja") == []
    assert client.get(f"{OLD}opnieuw/").status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_takes_as_many_queries_for_many(
    client: Client, old: Manifest, new: Manifest, many: int
) -> None:
    client.force_login(ActorFactory())
    for _ in range(many):
        SignatoryFactory(signature__manifest=old)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{NEW}opnieuw/")
    assert len(queries) == 6
    with CaptureQueriesContext(connection) as queries:
        client.get("/manifesten/")
    assert len(queries) == 4


def test_the_list_is_searched_and_exported_with_what_was_decided_by_the_day(
    client: Client, old: Manifest, new: Manifest
) -> None:
    client.force_login(ActorFactory())
    SignatoryFactory(signature__manifest=new)
    ManifestExtensionFactory(manifest=new, decided_on=date(2025, 6, 1), runs_until=date(2026, 6, 30))
    assert "Manifest 2016-2020" not in text(client.get("/manifesten/?zoek=2025"))
    assert "Manifest 2016-2020" in text(client.get("/manifesten/?zoek=mánifets"))
    export = client.get("/manifesten/export.csv", {"zoek": "2025", "peildatum": "2025-12-01"}).content
    (row,) = list(csv.DictReader(StringIO(export.decode("utf-8-sig")), delimiter=";"))[:1]
    assert (row["sleutel"], row["vorig manifest"]) == ("nieuw-manifest", "oud-manifest")
    assert (row["looptijd tot en met"], row["handtekeningen van kracht"]) == ("2026-06-30", "1")


def test_an_empty_register_says_so(client: Client) -> None:
    client.force_login(ActorFactory())
    assert "Er staat nog geen manifest in het register." in text(client.get("/manifesten/"))
