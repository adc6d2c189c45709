"""What people type to come in (the machinery is django-allauth's, the words are ours), and about accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import ValidationError

from mvi_portal.accounts.models import User
from mvi_portal.core.editing import EditingForm

if TYPE_CHECKING:  # the class cannot be subscripted while running
    Base = forms.ModelForm[User]
else:
    Base = forms.ModelForm

RULES = "Minstens 12 tekens, en geen wachtwoord dat veel mensen gebruiken."
DIFFERENT = "Dit is niet hetzelfde als het wachtwoord hierboven."


def _word(form: forms.Form, **labels: str) -> None:
    """A label tells what a field is for; a placeholder would go while typing."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)


class LoginForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, login="E-mailadres", password="Wachtwoord")  # noqa: S106 - the label


class ResetPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, email="E-mailadres")


class TwiceMixin:
    """A new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form: Any = self
        _word(form, password1="Nieuw wachtwoord", password2="Nieuw wachtwoord, nog een keer")
        form.fields["password1"].help_text = RULES

    def add_error(self, field: str | None, error: Any) -> None:
        """All that is said of the second field in words of allauth is that it differs."""
        form: Any = super()
        differs = field == "password2" and not isinstance(error, ValidationError)
        form.add_error(field, DIFFERENT if differs else error)


class ResetPasswordKeyForm(TwiceMixin, allauth.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(TwiceMixin, allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, oldpassword="Huidig wachtwoord")


class InvitationForm(Base):
    class Meta:
        model = User
        fields = ("email", "name", "role")
        error_messages = {"email": {"unique": "Er is al een account met dit e-mailadres."}}

    def clean_email(self) -> str:
        """Addresses are kept in small letters, and compared so."""
        return str(self.cleaned_data["email"]).lower()


class AccountForm(EditingForm):
    class Meta:
        model = User
        fields = ("name", "role", "is_active")
        labels = {"is_active": "Dit account mag inloggen"}
        help_texts = {"is_active": "Zet een account uit in plaats van het te wissen: de geschiedenis blijft."}
