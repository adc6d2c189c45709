"""The official registers from the browser: a dry run, and then all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mvi_portal.files.models import Upload
from mvi_portal.history.reading import changes_of
from signatories import importing
from signatories.forms import imports as forms
from signatories.models import ImportState, Organisation, OrganisationName, RegisterImport, Succession
from tests.factories.signatories import RegisterImportFactory, SignatoryFactory
from tests.official import REGISTERS, needs_registers
from tests.signatories.keeping import secretariat, text
from tests.signatories.registers import event, municipality, province, write

pytestmark = pytest.mark.django_db
LIST = "/organisaties/register-bijwerken/"


@pytest.fixture
def keeper() -> Client:
    return secretariat()


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        province(),
        municipality("gm0001", "Oud-Noord", end="2022-12-31"),
        municipality("gm0002", "Oud-Zuid", end="2022-12-31"),
        municipality("gm0003", "Nieuwstad", begin="2023-01-01"),
        event("Samenvoeging", "2023-01-01", gone=["gm0001", "gm0002"], made=["gm0003"]),
    )


def upload(client: Client, *contents: bytes | Path) -> Any:
    files = [
        SimpleUploadedFile(item.name, item.read_bytes())
        if isinstance(item, Path)
        else SimpleUploadedFile("gemeenten.json", item)
        for item in contents
    ]
    return client.post(LIST, {"registers": files})


def folder(within: Path, name: str) -> Path:
    made = within / name
    made.mkdir()
    return made


def snapshot() -> list[tuple[object, ...]]:
    models = (Organisation, OrganisationName, Succession)
    return [row for model in models for row in model.objects.order_by("pk").values_list()]


def test_first_what_changes_is_shown_and_then_it_is_accepted(keeper: Client, register: Path) -> None:
    answer = upload(keeper, register)
    assert answer.status_code == 302
    page = text(keeper.get(answer["Location"]))
    assert "Er is nog niets veranderd." in page
    assert "4 toegevoegd, 2 opgegaan in een andere." in page
    assert "Nieuwstad" in page
    assert not Organisation.objects.exists()
    done = keeper.post(f"{answer['Location']}verwerken/")
    assert done.status_code == 302
    assert Organisation.objects.filter(key="gm0003").exists()
    assert Succession.objects.undecided().count() == 2
    pending = RegisterImport.objects.get()
    assert pending.state == ImportState.ACCEPTED
    change = changes_of(Organisation.objects.get(key="gm0003"))[0]
    assert change.user == pending.uploaded_by.pk
    assert "Besloten door" in text(keeper.get(answer["Location"]))


def test_a_second_import_changes_nothing(keeper: Client, register: Path) -> None:
    keeper.post(f"{upload(keeper, register)['Location']}verwerken/")
    before = snapshot()
    answer = upload(keeper, register)
    assert answer["Location"] == LIST
    assert "Er verandert niets: alles staat al zo in het register." in text(keeper.get(LIST))
    assert snapshot() == before
    assert RegisterImport.objects.count() == 1


def test_after_a_merger_the_proposals_are_shown(keeper: Client, register: Path, tmp_path: Path) -> None:
    first = write(folder(tmp_path, "eerst"), province(), municipality("gm0001", "Oud-Noord"))
    keeper.post(f"{upload(keeper, first)['Location']}verwerken/")
    SignatoryFactory(organisation=Organisation.objects.get(key="gm0001"))
    answer = upload(keeper, register)
    done = keeper.post(f"{answer['Location']}verwerken/")
    assert done["Location"] == "/herindelingen/"
    assert "Oud-Noord → Nieuwstad" in text(keeper.get("/herindelingen/"))


def test_pressing_twice_keeps_one_import_and_writes_once(keeper: Client, register: Path) -> None:
    first, second = upload(keeper, register), upload(keeper, register)
    assert first["Location"] == second["Location"]
    accept = f"{first['Location']}verwerken/"
    assert [keeper.post(accept).status_code for _ in range(2)] == [302, 302]
    assert "Hierover is al besloten." in text(keeper.get(first["Location"]))
    assert Organisation.objects.count() == 4


def test_when_the_register_changed_meanwhile_nothing_is_written_and_it_is_shown_anew(
    keeper: Client, register: Path, tmp_path: Path
) -> None:
    address = upload(keeper, register)["Location"]
    other = write(folder(tmp_path, "anders"), province())
    keeper.post(f"{upload(keeper, other)['Location']}verwerken/")
    assert keeper.post(f"{address}verwerken/")["Location"] == address
    page = text(keeper.get(address))
    assert "Het register is intussen gewijzigd." in page
    assert "3 toegevoegd" in page
    assert Organisation.objects.get().key == "pv26"
    keeper.post(f"{address}verwerken/")
    assert Organisation.objects.count() == 4


def test_a_list_of_imports_that_is_cut_says_so(keeper: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LATEST", 2)
    RegisterImportFactory.create_batch(2)
    assert "Eerdere bijwerkingen</caption>" in text(keeper.get(LIST))
    RegisterImportFactory()
    assert "Eerdere bijwerkingen, de laatste 2</caption>" in text(keeper.get(LIST))


def test_what_waits_can_be_thrown_away(keeper: Client, register: Path) -> None:
    address = upload(keeper, register)["Location"]
    assert keeper.post(f"{address}weggooien/")["Location"] == LIST
    assert "Weggegooid." in text(keeper.get(LIST))
    assert RegisterImport.objects.get().state == ImportState.DISCARDED
    assert keeper.post(f"{address}weggooien/").status_code == 302
    assert keeper.post(f"{address}verwerken/").status_code == 302
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'[{"@id": "x",]', "gemeenten.json: dit is geen geldige JSON (regel 1, teken"),
        (b"{}", "gemeenten.json: dit is geen TOOI-register"),
        (b"PK\x03\x04\xff\xfe", "gemeenten.json: dit bestand is geen tekst in UTF-8 (byte 4)"),
        (b"", "leeg"),
    ],
)
def test_a_wrong_file_is_told_with_its_place_and_nothing_is_kept(
    keeper: Client, content: bytes, told: str
) -> None:
    answer = upload(keeper, content)
    assert answer.status_code == 400
    assert told in text(answer)
    assert not RegisterImport.objects.exists()


def test_of_several_files_only_the_bad_one_is_chosen_again(keeper: Client, register: Path) -> None:
    answer = upload(keeper, register, b"{}")
    assert answer.status_code == 400
    (kept,) = Upload.objects.all()
    assert kept.filename == register.name
    assert f'name="registers-token" value="{kept.token}"' in text(answer)
    again = keeper.post(LIST, {"registers-token": str(kept.token)})
    assert again.status_code == 302
    assert RegisterImport.objects.get().files.get().name == register.name
    assert not Upload.objects.exists()
    assert "niet meer bewaard" in text(keeper.post(LIST, {"registers-token": str(kept.token)}))


def test_a_kept_file_can_go_or_make_way_and_is_no_one_elses(keeper: Client, register: Path) -> None:
    upload(keeper, register, b"{}")
    token = str(Upload.objects.get().token)
    assert "niet meer bewaard" in text(secretariat().post(LIST, {"registers-token": [token, "x"]}))
    newer = SimpleUploadedFile(register.name, b"[")
    assert keeper.post(LIST, {"registers-token": token, "registers": newer}).status_code == 400
    assert not Upload.objects.exists()
    upload(keeper, register, b"{}")
    token = str(Upload.objects.get().token)
    assert keeper.post(LIST, {"registers-token": token, "registers-weg": token}).status_code == 400
    assert not Upload.objects.exists()


def test_every_wrong_node_is_told(keeper: Client, tmp_path: Path) -> None:
    wrong = write(
        tmp_path,
        municipality("gm0001", "Oud-Noord", end="2022-02-31"),
        municipality("xx1", "Vreemd"),
    )
    page = text(upload(keeper, wrong))
    assert "knoop gm0001, veld einddatum: “2022-02-31” is geen datum." in page
    assert "knoop xx1" in page


def test_no_file_too_many_and_too_large_are_told(keeper: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keeper.post(LIST, {}).status_code == 400
    assert "hooguit 10 bestanden" in text(upload(keeper, *[b"[]"] * 11))
    monkeypatch.setattr(forms, "LARGEST", 1)
    assert "gemeenten.json is groter dan" in text(upload(keeper, b"[]"))


def test_the_export_holds_every_change(keeper: Client, register: Path) -> None:
    address = upload(keeper, register)["Location"]
    told = keeper.get(f"{address}export.csv").content.decode("utf-8-sig")
    assert "toegevoegd;gm0003;Nieuwstad" in told
    assert "samenvoeging;gm0001;;;gm0003;1 januari 2023" in told


@needs_registers
def test_the_official_registers_come_in_at_once_and_then_change_nothing(keeper: Client) -> None:
    answer = upload(keeper, *REGISTERS)
    page = text(keeper.get(answer["Location"]))
    assert "Register gemeenten compleet" in page
    assert "de eerste 100" in page
    keeper.post(f"{answer['Location']}verwerken/")
    assert Organisation.objects.filter(kind="municipality").count() == 605
    assert upload(keeper, *REGISTERS)["Location"] == LIST
