"""The official registers from the browser: handed in, looked at, and accepted as a whole or thrown away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import ImportState, RegisterFile, RegisterImport
from signatories.tooi import Document, Import, import_as, import_registers
from signatories.tooi.telling import as_dict

ALREADY = "Hierover is al besloten."


@transaction.atomic
def propose_import(*, documents: Sequence[Document], by: User) -> RegisterImport | None:
    """Keep the files and what they would change; None when they change nothing.

    The same files that wait already give the import that waits. Raises RegisterError, with the place of each
    fault, and then nothing is kept.
    """
    by_hash = {hashlib.sha256(item.content).hexdigest(): item for item in documents}
    if waiting := _same(set(by_hash)):
        return waiting
    found = import_registers(list(by_hash.values()), dry_run=True)
    if not found.plan.changes:
        return None
    plan = as_dict(found, dry_run=True)
    with history(by=by, action="register.proposed"):
        made = RegisterImport.objects.create(
            plan=plan, fingerprint=fingerprint(plan), uploaded_at=timezone.now(), uploaded_by=by
        )
        for sha256, item in by_hash.items():
            kept = RegisterFile(register_import=made, name=item.name[:255], sha256=sha256)
            kept.file.save(f"{sha256[:16]}.json", ContentFile(item.content), save=False)
            kept.save()
    return made


@transaction.atomic
def accept_import(*, pending: RegisterImport, by: User) -> bool:
    """Write what was shown. False when the register changed meanwhile: then only the new plan is kept.

    Raises ValidationError when somebody decided before.
    """
    _lock(pending)
    documents = [Document(item.name, item.file.read()) for item in pending.files.order_by("pk")]

    def as_shown(found: Import) -> bool:
        now = as_dict(found, dry_run=True)
        if fingerprint(now) == pending.fingerprint:
            return True
        pending.plan, pending.fingerprint = now, fingerprint(now)
        pending.save(update_fields=["plan", "fingerprint"])
        return False

    if import_as(documents, by=by, agreed=as_shown) is None:
        return False
    with history(by=by, action="register.accepted"):
        _decide(pending, ImportState.ACCEPTED, by)
    return True


@transaction.atomic
def discard_import(*, pending: RegisterImport, by: User) -> None:
    """Nothing of it is written. Raises ValidationError when somebody decided before."""
    _lock(pending)
    with history(by=by, action="register.discarded"):
        _decide(pending, ImportState.DISCARDED, by)


def fingerprint(plan: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(plan, sort_keys=True).encode()).hexdigest()


def _same(hashes: set[str]) -> RegisterImport | None:
    """What waits with exactly these files, as when somebody presses twice."""
    waiting = RegisterImport.objects.filter(state=ImportState.WAITING).prefetch_related("files")
    return next((item for item in waiting if {kept.sha256 for kept in item.files.all()} == hashes), None)


def _lock(pending: RegisterImport) -> None:
    RegisterImport.objects.select_for_update().get(pk=pending.pk)
    pending.refresh_from_db()
    if not pending.is_waiting:
        raise ValidationError(ALREADY)


def _decide(pending: RegisterImport, state: ImportState, by: User) -> None:
    pending.state, pending.decided_at, pending.decided_by = state, timezone.now(), by
    pending.save(update_fields=["state", "decided_at", "decided_by"])
