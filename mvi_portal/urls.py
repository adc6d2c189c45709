"""Where each address leads."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="core:definition-list"), name="home"),
    path("", include("mvi_portal.accounts.urls")),
    path("", include("mvi_portal.core.urls")),
    path("", include("signatories.urls")),
    path("buyergroups/", include("buyergroups.urls")),
    path("brieven/", include("reports.urls")),
    path("beheer/", admin.site.urls),
]
