"""Mails: a valid row without arguments."""

from __future__ import annotations

import uuid
from typing import Any

import factory
from django.utils import timezone

from mvi_portal.mails.models import Mail, State


class MailFactory(factory.django.DjangoModelFactory[Mail]):
    class Meta:
        model = Mail

    kind = "test"
    key = factory.Sequence(lambda n: f"test:{n}")
    recipient = factory.Sequence(lambda n: f"ontvanger-{n}@voorbeeld.example")
    recipient_name = "Voorbeeld Persoon"
    subject = "Het actieplan van gemeente Voorbeeld"
    body = "Beste lezer,\n\nWilt u ons uw actieplan sturen?\n"

    @classmethod
    def released(cls, **fields: Any) -> Mail:
        mail: Mail = cls.create(**{"state": State.RELEASED, "released_at": timezone.now(), **fields})
        return mail

    @classmethod
    def doubtful(cls, **fields: Any) -> Mail:
        return cls.released(state=State.DOUBTFUL, lease=uuid.uuid4(), **fields)

    @classmethod
    def refused(cls, **fields: Any) -> Mail:
        settled = {"settled_at": timezone.now(), "answer": "550 Deze postbus bestaat niet"}
        return cls.released(state=State.REFUSED, **settled, **fields)
