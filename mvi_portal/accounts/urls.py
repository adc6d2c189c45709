"""Coming in and going out, one's own account, and what an administrator keeps.

The names without a namespace are those by which django-allauth finds its own pages.
"""

from allauth.account import views as allauth
from django.urls import path, re_path

from mvi_portal.accounts.views import entrance

urlpatterns = [
    path("inloggen/", entrance.Login.as_view(), name="account_login"),
    path("uitloggen/", entrance.Logout.as_view(), name="account_logout"),
    path("account-uit/", allauth.account_inactive, name="account_inactive"),
    path("aanmelden/", entrance.closed, name="account_signup"),
    path("wachtwoord-vergeten/", entrance.ForgottenPassword.as_view(), name="account_reset_password"),
    path("wachtwoord-vergeten/verstuurd/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "wachtwoord-kiezen/klaar/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^wachtwoord-kiezen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        entrance.ChoosePassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("mijn-account/wachtwoord/", entrance.ChangePassword.as_view(), name="account_change_password"),
]
