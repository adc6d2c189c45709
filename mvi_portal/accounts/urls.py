"""Coming in and going out."""

from django.contrib.auth import views
from django.urls import path

urlpatterns = [
    path("inloggen/", views.LoginView.as_view(template_name="accounts/login.html"), name="login"),
    path("uitloggen/", views.LogoutView.as_view(), name="logout"),
]
