"""Somebody who writes in a round, and who decides about it, each in a browser of their own."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.test import Client

from mvi_portal.accounts.models import Role
from signatories.models import Organisation, Representative
from tests.factories.signatories import ActorFactory

ROUND = "/monitoring/voortgang/ronde/"
ENTRY = f"{ROUND}ienw/A/"


def person(role: Role, name: str, organisation: str = "", **rest: Any) -> Client:
    user = ActorFactory(role=role, name=name, email=f"{name.lower()}@voorbeeld.example")
    if organisation:
        body = Organisation.objects.get(key=organisation)
        Representative.objects.create(user=user, organisation=body, valid_from=date(2020, 1, 1), **rest)
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def edition(client: Client, address: str = ENTRY) -> str:
    found = re.search(r'name="edition" value="(\w+)"', client.get(address).content.decode())
    assert found
    return found[1]


def write(client: Client, text: str, action: str = "bewaar") -> Any:
    return client.post(ENTRY, {"edition": edition(client), "text": text, "actie": action}, follow=True)


def decide(client: Client, action: str, remark: str = "", address: str = ENTRY) -> Any:
    """About the text that the page shows."""
    given = {"actie": action, "remark": remark, "edition": edition(client, address)}
    return client.post(f"{address}beoordelen/", given, follow=True)
