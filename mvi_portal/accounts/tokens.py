"""The key in a link that lets somebody choose a password."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator


class LinkKeys(PasswordResetTokenGenerator):
    """Holds until a password is chosen, until a login, or PASSWORD_RESET_TIMEOUT; never for who is not active."""

    def check_token(self, user: AbstractBaseUser | None, token: str | None) -> bool:
        return user is not None and user.is_active and super().check_token(user, token)
