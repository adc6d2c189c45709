"""Worker and beat give signs of life that a health check beside them can see."""

from __future__ import annotations

from pathlib import Path

from celery.signals import after_task_publish, beat_init
from pytest_django import Settings

from mvi_portal.celery import app
from mvi_portal.jobs import pulse
from mvi_portal.jobs.tasks import sweep


def test_beat_gives_a_sign_of_life_with_each_bell_that_reached_the_queue(
    tmp_path: Path, settings: Settings
) -> None:
    settings.VAR_DIR = tmp_path
    sign = tmp_path / "pulse" / "beat"
    sweep.delay()
    assert not sign.exists()  # a bell of another process is none of beat's

    beat_init.send(sender=None)
    try:
        assert sign.exists()
        sign.unlink()
        sweep.delay()
        assert sign.exists()
    finally:
        after_task_publish.disconnect(pulse.beat_rings)
        app.control.purge()
