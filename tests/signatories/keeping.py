"""What the tests of the register's forms share: who keeps it, and sending a form as a browser does."""

from __future__ import annotations

from typing import Any

from django.test import Client

from mvi_portal.accounts.models import Role
from tests.factories.signatories import ActorFactory


def secretariat() -> Client:
    client = Client()
    client.force_login(ActorFactory(role=Role.SECRETARIAT, name="Sofie Secretaris"))
    return client


def opened(client: Client, address: str) -> dict[str, str]:
    """All that the form would send when nothing is changed."""
    form = client.get(address).context["form"]
    values = {name: form[name].field.prepare_value(form[name].value()) for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def send(client: Client, address: str, **changed: Any) -> Any:
    """Open the form, change something and press the button."""
    return client.post(address, {**opened(client, address), **changed})


def text(answer: Any) -> str:
    return str(answer.content.decode())
