"""The addresses of line C."""

from django.urls import path

from actionplans import views
from actionplans.views import reminders

app_name = "actionplans"
REMINDERS = "actieplannen/herinneringen"
EVALUATION = "evaluaties/<slug:plan>/<slug:round_slug>/<int:number>/"
urlpatterns = [
    path("actieplannen/", views.PlanList.as_view(), name="plan-list"),
    path("actieplannen/export.csv", views.PlanList.as_view(as_csv=True), name="plan-export"),
    path(f"{REMINDERS}/", reminders.reminder_board, name="reminder-board"),
    path(f"{REMINDERS}/alle/", reminders.ReminderList.as_view(), name="reminder-list"),
    path(f"{REMINDERS}/alle/export.csv", reminders.ReminderList.as_view(as_csv=True), name="reminder-export"),
    path(f"{REMINDERS}/teksten/", reminders.reminder_texts, name="reminder-texts"),
    path(f"{REMINDERS}/teksten/<slug:slug>/", reminders.reminder_text, name="reminder-text"),
    path(f"{REMINDERS}/<int:pk>/", reminders.reminder_detail, name="reminder-detail"),
    path("actieplannen/<slug:slug>/", views.plan_detail, name="plan-detail"),
    path("evaluaties/", views.EvaluationList.as_view(), name="evaluation-list"),
    path("evaluaties/export.csv", views.EvaluationList.as_view(as_csv=True), name="evaluation-export"),
    path("evaluaties/rondes/<slug:slug>/", views.round_detail, name="round-detail"),
    path(EVALUATION, views.evaluation_detail, name="evaluation-detail"),
]
