"""Recording, correcting and removing facts of line D: the same three pages for each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from monitoring import services
from monitoring.forms import FactForm
from monitoring.naming import shortened
from monitoring.views.lists import crumbs
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.addresses import address_of
from mvi_portal.core.slugs import free_slug
from mvi_portal.core.templatetags.mvi import keep
from signatories.forms.fields import reason
from signatories.views.keeping import NOTHING, accepted, keeper, typed

GO_ON = "verder"  # the button that saves and stays


@dataclass(frozen=True)
class Noun:
    """A kind of fact: the word in its addresses, its form, and what it is called, one and in a list."""

    name: str
    form: type[FactForm]
    one: str
    many: str
    key: str = "slug"  # what names a row in its address
    stays: Callable[[Any], str] = lambda _fact: ""  # in a Dutch sentence, why a row cannot be removed

    @property
    def model(self) -> type[models.Model]:
        found: type[models.Model] = self.form._meta.model
        return found

    @property
    def address_of_new(self) -> str:
        return address_of(f"monitoring:{self.name}-new")

    def address(self, page: str, fact: Any) -> str:
        return address_of(f"monitoring:{self.name}-{page}", getattr(fact, self.key))


class RemoveForm(Form):
    why = reason()


def pages(place: str, noun: Noun) -> list[URLPattern]:
    """The addresses on which one kind of fact is kept; "nieuw" stands before any key."""
    key = f"<{'slug' if noun.key == 'slug' else 'int'}:key>"
    views = (
        (f"{place}/nieuw/", _new, "new"),
        (f"{place}/{key}/wijzigen/", _edit, "edit"),
        (f"{place}/{key}/verwijderen/", _remove, "remove"),
    )
    return [path(where, partial(view, noun=noun), name=f"{noun.name}-{page}") for where, view, page in views]


@require_http_methods(["GET", "HEAD", "POST"])
def _new(request: HttpRequest, noun: Noun) -> HttpResponse:
    by = keeper(request)
    form = noun.form(typed(request), instance=noun.model())

    def save(_given: dict[str, Any]) -> None:
        fact: Any = form.instance
        if noun.key == "slug":
            fact.slug = free_slug(noun.model._default_manager.all(), str(_called(fact)))
        _keep(form, by)

    if accepted(form, save):
        messages.success(request, f"Vastgelegd: {_called(form.instance)}.")
        return redirect(_after(request, noun, form.instance))
    title = capfirst(f"{noun.one} vastleggen")
    return _answer(request, form, noun, title=title, button="Leg vast", back=_list(request, noun))


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def _edit(request: HttpRequest, key: str, noun: Noun) -> HttpResponse:
    by, fact = keeper(request), _locked(noun, key)
    form = noun.form(typed(request), instance=fact)
    if form.is_bound and form.is_valid() and not form.has_changed():
        messages.info(request, NOTHING)
        return redirect(_after(request, noun, fact))
    if accepted(form, lambda _given: _keep(form, by)):
        messages.success(request, "De wijzigingen zijn bewaard.")
        return redirect(_after(request, noun, fact))
    title = capfirst(f"{noun.one} wijzigen")
    back = keep(request, noun.address("detail", fact))
    changes = change_lines(fact)
    return _answer(request, form, noun, title=title, button="Bewaar", back=back, changes=changes, fact=fact)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def _remove(request: HttpRequest, key: str, noun: Noun) -> HttpResponse:
    by, fact = keeper(request), _locked(noun, key)
    if because := noun.stays(fact):
        messages.error(request, f"{because} Daarom kan dit {noun.one} niet weg.")
        return redirect(keep(request, noun.address("detail", fact)))
    form = RemoveForm(typed(request))
    if accepted(form, lambda given: services.remove_fact(fact=fact, by=by, why=given["why"])):
        messages.success(request, f"Verwijderd: {_called(fact)}. In de geschiedenis blijft het bewaard.")
        return redirect(_list(request, noun))
    title = capfirst(f"{noun.one} verwijderen")
    back = keep(request, noun.address("detail", fact))
    return _answer(request, form, noun, title=title, button="Verwijder", back=back, intro=_doubt(fact))


def _doubt(fact: models.Model) -> str:
    return (
        f"U verwijdert “{_called(fact)}”, met alles wat eronder staat. Doe dat alleen als het er nooit had "
        "moeten staan: is er iets veranderd, wijzig het dan."
    )


def _locked(noun: Noun, key: str) -> Any:
    rows = noun.model._default_manager.select_for_update(of=("self",))
    return get_object_or_404(rows, **{noun.key: key})


def _keep(form: FactForm, by: User) -> None:
    kept, dropped = form.saved_rows()
    why = form.cleaned_data.get("why", "")
    services.keep_fact(fact=form.instance, kept=kept, dropped=dropped, by=by, why=why)


def _called(fact: Any) -> str:
    """In a line, for a title or a key."""
    text = str(getattr(fact, "headline", None) or getattr(fact, "text", None) or fact)
    return shortened(text, 80)


def _list(request: HttpRequest, noun: Noun) -> str:
    return keep(request, address_of(f"monitoring:{noun.name}-list"))


def _after(request: HttpRequest, noun: Noun, fact: models.Model) -> str:
    return keep(request, noun.address("edit" if GO_ON in request.POST else "detail", fact))


def _answer(
    request: HttpRequest,
    form: BaseForm,
    noun: Noun,
    *,
    title: str,
    button: str,
    back: str,
    intro: str = "",
    changes: object = None,
    fact: Any = None,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "button": button,
        "intro": intro,
        "back": back,
        "changes": changes,
        "remove_url": keep(request, noun.address("remove", fact)) if fact and not noun.stays(fact) else "",
        "crumbs": crumbs(request, (noun.many, f"monitoring:{noun.name}-list"), (title, "")),
    }
    failed = form.is_bound and request.method == "POST"
    return render(request, "monitoring/fact_form.html", context, status=400 if failed else 200)


def adding(request: HttpRequest, noun: Noun) -> dict[str, Any]:
    """For a list: the way to record one more, for who may."""
    if not may(reader(request), Action.KEEP_REGISTER):
        return {}
    return {"new_url": keep(request, noun.address_of_new), "new_label": f"Leg een {noun.one} vast"}


def keeping(request: HttpRequest, noun: Noun, fact: Any) -> dict[str, Any]:
    """For the page of a fact: the way to change it and its history, for who may."""
    if not may(reader(request), Action.KEEP_REGISTER):
        return {}
    return {"edit_url": keep(request, noun.address("edit", fact)), "changes": change_lines(fact)}
