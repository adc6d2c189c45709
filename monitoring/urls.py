"""The addresses of line D."""

from typing import Any

from django.urls import URLPattern, path

from monitoring import views

app_name = "monitoring"
ENTRY = "voortgang/<slug:slug>/<str:organisation>/<str:line>"


def room(place: str, noun: str, page: Any, detail: Any) -> list[URLPattern]:
    """A list, its export, and the page of one row."""
    return [
        path(f"{place}/", page.as_view(), name=f"{noun}-list"),
        path(f"{place}/export.csv", page.as_view(as_csv=True), name=f"{noun}-export"),
        path(f"{place}/<slug:slug>/", detail, name=f"{noun}-detail"),
    ]


urlpatterns = [
    path("", views.start, name="start"),
    path("lijnen/<slug:frame>/", views.frame_detail, name="frame-detail"),
    path("lijnen/<slug:frame>/<str:line>/", views.line_detail, name="line-detail"),
    path("voortgang/", views.round_list, name="round-list"),
    path("voortgang/<slug:slug>/", views.round_detail, name="round-detail"),
    path(f"{ENTRY}/", views.entry_detail, name="entry-detail"),
    path(f"{ENTRY}/terugnemen/", views.entry_take_back, name="entry-take-back"),
    path(f"{ENTRY}/beoordelen/", views.entry_decide, name="entry-decide"),
    *room("activiteiten", "activity", views.ActivityList, views.activity_detail),
    *room("indicatoren", "indicator", views.IndicatorList, views.indicator_detail),
    *room("toezeggingen", "commitment", views.CommitmentList, views.commitment_detail),
    *room("stukken", "paper", views.PaperList, views.paper_detail),
    *room("raadplegingen", "consultation", views.ConsultationList, views.consultation_detail),
]
