"""Every model of ours keeps the agreements: named constraints, Dutch names, history, an admin that looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pghistory.core
import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.constraints import BaseConstraint
from django.test import RequestFactory
from django.test.utils import isolate_apps
from pghistory.models import Event

from mvi_portal.accounts.models import User
from mvi_portal.core.admin import ReadOnlyAdmin
from mvi_portal.core.models import Fact

Model = type[models.Model]
OUR_PACKAGES = {"mvi_portal", "signatories", "buyergroups", "actionplans", "monitoring", "reports"}
WITHOUT_HISTORY = {
    "imports.Import",  # gone after two weeks; what it wrote is in the history of the rows
    "jobs.Job",  # its states are seconds, and its own row tells them
    "monitoring.Follow",  # what somebody reads is nobody's business
    "monitoring.Visit",  # likewise
    "files.Upload",  # waits to be kept, and is gone then
    "files.FileScan",  # one verdict on bytes that never change
}
OUT_OF_SIGHT = {  # an administrator may not see scores, nor what somebody reads
    "actionplans.Score",
    "monitoring.Follow",
    "monitoring.Visit",
}
DJANGO_OWN = "auth"  # groups and permissions, which every Django user has and we do not use
LONGEST_NAME = 63  # of a constraint in PostgreSQL; the rest would be cut off


def our_models() -> list[Model]:
    found = [model for model in apps.get_models() if model.__module__.split(".")[0] in OUR_PACKAGES]
    return [model for model in found if not issubclass(model, Event)]


def tracked_models() -> set[Model]:
    events: list[Any] = pghistory.core.event_models()
    return {event.pgh_tracked_model for event in events}


def naming_faults(model: Model) -> Iterator[str]:
    given = model._meta.original_attrs
    for name in ("verbose_name", "verbose_name_plural"):
        if name not in given:
            yield f"{name} is not given"
    for field in model._meta.local_fields:
        if not field.auto_created and field._verbose_name is None:  # type: ignore[attr-defined]
            yield f"{field.name} has no verbose_name"
    if model.__str__ is models.Model.__str__:
        yield "__str__ is Django's"


def constraint_faults(model: Model) -> Iterator[str]:
    if model._meta.unique_together:
        yield "unique_together is a constraint without a name"
    for constraint in model._meta.constraints:
        yield from (f"{constraint.name}: {fault}" for fault in _constraint_faults(model, constraint))


def _constraint_faults(model: Model, constraint: BaseConstraint) -> Iterator[str]:
    message = str(constraint.violation_error_message)
    if not constraint.name.startswith(f"{model._meta.model_name}_"):
        yield "is not named after its model"
    if len(constraint.name) > LONGEST_NAME:
        yield "has too long a name"
    if message == str(BaseConstraint.default_violation_error_message) or not message.endswith("."):
        yield "has no message of its own"


def history_faults(model: Model) -> Iterator[str]:
    if model._meta.label not in WITHOUT_HISTORY and model not in tracked_models():
        yield "has no history"
    for relation in model._meta.local_many_to_many:
        through: Any = relation.remote_field.through
        if through._meta.auto_created and relation.related_model._meta.app_label != DJANGO_OWN:
            yield f"{relation.name} has rows that nobody tracks: name a model for them"


def admin_faults(model: Model) -> Iterator[str]:
    found = admin.site._registry.get(model)
    if model._meta.label in OUT_OF_SIGHT and found is None:
        return
    if found is None:
        yield "is not in the admin"
    elif any(_permissions(found)):
        yield "can be changed in the admin"


def _permissions(found: Any) -> list[bool]:
    request = RequestFactory().get("/")
    request.user = User(role="administrator", is_superuser=True)
    return [
        found.has_add_permission(request),
        found.has_change_permission(request),
        found.has_delete_permission(request),
    ]


CHECKS = (naming_faults, constraint_faults, history_faults, admin_faults)


def faults(model: Model) -> list[str]:
    return [fault for check in CHECKS for fault in check(model)]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_a_model_keeps_the_agreements(model: Model) -> None:
    assert faults(model) == []


def planted(class_name: str, **given: Any) -> Model:
    """A model with these fields and Meta options, and nothing else."""
    fields = {key: value for key, value in given.items() if isinstance(value, models.Field)}
    options = {key: value for key, value in given.items() if key not in fields}
    meta = type("Meta", (), {"app_label": "monitoring", **options})
    return type(class_name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


@isolate_apps("monitoring")
def test_a_bad_model_is_found_out() -> None:
    other = planted("Other")
    bad = planted(
        "Bad",
        name=models.CharField(max_length=10),
        others=models.ManyToManyField(other, verbose_name="anderen", related_name="+"),
        unique_together=[("name",)],
        constraints=[
            models.CheckConstraint(condition=~models.Q(name=""), name="name_given"),
            models.CheckConstraint(
                condition=~models.Q(name="x"), name=f"bad_{'x' * 60}", violation_error_message="Nee"
            ),
        ],
    )
    assert faults(bad) == [
        "verbose_name is not given",
        "verbose_name_plural is not given",
        "name has no verbose_name",
        "__str__ is Django's",
        "unique_together is a constraint without a name",
        "name_given: is not named after its model",
        "name_given: has no message of its own",
        f"bad_{'x' * 60}: has too long a name",
        f"bad_{'x' * 60}: has no message of its own",
        "has no history",
        "others has rows that nobody tracks: name a model for them",
        "is not in the admin",
    ]


def test_an_admin_that_writes_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    model = apps.get_model("monitoring", "Frame")
    monkeypatch.setitem(admin.site._registry, model, admin.ModelAdmin(model, admin.site))
    assert list(admin_faults(model)) == ["can be changed in the admin"]


def test_the_admin_shows_every_field_and_lets_nobody_write() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    looking = ReadOnlyAdmin(apps.get_model("monitoring", "Paper"), admin.site)
    assert {"title", "dated", "dated_precision", "senders"} <= set(looking.get_fields(request))
    assert looking.get_readonly_fields(request) == looking.get_fields(request)


def test_a_fact_tells_its_source_and_whether_it_is_made_up() -> None:
    assert [field.name for field in Fact._meta.local_fields] == ["source", "is_demo"]
