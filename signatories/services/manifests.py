"""Manifests come, run longer, end, and are followed by another; signatures never pass on by themselves."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Manifest, ManifestExtension

CIRCLE = "Een manifest volgt niet zichzelf op, ook niet via een ander."
FACTS = (
    "name",
    "citation",
    "opened_on",
    "runs_until",
    "ended_on",
    "plan_term_months",
    "predecessor",
    "source",
)


@transaction.atomic
def register_manifest(*, slug: str, by: User, **facts: Any) -> Manifest:
    """A new Manifest; a sequel begins without signatures. Raises ValidationError when its key is taken."""
    with history(by=by, action="manifest.registered"):
        return _filled(Manifest(slug=slug), facts)


@transaction.atomic
def correct_manifest(*, manifest: Manifest, by: User, why: str = "", **facts: Any) -> None:
    """Raises ValidationError when it would follow itself, or end before it was first signed."""
    with history(by=by, action="manifest.corrected", why=why):
        _filled(manifest, facts)


@transaction.atomic
def extend_manifest(*, manifest: Manifest, by: User, **facts: Any) -> ManifestExtension:
    """It runs longer, as was decided on a day. Raises ValidationError when that is not longer."""
    Manifest.objects.select_for_update().get(pk=manifest.pk)  # who presses twice, is the second
    with history(by=by, action="manifest.extended"):
        return _extended(ManifestExtension(manifest=manifest, is_demo=manifest.is_demo), facts)


@transaction.atomic
def correct_extension(*, extension: ManifestExtension, by: User, why: str = "", **facts: Any) -> None:
    with history(by=by, action="manifest.extension_corrected", why=why):
        _extended(extension, facts)


@transaction.atomic
def remove_extension(*, extension: ManifestExtension, by: User) -> None:
    """It was recorded by mistake; history keeps that it stood there."""
    with history(by=by, action="manifest.extension_removed"):
        extension.delete()


def _filled(manifest: Manifest, facts: dict[str, Any]) -> Manifest:
    for name in FACTS:
        setattr(manifest, name, facts[name])
    _refuse_circle(manifest)
    manifest.full_clean()
    manifest.save()
    return manifest


def _refuse_circle(manifest: Manifest) -> None:
    seen, before = {manifest.pk}, manifest.predecessor
    while before is not None:
        if before.pk in seen:
            raise ValidationError({"predecessor": CIRCLE})
        seen.add(before.pk)
        before = before.predecessor


def _extended(extension: ManifestExtension, facts: dict[str, Any]) -> ManifestExtension:
    for name in ("decided_on", "runs_until", "citation", "source"):
        setattr(extension, name, facts[name])
    before = extension.manifest.runs_until
    if before and extension.runs_until and extension.runs_until.last_day <= before.last_day:
        message = f"Dit is geen verlenging: het manifest liep al tot en met {before}."
        raise ValidationError({"runs_until": message})
    extension.full_clean()
    extension.save()
    return extension
