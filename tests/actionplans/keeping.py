"""What the tests of the forms of line C share."""

from __future__ import annotations

from typing import Any

from django.test import Client

from mvi_portal.accounts.models import Role
from signatories.models import Signatory
from tests.factories.signatories import ActorFactory, SignatoryFactory

AROUND = {"signatures": "Aardorp", "title": "Actieplan Aardorp", "received_on": "1 juni 2023"}


def person(role: Role = Role.EVALUATOR, name: str = "Eva Beoordelaar") -> Client:
    client = Client()
    client.force_login(ActorFactory(role=role, name=name))
    return client


def signed(name: str, **fields: Any) -> Signatory:
    made: Signatory = SignatoryFactory(organisation__called__name=name, **fields)
    return made


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())
