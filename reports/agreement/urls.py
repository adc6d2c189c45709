"""The addresses of the agreement on a letter."""

from __future__ import annotations

from django.urls import path

from reports.views import agreement as views
from reports.views.agreement import changing, line, sending, versions, words

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
    path(f"{_PARTY}word/", words.party_word, name="party-word"),
    path(f"{_PARTY}vastleggen/", views.party_record, name="party-record"),
    path(f"{_PARTY}mits/", views.party_condition, name="party-condition"),
    path(f"{_PARTY}weghalen/", views.party_remove, name="party-remove"),
    path(f"{_LETTER}antwoorden/<int:pk>/bestand/", views.reply_file, name="reply-file"),
    path(f"{_LETTER}wijzigingen/", changing.change_list, name="change-list"),
    path(f"{_LETTER}voorstellen/", changing.proposal_list, name="proposal-list"),
    path(f"{_LETTER}voorstellen/<int:pk>/overnemen/", changing.proposal_accept, name="proposal-accept"),
    path(f"{_LETTER}voorstellen/<int:pk>/afwijzen/", changing.proposal_decline, name="proposal-decline"),
    path(f"{_LETTER}lijn/", line.line_detail, name="line-detail"),
    path(f"{_LETTER}lijn/stappen/<int:pk>/", line.line_step, name="line-step"),
    path(f"{_LETTER}lijn/besluiten/<slug:office>/", line.decision_new, name="decision-new"),
    path(f"{_LETTER}lijn/<slug:kind>-<int:pk>/bestand/", line.record_file, name="record-file"),
    path("<slug:slug>/verzenden/", sending.letter_send, name="letter-send"),
    path("<slug:slug>/verzonden/", sending.sent_detail, name="sent-detail"),
    path("<slug:slug>/verzonden/brief.pdf", sending.sent_download, name="sent-download"),
    path("<slug:slug>/verzonden/vindplaats/", sending.sent_cite, name="sent-cite"),
    path(
        "<slug:slug>/verzonden/verschillen/<int:number>/",
        sending.difference_explain,
        name="difference-explain",
    ),
    path("<slug:slug>/verschillen/", versions.letter_differences, name="letter-differences"),
    path("<slug:slug>/verschillen/export/", versions.differences_export, name="differences-export"),
]
