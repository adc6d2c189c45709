"""The addresses of the agreement on a letter."""

from __future__ import annotations

from django.urls import path

from reports.views import agreement as views

_LETTER, _PARTY = "<slug:slug>/akkoord/", "<slug:slug>/akkoord/partijen/<slug:key>/"
urlpatterns = [
    path(_LETTER, views.agreement, name="agreement"),
    path(f"{_LETTER}partijen-voorstellen/", views.agreement_propose, name="agreement-propose"),
    path(f"{_LETTER}vragen/", views.agreement_ask, name="agreement-ask"),
    path(f"{_LETTER}herinneren/", views.agreement_remind, name="agreement-remind"),
    path(f"{_LETTER}overleg/", views.consultation_new, name="consultation-new"),
    path(f"{_LETTER}partijen/nieuw/", views.party_new, name="party-new"),
    path(_PARTY, views.party_detail, name="party-detail"),
    path(f"{_PARTY}antwoord/", views.party_answer, name="party-answer"),
    path(f"{_PARTY}vastleggen/", views.party_record, name="party-record"),
    path(f"{_PARTY}mits/", views.party_condition, name="party-condition"),
    path(f"{_PARTY}weghalen/", views.party_remove, name="party-remove"),
    path(f"{_LETTER}antwoorden/<int:pk>/bestand/", views.reply_file, name="reply-file"),
]
