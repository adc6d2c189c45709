"""The addresses of line C."""

from django.urls import path

from actionplans import views
from actionplans.views import judging, keeping, reminders, rounds, terms, uploads

app_name = "actionplans"
PLAN = "actieplannen/<slug:slug>/"
TERM = "actieplannen/termijnen/<slug:manifest>/<slug:slug>/"
ROUND = "evaluaties/rondes/<slug:slug>/"
PRINTED = "evaluaties/gemaakt/<int:pk>/"
REMINDERS = "actieplannen/herinneringen"
EVALUATION = "evaluaties/<slug:plan>/<slug:round_slug>/<int:number>/"
RUBRIC = "beoordelingskaders/<slug:slug>/<int:version>/"
CRITERION = f"{RUBRIC}criteria/<slug:code>/"
urlpatterns = [
    path("actieplannen/", views.PlanList.as_view(), name="plan-list"),
    path("actieplannen/export.csv", views.PlanList.as_view(as_csv=True), name="plan-export"),
    path(f"{REMINDERS}/", reminders.reminder_board, name="reminder-board"),
    path(f"{REMINDERS}/alle/", reminders.ReminderList.as_view(), name="reminder-list"),
    path(f"{REMINDERS}/alle/export.csv", reminders.ReminderList.as_view(as_csv=True), name="reminder-export"),
    path(f"{REMINDERS}/teksten/", reminders.reminder_texts, name="reminder-texts"),
    path(f"{REMINDERS}/teksten/<slug:slug>/", reminders.reminder_text, name="reminder-text"),
    path(f"{REMINDERS}/<int:pk>/", reminders.reminder_detail, name="reminder-detail"),
    path("actieplannen/nieuw/", keeping.plan_new, name="plan-new"),
    path("actieplannen/uploaden/", uploads.plan_upload, name="plan-upload"),
    path("actieplannen/uploaden/<uuid:token>/", uploads.upload_confirm, name="upload-confirm"),
    path("actieplannen/uploaden/<uuid:token>/weggooien/", uploads.upload_drop, name="upload-drop"),
    path("actieplannen/termijnen/", terms.TermList.as_view(), name="term-list"),
    path("actieplannen/termijnen/export.csv", terms.TermList.as_view(as_csv=True), name="term-export"),
    path(TERM, terms.term_detail, name="term-detail"),
    path(f"{TERM}uitstel/", terms.delay_edit, name="delay-edit"),
    path(f"{TERM}navraag/nieuw/", terms.inquiry_new, name="inquiry-new"),
    path(f"{TERM}navraag/<int:pk>/", terms.inquiry_edit, name="inquiry-edit"),
    path("actieplannen/<slug:slug>/", views.plan_detail, name="plan-detail"),
    path(f"{PLAN}bewerken/", keeping.plan_edit, name="plan-edit"),
    path(f"{PLAN}ambities/", keeping.plan_ambitions, name="plan-ambitions"),
    path(f"{PLAN}ook-voor/", keeping.plan_cover, name="plan-cover"),
    path(f"{PLAN}niet-voor/<slug:manifest>/<slug:signature>/", keeping.plan_uncover, name="plan-uncover"),
    path(f"{PLAN}versies/nieuw/", keeping.version_new, name="version-new"),
    path(f"{PLAN}versies/<int:number>/bewerken/", keeping.version_edit, name="version-edit"),
    path(f"{PLAN}versies/<int:number>/bestand/", keeping.version_file, name="version-file"),
    path("evaluaties/", views.EvaluationList.as_view(), name="evaluation-list"),
    path("evaluaties/export.csv", views.EvaluationList.as_view(as_csv=True), name="evaluation-export"),
    path("evaluaties/rondes/", rounds.RoundList.as_view(), name="round-list"),
    path("evaluaties/rondes/nieuw/", rounds.round_new, name="round-new"),
    path(ROUND, rounds.round_detail, name="round-detail"),
    path(f"{ROUND}bewerken/", rounds.round_edit, name="round-edit"),
    path(f"{ROUND}plannen/", rounds.RoundPlans.as_view(), name="round-plans"),
    path(f"{ROUND}bord/", rounds.round_board, name="round-board"),
    path(f"{ROUND}verdelen/", rounds.round_deal, name="round-deal"),
    path(f"{ROUND}verdeling/", rounds.round_assign, name="round-assign"),
    path(f"{ROUND}plannen/<slug:plan>/weghalen/", rounds.evaluation_drop, name="evaluation-drop"),
    path(f"{ROUND}bevindingen/", rounds.findings_edit, name="round-findings"),
    path(f"{ROUND}afsluiten/", rounds.round_close, name="round-close"),
    path(f"{ROUND}openen/", rounds.round_reopen, name="round-reopen"),
    path(f"{ROUND}resultaten/", rounds.round_results, name="round-results"),
    path(f"{ROUND}naast-elkaar/", rounds.round_compare, name="round-compare"),
    path(f"{ROUND}stukken/", rounds.round_files, name="round-files"),
    path(f"{ROUND}sjabloon/", rounds.round_template, name="round-template"),
    path(f"{ROUND}verslag/", rounds.round_report, name="round-report"),
    path(f"{ROUND}brieven/", rounds.round_replies, name="round-replies"),
    path(PRINTED, rounds.printed_detail, name="printed-detail"),
    path(f"{PRINTED}voortgang/", rounds.printed_progress, name="printed-progress"),
    path(f"{PRINTED}afbreken/", rounds.printed_cancel, name="printed-cancel"),
    path(f"{PRINTED}bestand/", rounds.printed_file, name="printed-file"),
    path("beoordelingskaders/", views.RubricList.as_view(), name="rubric-list"),
    path("beoordelingskaders/nieuw/", views.rubric_new, name="rubric-new"),
    path(RUBRIC, views.rubric_detail, name="rubric-detail"),
    path(f"{RUBRIC}bewerken/", views.rubric_edit, name="rubric-edit"),
    path(f"{RUBRIC}publiceren/", views.rubric_publish, name="rubric-publish"),
    path(f"{RUBRIC}nieuwe-versie/", views.rubric_version, name="rubric-version"),
    path(f"{RUBRIC}weghalen/", views.rubric_remove, name="rubric-remove"),
    path(f"{RUBRIC}nieuw-criterium/", views.criterion_new, name="criterion-new"),
    path(CRITERION, views.criterion_edit, name="criterion-edit"),
    path(f"{CRITERION}verplaatsen/", views.criterion_move, name="criterion-move"),
    path(f"{CRITERION}weghalen/", views.criterion_remove, name="criterion-remove"),
    path("evaluaties/vaste-opmerkingen/", judging.remark_list, name="remark-list"),
    path("evaluaties/vaste-opmerkingen/<int:pk>/", judging.remark_edit, name="remark-edit"),
    path("evaluaties/vaste-opmerkingen/<int:pk>/weghalen/", judging.remark_remove, name="remark-remove"),
    path("actieplannen/<slug:slug>/evalueren/", judging.evaluation_new, name="evaluation-new"),
    path(
        "actieplannen/<slug:slug>/versies/<int:number>/bladzijden/<int:page>.png",
        judging.plan_page,
        name="plan-page",
    ),
    path(EVALUATION, views.evaluation_detail, name="evaluation-detail"),
    path(f"{EVALUATION}beoordelen/", judging.evaluation_edit, name="evaluation-edit"),
    path(f"{EVALUATION}beoordelen/concept/", judging.evaluation_draft, name="evaluation-draft"),
    path(f"{EVALUATION}beoordelen/bladzijden/", judging.evaluation_pages, name="evaluation-pages"),
    path(f"{EVALUATION}terugnemen/", judging.evaluation_take_back, name="evaluation-take-back"),
    path(f"{EVALUATION}feitencheck/", judging.evaluation_check, name="evaluation-check"),
    path(f"{EVALUATION}reactie/", judging.evaluation_reaction, name="evaluation-reaction"),
    path(f"{EVALUATION}document/", judging.evaluation_document, name="evaluation-document"),
    path(f"{EVALUATION}bestand/", judging.evaluation_file, name="evaluation-file"),
    path(f"{EVALUATION}publiceren/", judging.evaluation_publish, name="evaluation-publish"),
    path(f"{EVALUATION}corrigeren/", judging.evaluation_correct, name="evaluation-correct"),
]
