"""The queue's worker: `celery -A mvi_portal worker`."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mvi_portal.settings")
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")  # see core.commands: a worker needs no page either
app = Celery("mvi_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_portal_does(**_: Any) -> None:
    """Instead of what Celery would set up."""
    logging.config.dictConfig(settings.LOGGING)
