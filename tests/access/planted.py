"""Addresses that forgot to ask who is there: the walk must notice them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from mvi_portal.urls import urlpatterns as ours


def planted(request: HttpRequest) -> HttpResponse:
    return HttpResponse("iedereen mag alles")


@login_not_required
def planted_public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ook wie niet is ingelogd")


urlpatterns = [
    *ours,
    path("geheim/", planted, name="planted"),
    path("openbaar/", planted_public, name="planted-public"),
]
