"""The page of components shows each of them, in each state."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
STATES = (
    *('aria-sort="ascending"', 'aria-sort="descending"', 'aria-sort="none"', "Niets gevonden."),
    *("Pagina 1 van 3", "Pagina 2 van 3", "Pagina 3 van 3"),
    *("<span>minstens</span>", "<span>zo&#x27;n</span>", "9 meer dan een jaar eerder"),
    *("anders gemeten", "Geschiedenis (2)", "Geschiedenis (0)", "Hier is nog niets gewijzigd."),
    *('aria-current="true"', 'aria-current="page"', "<legend>Antwoord</legend>", 'type="radio"'),
    *("Fase 1</legend>", "Fase 2 (nieuw)</legend>", "Deze regel staat er al.", "Haal deze regel weg"),
    *("Volg niet meer", ">Volg<", "Altijd de stand van vandaag", 'list="organisaties"'),
    *("mvi-notice--success", "mvi-notice--info", "mvi-notice--warning", "mvi-notice--error"),
)


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(ActorFactory())
    return client


def test_no_component_is_left_out(reader: Client) -> None:
    pieces = {str(piece.relative_to(TEMPLATES)) for piece in TEMPLATES.glob("**/_components/*.html")}
    shown = {template.name for template in reader.get("/componenten/").templates}
    assert pieces - shown == set()


def test_each_stands_there_in_its_states(reader: Client) -> None:
    page = reader.get("/componenten/").text
    assert [state for state in STATES if state not in " ".join(page.split())] == []


def test_the_editor_stands_there_with_a_fault_when_asked(reader: Client) -> None:
    fault = 'id="id_text_error"'
    assert fault not in reader.get("/componenten/").text
    assert fault in reader.get("/componenten/?editor=fout").text


@pytest.mark.parametrize(
    ("how", "status"),
    [("bewaard", 200), ("deels", 200), ("verschil", 409), ("uitgelogd", 401), ("mislukt", 503)],
)
def test_a_draft_is_answered_in_each_way_and_nothing_is_saved(reader: Client, how: str, status: int) -> None:
    answer = reader.post(f"/componenten/bewaren/{how}/", {"tekst": "Mijn tekst"})
    assert answer.status_code == status
    assert [both["mine"] for both in answer.json().get("conflicts", [])] in ([], ["Mijn tekst"])


def test_another_way_is_not_there(reader: Client) -> None:
    assert reader.post("/componenten/bewaren/anders/").status_code == 404
