"""Choices are printed as Django prints them."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from mvi_portal.core.widgets import Renderer

GROUPED = [("", "alle"), ("Groep & co", [("1", "<een>"), ("2", "twee")]), ("3", "'s-Hertogenbosch")]


@pytest.mark.parametrize("value", ["", "2", "3"])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
def test_choices_are_printed_as_django_does(widget: type[forms.Select], value: Any) -> None:
    attrs = {"id": "soort", "required": True, "disabled": False, "class": 'a"b'}
    field = widget(attrs=attrs, choices=GROUPED)
    ours, django = (field.render("soort", value, renderer=made) for made in (Renderer(), DjangoTemplates()))
    assert parse_html(ours) == parse_html(django)


def test_no_choice_is_said_in_words() -> None:
    html = forms.Select(choices=[*BLANK_CHOICE_DASH, ("1", "een")]).render("soort", "", renderer=Renderer())
    assert '<option value="" selected>– kies –</option>' in html
