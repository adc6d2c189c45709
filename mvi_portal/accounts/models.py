"""Who may come in."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.history import tracked


class Role(models.TextChoices):
    """The roles of the design; what each may do stands in `permissions`."""

    SECRETARIAT = "secretariat", "secretariaat DGMI"
    OFFICER = "officer", "beleidsmedewerker"
    EVALUATOR = "evaluator", "beoordelaar PIANOo"
    CONTACT = "contact", "contactpersoon ondertekenaar"
    READER = "reader", "lezer"
    ADMINISTRATOR = "administrator", "beheerder"


class State(models.TextChoices):
    """Whether somebody can come in."""

    ON = "aan", "kan inloggen"
    INVITED = "uitgenodigd", "uitgenodigd"
    OFF = "uit", "uitgezet"


class UserQuerySet(models.QuerySet["User"]):
    def in_state(self, state: State) -> Self:
        invited = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        if state is State.OFF:
            return self.filter(is_active=False)
        return self.filter(invited if state is State.INVITED else ~invited, is_active=True)

    def like(self, text: str) -> Self:
        return self.filter(Q(name__icontains=text) | Q(email__icontains=text))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a hashed password; without one, nobody can log in with it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator of accounts; the name is Django's."""
        return self.create_user(
            email, password, **{"role": Role.ADMINISTRATOR, "is_superuser": True, **fields}
        )

    def get_by_natural_key(self, username: str | None) -> User:
        """Addresses are compared without regard to capitals."""
        return self.get(email__iexact=username)


@tracked(exclude=["email", "name", "password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account; logs in with an e-mail address."""

    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=200)
    role = models.CharField("rol", max_length=20, choices=Role.choices, default=Role.READER)
    is_active = models.BooleanField("actief", default=True)
    joined_at = models.DateTimeField("aangemaakt op", default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values),
                name="user_role_known",
                violation_error_message="Deze rol bestaat niet.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def state(self) -> State:
        if not self.is_active:
            return State.OFF
        return State.ON if self.has_usable_password() else State.INVITED

    @property
    def is_staff(self) -> bool:
        """Django's admin is for looking, and only for administrators."""
        return self.role == Role.ADMINISTRATOR
