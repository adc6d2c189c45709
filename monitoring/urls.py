"""The addresses of line D."""

from typing import Any

from django.urls import URLPattern, path

from monitoring import views
from monitoring.views import context, measurements, nouns
from monitoring.views.keeping import Noun, pages
from monitoring.views.published import PublishedFigureList, published_detail
from monitoring.views.timeline import timeline_export, timeline_page

app_name = "monitoring"
ENTRY = "voortgang/<slug:slug>/<str:organisation>/<str:line>"

PREPARED = "voorbereiden/<str:organisation>/<slug:frame>/<str:line>"


def room(place: str, noun: str, page: Any, detail: Any, kept: Noun | None = None) -> list[URLPattern]:
    """A list, its export, the pages on which its rows are kept, and the page of one row."""
    return [
        *(pages(place, kept) if kept else ()),
        path(f"{place}/", page.as_view(), name=f"{noun}-list"),
        path(f"{place}/export.csv", page.as_view(as_csv=True), name=f"{noun}-export"),
        path(f"{place}/<slug:slug>/", detail, name=f"{noun}-detail"),
    ]


def surroundings(place: str, page: type[context.ContextList]) -> list[URLPattern]:
    """As a room, for what surrounds the plan."""
    noun = page.kind
    key = f"<{'slug' if noun.key == 'slug' else 'int'}:key>"
    return [
        *pages(place, noun),
        path(f"{place}/", page.as_view(), name=f"{noun.name}-list"),
        path(f"{place}/export.csv", page.as_view(as_csv=True), name=f"{noun.name}-export"),
        path(f"{place}/{key}/", context.detail(page), name=f"{noun.name}-detail"),
    ]


VALUES = "indicatoren/<slug:slug>/waarden"
urlpatterns = [
    path("", views.start, name="start"),
    path("kaders/", views.frame_list, name="frame-list"),
    *pages("kaders", nouns.FRAME),
    path("kaders/<slug:key>/nieuw-hieruit/", views.frame_copy, name="frame-copy"),
    path("kaders/<slug:key>/rollen/", views.frame_roles, name="frame-roles"),
    path("kaders/<slug:key>/koppelingen/", views.frame_mapping, name="frame-mapping"),
    path("lijnen/<slug:frame>/", views.frame_detail, name="frame-detail"),
    path("lijnen/<slug:frame>/<str:line>/", views.line_detail, name="line-detail"),
    path("voorbereiden/", views.prepared_list, name="prepared-list"),
    path(f"{PREPARED}/", views.prepared_detail, name="prepared-detail"),
    path(f"{PREPARED}/bijlagen/", views.prepared_attach, name="prepared-attach"),
    path(f"{PREPARED}/bijlagen/weg/", views.prepared_detach, name="prepared-detach"),
    path(f"{PREPARED}/bijlagen/<int:pk>/", views.prepared_file, name="prepared-file"),
    path(f"{PREPARED}/concept/", views.prepared_draft, name="prepared-draft"),
    path("volgen/", views.follow_list, name="follow-list"),
    path("volgen/<str:kind>/<str:key>/", views.follow, name="follow"),
    path("tijdlijn/", timeline_page, name="timeline"),
    path("tijdlijn/export.csv", timeline_export, name="timeline-export"),
    *pages("gepubliceerde-cijfers", nouns.PUBLISHED),
    path("gepubliceerde-cijfers/", PublishedFigureList.as_view(), name="published-list"),
    path(
        "gepubliceerde-cijfers/export.csv",
        PublishedFigureList.as_view(as_csv=True),
        name="published-export",
    ),
    path("gepubliceerde-cijfers/<int:pk>/", published_detail, name="published-detail"),
    path("voortgang/", views.round_list, name="round-list"),
    path("voortgang/nieuw/", views.round_new, name="round-new"),
    path("voortgang/<slug:slug>/", views.round_detail, name="round-detail"),
    path("voortgang/<slug:slug>/herinneren/", views.round_remind, name="round-remind"),
    path("voortgang/<slug:slug>/lijn/<str:line>/", views.round_line, name="round-line"),
    path("voortgang/<slug:slug>/wijzigen/", views.round_edit, name="round-edit"),
    path("voortgang/<slug:slug>/stap/", views.round_step, name="round-step"),
    path("voortgang/<slug:slug>/<str:organisation>/", views.request_detail, name="request-detail"),
    path(f"{ENTRY}/", views.entry_detail, name="entry-detail"),
    path(f"{ENTRY}/concept/", views.entry_draft, name="entry-draft"),
    path(f"{ENTRY}/bijlagen/", views.entry_attach, name="entry-attach"),
    path(f"{ENTRY}/bijlagen/weg/", views.entry_detach, name="entry-detach"),
    path(f"{ENTRY}/bijlagen/<int:pk>/", views.entry_file, name="entry-file"),
    path(f"{ENTRY}/niets-nieuws/", views.entry_nothing_new, name="entry-nothing-new"),
    path(f"{ENTRY}/voorbereide-tekst/", views.entry_use_prepared, name="entry-use-prepared"),
    path(f"{ENTRY}/terugnemen/", views.entry_take_back, name="entry-take-back"),
    path(f"{ENTRY}/beoordelen/", views.entry_decide, name="entry-decide"),
    *room("activiteiten", "activity", views.ActivityList, views.activity_detail, nouns.ACTIVITY),
    *room("indicatoren", "indicator", views.IndicatorList, views.indicator_detail, nouns.INDICATOR),
    path("indicatoren/waarden.csv", views.ValueExport.as_view(as_csv=True), name="measurement-export"),
    path(f"{VALUES}/nieuw/", measurements.measurement_new, name="measurement-new"),
    path(f"{VALUES}/<int:pk>/wijzigen/", measurements.measurement_edit, name="measurement-edit"),
    path(f"{VALUES}/<int:pk>/verwijderen/", measurements.measurement_remove, name="measurement-remove"),
    path(
        "raadplegingen/<slug:slug>/besluiten/<int:number>/afspraak/",
        views.decision_agree,
        name="decision-agree",
    ),
    path("raadplegingen/<slug:slug>/vergaderblad/", views.consultation_sheet, name="consultation-sheet"),
    *room("toezeggingen", "commitment", views.CommitmentList, views.commitment_detail, nouns.COMMITMENT),
    *room("stukken", "paper", views.PaperList, views.paper_detail, nouns.PAPER),
    *room(
        "raadplegingen", "consultation", views.ConsultationList, views.consultation_detail, nouns.CONSULTATION
    ),
    *(pattern for place, page in context.LISTS.items() for pattern in surroundings(place, page)),
]
