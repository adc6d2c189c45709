"""Who may do what: the one table that code, the administrator's page and the docs are made of.

Source: the table of roles in the design. A cell is a Scope: NO, OWN (their own organisation's, as told by
`signatories.Representative`), COMMENT, or YES.
"""

from __future__ import annotations

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest

from mvi_portal.accounts.models import Role, User


class Scope(StrEnum):
    """How far a right reaches, in the words that the page prints."""

    NO = "nee"
    OWN = "eigen organisatie"
    COMMENT = "alleen opmerken"
    YES = "ja"


class Action(models.TextChoices):
    """What the portal lets somebody do."""

    READ = "read", "register, groepen, monitoring en verzonden brieven lezen"
    SEE_SCORES = "see-scores", "scores van één organisatie zien"
    KEEP_REGISTER = "keep-register", "register, kaders, stukken en toezeggingen bijhouden"
    ASK_PROGRESS = "ask-progress", "voortgang vragen en aanvaarden"
    GIVE_PROGRESS = "give-progress", "voortgang van een organisatie schrijven"
    UPLOAD_PLANS = "upload-plans", "actieplannen uploaden"
    EVALUATE = "evaluate", "beoordelingen, beoordelingskaders en rondes bijhouden"
    COMPOSE_LETTER = "compose-letter", "brief en nota opstellen, bevriezen en verzenden"
    COMMENT_LETTER = "comment-letter", "opmerkingen bij brief en nota maken"
    GIVE_ASSENT = "give-assent", "instemming of afstemming vastleggen"
    MANAGE_ACCOUNTS = "manage-accounts", "accounts, rollen en instellingen beheren"


_Y, _O, _C = Scope.YES, Scope.OWN, Scope.COMMENT

RIGHTS: dict[Action, dict[Role, Scope]] = {
    Action.READ: {
        Role.SECRETARIAT: _Y,
        Role.OFFICER: _Y,
        Role.EVALUATOR: _Y,
        Role.CONTACT: _O,
        Role.READER: _Y,
        Role.ADMINISTRATOR: _Y,
    },
    Action.SEE_SCORES: {Role.SECRETARIAT: _Y, Role.EVALUATOR: _Y, Role.CONTACT: _O},
    Action.KEEP_REGISTER: {Role.SECRETARIAT: _Y},
    Action.ASK_PROGRESS: {Role.SECRETARIAT: _Y},
    Action.GIVE_PROGRESS: {Role.OFFICER: _O},
    Action.UPLOAD_PLANS: {Role.SECRETARIAT: _Y, Role.EVALUATOR: _Y},  # a contact's own plan: later
    Action.EVALUATE: {Role.EVALUATOR: _Y},
    Action.COMPOSE_LETTER: {Role.SECRETARIAT: _Y},
    Action.COMMENT_LETTER: {Role.SECRETARIAT: _Y, Role.OFFICER: _C, Role.EVALUATOR: _C},
    Action.GIVE_ASSENT: {Role.SECRETARIAT: _Y, Role.OFFICER: _O},
    Action.MANAGE_ACCOUNTS: {Role.ADMINISTRATOR: _Y},
}


def scope(user: User, action: Action) -> Scope:
    """How far the user's right to the action reaches; NO for who is not active."""
    if not user.is_active:
        return Scope.NO
    return RIGHTS[action].get(Role(user.role), Scope.NO)


def may(user: User, action: Action) -> bool:
    """Whether the user may do it for at least some organisation."""
    return scope(user, action) is not Scope.NO


def reader(request: HttpRequest) -> User:
    """Who reads the page: somebody, as every page asks for a login unless its code says otherwise."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def allowed(request: HttpRequest, action: Action) -> User:
    """The reader, who may do it. Raises PermissionDenied for anybody else."""
    user = reader(request)
    if not may(user, action):
        raise PermissionDenied
    return user
