"""What only development has."""

from django.urls import path

from mvi_portal.demo.components import components

app_name = "demo"
urlpatterns = [path("", components, name="components")]
