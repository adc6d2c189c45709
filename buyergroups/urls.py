"""Line B: the buyer groups."""

from django.urls import URLPattern, path

from buyergroups import views

app_name = "buyergroups"


def room(place: str, noun: str) -> list[URLPattern]:
    """The dated rows of a group: a new one, one that is corrected, one that is taken out."""
    at, kind = f"<slug:slug>/{place}/", {"room": noun}
    return [
        path(f"{at}nieuw/", views.row_new, kind, name=f"{noun}-new"),
        path(f"{at}<int:pk>/bewerken/", views.row_edit, kind, name=f"{noun}-edit"),
        path(f"{at}<int:pk>/verwijderen/", views.row_drop, kind, name=f"{noun}-drop"),
    ]


urlpatterns = [
    path("", views.BuyerGroupList.as_view(), name="group-list"),
    path("export.csv", views.BuyerGroupList.as_view(as_csv=True), name="group-export"),
    path("export/fasen.csv", views.PhaseExport.as_view(as_csv=True), name="phase-export"),
    path(
        "export/deelnemers.csv", views.ParticipationExport.as_view(as_csv=True), name="participation-export"
    ),
    path("export/resultaten.csv", views.OutputExport.as_view(as_csv=True), name="output-export"),
    path("nieuw/", views.group_new, name="group-new"),
    path("tijdlijn/", views.timeline, name="group-timeline"),
    path("<slug:slug>/", views.group_detail, name="group-detail"),
    path("<slug:slug>/bewerken/", views.group_edit, name="group-edit"),
    *room("fasen", "phase"),
    *room("deelnemers", "participation"),
    *room("resultaten", "output"),
    path("<slug:slug>/resultaten/<int:pk>/", views.output_file, name="output-file"),
]
