"""Who owes what: the plans that are not there yet by urgency, and what was agreed and asked about one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans import clockwork, reading, tables
from actionplans.filters import TermFilter
from actionplans.forms.terms import DelayForm, InquiryForm
from actionplans.models import Delay, Inquiry, owing_a_plan
from actionplans.services import terms
from actionplans.sorting import NamedList
from actionplans.views.common import Crumbs, facts, keeper, keeps_plans, list_crumbs, say
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.dates import long_date
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.templatetags.mvi import keep
from signatories.models import Signature
from signatories.together import headed, several
from signatories.views.keeping import NOTHING, accepted, answer, is_same, typed

page = require_http_methods(["GET", "HEAD", "POST"])


class TermList(NamedList):
    """A row for each signature that owes a plan on the day, the most urgent first."""

    noun = "Termijnen"
    template = "actionplans/term_list.html"
    columns = (
        Column("name", "Handtekening van", sort="naam"),
        Column("due", "Plan verwacht uiterlijk op", sort="termijn"),
        Column("left", "Tijd"),
        Column("state", "Stand"),
        Column("asked", "Laatst gevraagd", sort="gevraagd"),
        Column("answer", "Laatste bericht"),
    )
    sorts = {"naam": "sort_name_on_day", "termijn": "term_ends_on", "gevraagd": "last_asked_on"}
    default_sort = "termijn"
    then = ("sort_name_on_day", "slug")
    empty = "Geen termijnen gevonden die u mag zien. Zonder filters ziet u ze allemaal."
    header = (
        "handtekening",
        "organisaties",
        "ondertekend op",
        "termijn",
        "uitstel tot",
        "plan verwacht uiterlijk op",
        "stand",
        "laatst gevraagd op",
        "wat er bekend is",
        "demo",
    )
    export = "actionplans:term-export"
    meanings = {
        "handtekening": "De sleutel van de handtekening waarvoor het plan verschuldigd is.",
        "organisaties": "Wie onder de handtekening staan.",
        "ondertekend op": "Zo precies als bekend.",
        "termijn": "De dag waarop het plan er moest zijn, zonder uitstel.",
        "uitstel tot": "De aangekondigde nieuwe datum.",
        "plan verwacht uiterlijk op": "De termijn, of de dag van het aangekondigde uitstel.",
        "laatst gevraagd op": "Wanneer voor het laatst naar het plan is gevraagd.",
        "wat er bekend is": "Wat daarop is geantwoord.",
    }

    def rows(self) -> QuerySet[Any]:
        visible = reading.signatures(reader(self.request), today=timezone.localdate())
        return owing_a_plan(visible, on=self.on)

    def extra(self) -> dict[str, Any]:
        return {"crumbs": [*list_crumbs(self.request), (self.noun, "")]}

    def narrowed(self, rows: QuerySet[Any]) -> TermFilter:
        return TermFilter(self.request.GET, rows, on=self.on)

    def row(self, item: Any) -> Row:
        told = self.owed[item.pk]
        clock = told.clock
        address = self.link("actionplans:term-detail", told.manifest, told.slug)
        return Row(
            [
                Cell(several(told.names) or told.slug, address, tables.demo(told), "warn"),
                Cell(long_date(clock.ends_on)),
                Cell(clockwork.left(clock.ends_on, self.on)),
                tables.state_cell(clock.state),
                Cell(long_date(clock.asked_on) if clock.asked_on else ""),
                clockwork.answer_cell(clock),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        told = self.owed[item.pk]
        clock = told.clock
        return [
            told.natural,
            ", ".join(told.names),
            told.signed_on,
            clock.due_on,
            clock.delayed_until,
            clock.ends_on,
            clock.state.label,
            clock.asked_on,
            clock.answer.label,
            told.is_demo,
        ]


def of_reader(request: HttpRequest, manifest: str, slug: str) -> Signature:
    """404 for who may not see the signature."""
    rows = reading.signatures(reader(request), today=timezone.localdate()).select_related("manifest")
    return get_object_or_404(rows, manifest__slug=manifest, slug=slug)


def locked(request: HttpRequest, manifest: str, slug: str) -> Signature:
    """For a form that saves; who presses twice waits here."""
    found = of_reader(request, manifest, slug)
    keeper(request)
    return Signature.objects.select_related("manifest").select_for_update(of=("self",)).get(pk=found.pk)


def whose(signature: Signature, on: date) -> str:
    return headed(tables.names_under([signature], on)[signature.pk]) or signature.slug


def address(request: HttpRequest, signature: Signature) -> str:
    place = [signature.manifest.slug, signature.slug]
    return keep(request, reverse("actionplans:term-detail", args=place))


def crumbs(request: HttpRequest, signature: Signature) -> Crumbs:
    terms_page = ("Termijnen", keep(request, reverse("actionplans:term-list")))
    named = f"Termijn van {whose(signature, on_of(request))}"
    return [*list_crumbs(request), terms_page, (named, address(request, signature))]


@require_safe
def term_detail(request: HttpRequest, manifest: str, slug: str) -> HttpResponse:
    """The clock of one signature, with what was agreed and asked."""
    on, user = on_of(request), reader(request)
    signature = of_reader(request, manifest, slug)
    path, keeps = crumbs(request, signature), keeps_plans(user)
    delay = Delay.objects.filter(signature=signature).first()
    is_announced = delay is not None and delay.announced_on.last_day <= on
    context = {
        "title": path[-1][0],
        "signature": signature,
        "on": on,
        "keeps": keeps,
        "delay": delay,
        "is_announced": is_announced,
        **clockwork.told(signature, on, request),
        "inquiries": clockwork.inquiries(signature, on, request, keeps=keeps),
        "changes": change_lines(delay) if keeps and delay else [],
        "crumbs": [*path[:-1], (path[-1][0], "")],
    }
    return render(request, "actionplans/term_detail.html", context)


@page
@transaction.atomic
def delay_edit(request: HttpRequest, manifest: str, slug: str) -> HttpResponse:
    """Announcing the one delay, or correcting it."""
    signature = locked(request, manifest, slug)
    by, path = keeper(request), crumbs(request, signature)
    delay = Delay.objects.filter(signature=signature).first()
    form = DelayForm(typed(request), instance=delay or Delay(signature=signature))

    def save(given: dict[str, Any]) -> None:
        told = facts(given, "mistaken")
        if delay is None:
            terms.announce_delay(signature=signature, by=by, **told)
        elif given["mistaken"]:
            terms.take_back_delay(delay=delay, by=by, why=given["why"])
        else:
            terms.correct_delay(delay=delay, by=by, why=given["why"], **told)

    if delay and form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, save):
        messages.success(request, "Bewaard. De stand van de termijn klopt weer overal.")
        return redirect(path[-1][1])
    title = "Uitstel wijzigen" if delay else "Uitstel vastleggen"
    intro = "Een ondertekenaar kan één keer melden dat het actieplan later komt."
    changes = change_lines(delay) if delay else None
    return answer(request, form, title=title, button="Bewaar", crumbs=path, intro=intro, changes=changes)


@page
@transaction.atomic
def inquiry_new(request: HttpRequest, manifest: str, slug: str) -> HttpResponse:
    signature = locked(request, manifest, slug)
    by, path = keeper(request), crumbs(request, signature)
    form = InquiryForm(
        typed(request), instance=Inquiry(signature=signature), initial={"asked_on": timezone.localdate()}
    )
    made: list[bool] = []

    def save(given: dict[str, Any]) -> None:
        made.append(terms.record_inquiry(signature=signature, by=by, **facts(given))[1])

    if accepted(form, save):
        say(request, made[0], "De navraag is vastgelegd.", "Deze navraag stond er al.")
        return redirect(path[-1][1])
    intro = "Leg vast dat u naar het actieplan vroeg, en wat het antwoord was. Een antwoord geldt een jaar."
    return answer(request, form, title="Navraag vastleggen", button="Leg vast", crumbs=path, intro=intro)


@page
@transaction.atomic
def inquiry_edit(request: HttpRequest, manifest: str, slug: str, pk: int) -> HttpResponse:
    signature = locked(request, manifest, slug)
    by, path = keeper(request), crumbs(request, signature)
    inquiry = get_object_or_404(Inquiry, signature=signature, pk=pk)
    form = InquiryForm(typed(request), instance=inquiry)
    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, lambda given: terms.correct_inquiry(inquiry=inquiry, by=by, **facts(given))):
        messages.success(request, "De navraag is bewaard.")
        return redirect(path[-1][1])
    changes = change_lines(inquiry)
    return answer(request, form, title="Navraag wijzigen", button="Bewaar", crumbs=path, changes=changes)
