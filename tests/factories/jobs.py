"""Jobs: a valid row without arguments."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from mvi_portal.jobs.models import Job, State


class JobFactory(factory.django.DjangoModelFactory[Job]):
    class Meta:
        model = Job

    kind = "test"

    @classmethod
    def running(cls, *, seconds_left: float = 60, **fields: Any) -> Job:
        """Held by some worker; with a negative number it was left behind."""
        held = {
            "state": State.RUNNING,
            "lease": uuid.uuid4(),
            "lease_until": timezone.now() + timedelta(seconds=seconds_left),
            "tries": 1,
            "worker": "worker-1",
        }
        job: Job = cls.create(**{**held, **fields})
        return job
