"""The addresses of the outbox."""

from django.urls import path

from mvi_portal.mails import views

app_name = "mails"
urlpatterns = [
    path("berichten/", views.MailList.as_view(), name="mail-list"),
    path("berichten/export.csv", views.MailList.as_view(as_csv=True), name="mail-export"),
    path("berichten/<int:pk>/", views.mail_detail, name="mail-detail"),
    path("berichten/<int:pk>/besluit/", views.mail_decide, name="mail-decide"),
]
