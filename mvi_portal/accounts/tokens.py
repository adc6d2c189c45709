"""The key in a link that lets somebody choose a password."""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from mvi_portal.accounts.models import User


class LinkKeys(PasswordResetTokenGenerator):
    """Holds until a password is chosen, a login, or PASSWORD_RESET_TIMEOUT; never for who is not active."""

    def check_token(self, user: User | None, token: str | None) -> bool:
        return user is not None and user.is_active and super().check_token(user, token)
