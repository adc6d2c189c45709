"""The floor's own pages."""

from django.urls import path

from mvi_portal.core import views

app_name = "core"
urlpatterns = [
    path("definities/", views.definition_list, name="definition-list"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
]
