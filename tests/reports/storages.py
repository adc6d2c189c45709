"""Storage in which something happens while a file is written."""

from __future__ import annotations

import uuid
from typing import IO, Any

from django.core.files.storage import FileSystemStorage

from mvi_portal.jobs.models import Job


class LeaseThief(FileSystemStorage):
    """While the file is written, another worker takes the job over."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        Job.objects.update(lease=uuid.uuid4())
        return super().save(name, content, max_length)
