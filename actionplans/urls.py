"""The addresses of line C."""

from django.urls import path

from actionplans import views

app_name = "actionplans"
EVALUATION = "evaluaties/<slug:plan>/<slug:round_slug>/<int:number>/"
urlpatterns = [
    path("actieplannen/", views.PlanList.as_view(), name="plan-list"),
    path("actieplannen/export.csv", views.PlanList.as_view(as_csv=True), name="plan-export"),
    path("actieplannen/<slug:slug>/", views.plan_detail, name="plan-detail"),
    path("evaluaties/", views.EvaluationList.as_view(), name="evaluation-list"),
    path("evaluaties/export.csv", views.EvaluationList.as_view(as_csv=True), name="evaluation-export"),
    path("evaluaties/rondes/<slug:slug>/", views.round_detail, name="round-detail"),
    path(EVALUATION, views.evaluation_detail, name="evaluation-detail"),
]
