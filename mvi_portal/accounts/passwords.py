"""What a password must be, said in our own words: Django's are partly English, and speak of "je"."""

from __future__ import annotations

from django.contrib.auth import password_validation as django


class LongEnough(django.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Gebruik minstens {self.min_length} tekens."


class NotLikeTheAccount(django.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op uw naam of e-mailadres."


class NotCommon(django.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord gebruiken te veel mensen. Het is makkelijk te raden."
