"""Letters."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.letter_list, name="letter-list"),
    path("<slug:slug>/<int:number>.pdf", views.version_file, name="version-file"),
]
