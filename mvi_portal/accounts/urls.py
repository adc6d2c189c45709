"""Coming in and going out, one's own account, and what an administrator keeps.

The names without a namespace are those by which django-allauth finds its own pages.
"""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from mvi_portal.accounts.views import entrance, management, own

pages = [
    path("mijn-account/", own.me, name="me"),
    path("beheer/", management.management, name="management"),
    path("beheer/rechten/", management.rights_table, name="rights"),
    path("beheer/accounts/", management.AccountList.as_view(), name="account-list"),
    path("beheer/accounts/nieuw/", management.account_new, name="account-new"),
    path("beheer/accounts/<int:pk>/", management.account_detail, name="account-detail"),
    path("beheer/accounts/<int:pk>/uitnodigen/", management.account_invite, name="account-invite"),
]
urlpatterns = [
    path("", include((pages, "accounts"))),
    path("inloggen/", entrance.login, name="account_login"),
    path("uitloggen/", entrance.logout, name="account_logout"),
    path("account-uit/", allauth.account_inactive, name="account_inactive"),
    path("aanmelden/", entrance.closed, name="account_signup"),
    path("wachtwoord-vergeten/", entrance.forgotten_password, name="account_reset_password"),
    path("wachtwoord-vergeten/verstuurd/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "wachtwoord-kiezen/klaar/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^wachtwoord-kiezen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        entrance.choose_password,
        name="account_reset_password_from_key",
    ),
    path("mijn-account/wachtwoord/", entrance.change_password, name="account_change_password"),
]
