"""What a page that saves by itself is answered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string

from mvi_portal.core import autosave
from mvi_portal.core.editing import EditedForm


class NoteForm(EditedForm):
    text = forms.CharField(label="Tekst", required=False, max_length=20)
    page = forms.IntegerField(label="Bladzijde", required=False)
    done = forms.BooleanField(label="Klaar", required=False)


class Desk:
    """A note that is stored, and what a browser does with it."""

    def __init__(self) -> None:
        self.stored: dict[str, Any] = {"text": "eerste", "page": 3, "done": True}
        self.edition = self.form().current

    def form(self, data: QueryDict | None = None) -> NoteForm:
        return NoteForm(data, initial=dict(self.stored))

    def sends(self, save: Any = None, **typed: str) -> tuple[int, dict[str, Any]]:
        data = QueryDict(mutable=True)
        for name, value in {"edition": self.edition, **typed}.items():
            data[name] = value
        answer = autosave.saved(self.form(data), save or self.stored.update, self.form)
        told = json.loads(answer.content)
        self.edition = told.get("edition", self.edition)
        return answer.status_code, told


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_is_typed_is_stored_and_typing_goes_on(desk: Desk) -> None:
    assert desk.sends(text="tweede", page="4")[0] == 200
    assert desk.stored == {"text": "tweede", "page": 4, "done": False}
    assert desk.sends(text="derde", page="4")[0] == 200
    assert desk.stored["text"] == "derde"


def test_what_is_not_valid_is_told_and_the_rest_is_stored(desk: Desk) -> None:
    status, told = desk.sends(text="tweede", page="vier", done="on")
    assert status == 200
    assert desk.stored == {"text": "tweede", "page": 3, "done": True}
    assert told["errors"] == [{"name": "page", "label": "Bladzijde", "message": "Voer een geheel getal in."}]


def test_who_saves_second_gets_both_texts_and_nothing_is_stored(desk: Desk) -> None:
    desk.stored.update(text="van de ander", page=None)
    status, told = desk.sends(text="van mij", page="3", done="on")
    assert status == 409
    assert desk.stored["text"] == "van de ander"
    assert told["conflicts"] == [
        {
            "name": "text",
            "label": "Tekst",
            "theirs": "van de ander",
            "mine": "van mij",
            "value": ["van de ander"],
        },
        {"name": "page", "label": "Bladzijde", "theirs": "–", "mine": "3", "value": [""]},
    ]
    assert desk.sends(text="van mij", page="3", done="on")[0] == 200
    assert desk.stored["text"] == "van mij"


def test_a_tick_is_given_back_as_a_browser_sends_it(desk: Desk) -> None:
    desk.stored["done"] = False
    _status, told = desk.sends(text="eerste", page="3", done="on")
    assert [(item["name"], item["value"]) for item in told["conflicts"]] == [("done", [])]


def test_what_the_service_refuses_is_said(desk: Desk) -> None:
    def refuse(_given: dict[str, Any]) -> None:
        raise ValidationError("De evaluatie is al ingediend.")

    status, told = desk.sends(save=refuse, text="tweede")
    assert status == 422
    assert told["errors"][0]["message"] == "De evaluatie is al ingediend."


def test_the_answer_can_tell_the_page_more(desk: Desk) -> None:
    form = desk.form(QueryDict(f"edition={desk.edition}&text=x"))
    answer = autosave.saved(form, desk.stored.update, desk.form, lambda: {"filled": 1})
    assert json.loads(answer.content)["filled"] == 1


def test_a_page_has_a_place_where_its_state_is_told_politely() -> None:
    html = render_to_string("_components/autosave.html")
    assert 'role="status"' in html
    assert "data-autosave-login hidden" in html
