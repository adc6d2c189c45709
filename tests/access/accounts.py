"""Coming in and going out, one's own account, and what an administrator keeps."""

from mvi_portal.accounts.models import Role, User
from tests.access.rows import ALL, Access

KEEPERS = {Role.ADMINISTRATOR}


def account() -> User:
    return User.objects.get_or_create(email="iemand@voorbeeld.example", defaults={"name": "Iemand"})[0]


ROWS = [
    Access("account_login", get=ALL, post=ALL, public=True),
    Access("account_logout", get=ALL, post=ALL),
    Access("account_inactive", get=ALL, public=True),
    Access("account_signup", get=ALL, public=True),
    Access("account_reset_password", get=ALL, post=ALL, public=True),
    Access("account_reset_password_done", get=ALL, public=True),
    Access("account_reset_password_from_key_done", get=ALL, public=True),
    Access(
        "account_reset_password_from_key",
        get=ALL,
        post=ALL,
        public=True,
        address=lambda: "/wachtwoord-kiezen/1-geen-sleutel/",
    ),
    Access("account_change_password", get=ALL, post=ALL),
    Access("accounts:me", get=ALL),
    Access("accounts:management", get=KEEPERS),
    Access("accounts:rights", get=KEEPERS),
    Access("accounts:account-list", get=KEEPERS),
    Access("accounts:account-new", get=KEEPERS, post=KEEPERS),
    Access(
        "accounts:account-detail",
        get=KEEPERS,
        post=KEEPERS,
        address=lambda: f"/beheer/accounts/{account().pk}/",
    ),
    Access(
        "accounts:account-invite",
        get=None,
        post=KEEPERS,
        address=lambda: f"/beheer/accounts/{account().pk}/uitnodigen/",
    ),
]
