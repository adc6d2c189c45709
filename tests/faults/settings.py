"""Ours, but impatient: a lease that is soon dead, and a sweep each second."""

from mvi_portal.settings import *  # noqa: F403 - all of them, with two changes

JOB_LEASE_SECONDS = 3
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "mvi_portal.jobs.tasks.sweep", "schedule": 1.0}}
