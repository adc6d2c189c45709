"""Where the portal tells how it is, and what somebody asked of it."""

from django.urls import path

from mvi_portal.jobs import files, views

app_name = "jobs"
urlpatterns = [
    path("gezond/", views.alive, name="alive"),
    path("gereed/", views.ready, name="ready"),
    path("mijn-bestanden/", files.FileList.as_view(), name="file-list"),
    path("mijn-bestanden/<int:pk>/", files.file_detail, name="file-detail"),
    path("mijn-bestanden/<int:pk>/voortgang/", files.file_progress, name="file-progress"),
    path("mijn-bestanden/<int:pk>/bestand/", files.file_download, name="file-download"),
    path("mijn-bestanden/<int:pk>/afbreken/", files.file_cancel, name="file-cancel"),
]
