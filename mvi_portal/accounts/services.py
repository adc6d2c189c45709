"""What an administrator does with accounts. An account is put off, never deleted: history keeps its name.

Keyword-only, atomic, recorded with who did it. What is refused raises ValidationError with a Dutch message.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from smtplib import SMTPException

from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from mvi_portal.accounts.models import Role, State, User
from mvi_portal.accounts.tokens import LinkKeys
from mvi_portal.history import history

LOG = logging.getLogger(__name__)
MAIL = "account/email/invitation"
ASK = "Vraag het een andere beheerder."


@transaction.atomic
def make_account(*, email: str, name: str, role: Role, by: User) -> User:
    """An account without a password: nobody comes in with it before the invitation is accepted."""
    with history(by=by, action="account.made"):
        return User.objects.create_user(email, name=name, role=role, is_superuser=role == Role.ADMINISTRATOR)


def invite(*, account: User, by: User, at: Callable[[str], str]) -> bool:
    """Mail a link to choose a password; links that were sent before end. Tells whether the mail went out.

    `at` makes a full address of a path. Raises ValidationError for who is no longer, or not, invited.
    """
    if account.state is not State.INVITED:
        raise ValidationError("Alleen wie nog geen wachtwoord heeft, kan een uitnodiging krijgen.")
    with transaction.atomic(), history(by=by, action="account.invited"):
        account.set_unusable_password()
        account.save(update_fields=["password"])
    told = {"account": account, "by": by, "link": at(_path(account))}
    subject = render_to_string(f"{MAIL}_subject.txt", told).strip()
    try:
        send_mail(subject, render_to_string(f"{MAIL}_message.txt", told), None, [account.email])
    except (SMTPException, OSError) as error:  # its text can hold the address, which no log keeps
        LOG.warning("the invitation of account %s could not be sent: %s", account.pk, type(error).__name__)
        return False
    return True


def _path(account: User) -> str:
    key = {"uidb36": user_pk_to_url_str(account), "key": LinkKeys().make_token(account)}
    return reverse("account_reset_password_from_key", kwargs=key)


def opened(*, pk: int, by: User) -> User:
    """The account, locked until the transaction ends, and with it all administrators.

    So two administrators cannot put off each other at the same moment. Raises User.DoesNotExist, and
    PermissionDenied when `by` is no administrator any more.
    """
    rows = User.objects.filter(Q(pk=pk) | Q(role=Role.ADMINISTRATOR)).order_by("pk").select_for_update()
    found = {row.pk: row for row in rows}
    still = found.get(by.pk)
    if still is None or still.role != Role.ADMINISTRATOR or not still.is_active:
        raise PermissionDenied
    if pk not in found:
        raise User.DoesNotExist
    return found[pk]


@transaction.atomic
def change_account(*, account: User, name: str, role: Role, is_active: bool, by: User) -> None:
    """Another name or role, on or off. Nobody shuts the door behind themselves."""
    if account.pk == by.pk and role != Role.ADMINISTRATOR:
        raise ValidationError({"role": f"U kunt uw eigen rol van beheerder niet weghalen. {ASK}"})
    if account.pk == by.pk and not is_active:
        raise ValidationError({"is_active": f"U kunt uw eigen account niet uitzetten. {ASK}"})
    with history(by=by, action="account.changed"):
        account.name, account.role, account.is_active = name, role, is_active
        account.is_superuser = role == Role.ADMINISTRATOR
        account.save(update_fields=["name", "role", "is_active", "is_superuser"])
