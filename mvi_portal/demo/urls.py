"""What only development has."""

from django.urls import path

from mvi_portal.demo.components import components, saving

app_name = "demo"
urlpatterns = [
    path("", components, name="components"),
    path("bewaren/<slug:how>/", saving, name="saving"),
]
