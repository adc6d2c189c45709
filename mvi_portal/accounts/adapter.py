"""What django-allauth asks of us: nobody signs up by themselves, and every refusal is plain Dutch."""

from __future__ import annotations

import time
from math import ceil
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

APP, FAILED, TOO_MANY = "allauth.account", "login_failed", "too_many_login_attempts"


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "Het e-mailadres of het wachtwoord klopt niet. Kijk ze na en probeer het opnieuw, "
            "of kies een nieuw wachtwoord."
        ),
        "enter_current_password": "Dit is niet uw huidige wachtwoord.",
        "incorrect_password": "Het wachtwoord klopt niet.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An administrator invites."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """The portal answers with pages, whatever a client says that it accepts."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt. Raises ValidationError that tells how long to wait."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            minutes = wait(request, self._get_login_attempts_cache_key(request, **credentials))
            raise ValidationError(_patience(minutes), code=TOO_MANY) from error


def wait(request: HttpRequest, key: str) -> int:
    """Whole minutes, at least one, until the brake lets go: then the oldest counted attempt lapses."""
    seconds = [0.0]
    for rate in ratelimit.get_rates(app=APP, action=FAILED):
        attempts = cache.get(ratelimit.get_cache_key(request, app=APP, action=FAILED, rate=rate, key=key), [])
        if len(attempts) >= rate.amount:
            seconds.append(attempts[-1] + rate.duration - time.time())
    return max(1, ceil(max(seconds) / 60))


def _patience(minutes: int) -> str:
    counted = "1 minuut" if minutes == 1 else f"{minutes} minuten"
    return f"Er is te vaak een verkeerd wachtwoord ingevuld. Wacht {counted} en probeer het dan opnieuw."
