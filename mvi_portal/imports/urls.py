"""The addresses of what comes in."""

from django.urls import path

from mvi_portal.imports import views

app_name = "imports"
urlpatterns = [
    path("inlezen/nieuw/<slug:importer>/", views.import_new, name="import-new"),
    path("inlezen/nieuw/<slug:importer>/sjabloon/", views.import_template, name="import-template"),
    path("inlezen/<int:pk>/", views.import_detail, name="import-detail"),
    path("inlezen/<int:pk>/voortgang/", views.import_progress, name="import-progress"),
    path("inlezen/<int:pk>/antwoorden/", views.import_answer, name="import-answer"),
    path("inlezen/<int:pk>/opslaan/", views.import_take, name="import-take"),
    path("inlezen/<int:pk>/opnieuw/", views.import_again, name="import-again"),
    path("inlezen/<int:pk>/afbreken/", views.import_cancel, name="import-cancel"),
    path("inlezen/<int:pk>/bestand/", views.import_file, name="import-file"),
]
