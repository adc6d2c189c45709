"""Where the portal tells how it is."""

from django.urls import path

from mvi_portal.jobs import views

app_name = "jobs"
urlpatterns = [
    path("gezond/", views.alive, name="alive"),
    path("gereed/", views.ready, name="ready"),
]
