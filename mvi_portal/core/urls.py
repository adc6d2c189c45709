"""The floor's own pages."""

from django.urls import path

from mvi_portal.core import views
from mvi_portal.core.security_txt import security_txt

app_name = "core"
urlpatterns = [
    path("definities/", views.definition_list, name="definition-list"),
    path("definities/export.csv", views.definition_export, name="definition-export"),
    path("definities/<str:key>/", views.definition_detail, name="definition-detail"),
    path("definities/<str:key>/export.csv", views.definition_rows, name="definition-rows"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
]
