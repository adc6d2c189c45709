"""manage.py import_tooi: what it says, and how it ends."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from signatories.models import Organisation
from tests.signatories.registers import event, municipality, province, write

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_tooi", *map(str, arguments), stdout=out)
    return out.getvalue()


def run_json(*arguments: object) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return result


@pytest.fixture
def first(tmp_path: Path) -> Path:
    nodes = [municipality("gm0001", "Oud"), municipality("gm0002", "Stad"), municipality("gm0003", "Dorp")]
    return write(tmp_path, province(), *nodes, name="eerste.json")


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        province(),
        municipality("gm0001", "Oud", end="2026-12-31"),
        municipality("gm0002", "Nieuwe Stad"),
        municipality("gm0003", "Dorp", sort_name="dorpe"),
        event("Uitbreiding", "2027-01-01", gone=["gm0001"], used=["gm0002"]),
        name="tweede.json",
        version="6",
        seen_on="2027-02-01",
    )


def test_the_first_time_everything_is_added(first: Path) -> None:
    head, *rest = run(first).splitlines()
    assert head.startswith(
        "eerste.json: Register klein, versie 5, zichtdatum 29 januari 2026; 4 organisaties, "
    )
    assert head.endswith("waarvan 4 op die dag bestaan, en 0 gebeurtenissen.")
    assert rest == [
        "",
        "Toegevoegd: 4",
        "  pv26 Utrecht",
        "  gm0001 Oud",
        "  gm0002 Stad",
        "  gm0003 Dorp",
        "",
        "Alles is opgeslagen.",
    ]


def test_a_dry_run_tells_what_would_change_and_stores_nothing(first: Path, second: Path) -> None:
    run(first)
    said = run("--dry-run", second).splitlines()[2:]
    assert said == [
        "Hernoemd: 1",
        "  gm0002 Stad → Nieuwe Stad, vanaf 1 februari 2027",
        "",
        "Opgegaan in een ander (nog te bevestigen): 1",
        "  gm0001 Oud → gm0002 Nieuwe Stad, uitbreiding op 1 januari 2027",
        "",
        "Geëindigd: 1",
        "  gm0001 Oud, op 31 december 2026",
        "",
        "Verbeterd: 1",
        "  gm0003 naam: gemeente Dorp (dorp) → gemeente Dorp (dorpe)",
        "",
        "Dit zou er veranderen. Er is niets opgeslagen.",
    ]
    assert not Organisation.objects.filter(valid_until__isnull=False).exists()


def test_json_tells_all_of_it(first: Path, second: Path) -> None:
    run(first)
    told = run_json(second)
    assert told == {
        "dry_run": False,
        "changed": True,
        "files": [
            {
                "file": "tweede.json",
                "title": "Register klein",
                "version": "6",
                "view_date": "2027-02-01",
                "organisations": 4,
                "current": 3,
                "events": 1,
            }
        ],
        "added": [],
        "renamed": [{"key": "gm0002", "before": "Stad", "after": "Nieuwe Stad", "on": "2027-02-01"}],
        "merged": [
            {"predecessor": "gm0001", "successor": "gm0002", "event": "extension", "on": "2027-01-01"}
        ],
        "ended": [{"key": "gm0001", "name": "Oud", "on": "2026-12-31"}],
        "corrected": [
            {
                "key": "gm0003",
                "what": "naam",
                "before": "gemeente Dorp (dorp)",
                "after": "gemeente Dorp (dorpe)",
            }
        ],
        "remarks": [],
    }


def test_a_second_time_says_that_nothing_changes(first: Path) -> None:
    added = run_json(first)["added"]
    assert added[0] == {"key": "pv26", "name": "Utrecht", "kind": "province"}
    assert run(first).splitlines()[-1] == "Er verandert niets: alles staat al zo in het register."
    told = run_json(first)
    assert (told["changed"], told["added"]) == (False, [])


def test_a_long_list_is_cut_short_for_people_only(tmp_path: Path) -> None:
    path = write(tmp_path, province(), *(municipality(f"gm{n:04}", f"Stad {n}") for n in range(30)))
    assert "  … en nog 11; met --json staan ze er allemaal." in run("--dry-run", path).splitlines()
    assert len(run_json("--dry-run", path)["added"]) == 31


def test_what_needs_a_look_is_told(tmp_path: Path) -> None:
    odd = {"@id": "x", "@type": []}
    path = write(tmp_path, municipality("gm0001", "Oud"), odd)
    said = run("--dry-run", path).splitlines()
    assert "Let op: 2" in said
    assert "  klein.json: 1 × zonder @type overgeslagen: deze soort kent de import niet." in said
    assert len(run_json("--dry-run", path)["remarks"]) == 2


def test_a_wrong_file_ends_in_an_error_that_says_so(first: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "fout.json"
    wrong.write_text('{"naam": "iets anders"}', encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        run(first, wrong)
    assert str(caught.value).splitlines() == [
        "fout.json: dit is geen TOOI-register: er staat geen lijst met knopen in.",
        "Er is niets opgeslagen.",
    ]
    assert caught.value.returncode == 1
    assert not Organisation.objects.exists()
