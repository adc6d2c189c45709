"""Where each address leads."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from monitoring.start import start
from monitoring.views.search import search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start, name="home"),
    path("zoeken/", search, name="search"),
    path("", include("mvi_portal.accounts.urls")),
    path("", include("mvi_portal.core.urls")),
    path("", include("mvi_portal.jobs.urls")),
    path("", include("mvi_portal.mails.urls")),
    path("", include("mvi_portal.imports.urls")),
    path("", include("signatories.urls")),
    path("", include("actionplans.urls")),
    path("buyergroups/", include("buyergroups.urls")),
    path("monitoring/", include("monitoring.urls")),
    path("brieven/", include("reports.urls")),
    path("beheer/admin/", admin.site.urls),
]
if not settings.PRODUCTION:  # every piece of the pages in every state, for who builds them
    urlpatterns.append(path("componenten/", include("mvi_portal.demo.urls")))
