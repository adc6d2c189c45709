"""The floor's one page."""

from django.urls import path

from mvi_portal.core import views

app_name = "core"
urlpatterns = [path("", views.definition_list, name="definition-list")]
