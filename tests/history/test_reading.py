"""No write escapes the history, and a service adds who and why."""

from __future__ import annotations

import pytest
from django.db import connection

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from mvi_portal.history.reading import changes_of
from signatories.models import Kind, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(key="org-1", kind=Kind.OTHER)


def test_a_change_tells_who_which_verb_why_and_what_differed(organisation: Organisation) -> None:
    user = User.objects.create_user("a@voorbeeld.example")
    with history(by=user, action="organisation.corrected", why="stond verkeerd in de bron"):
        organisation.kvk = "12345678"
        organisation.save()
    newest, oldest = changes_of(organisation)
    assert (newest.kind, newest.user, newest.action, newest.why) == (
        "gewijzigd",
        user.pk,
        "organisation.corrected",
        "stond verkeerd in de bron",
    )
    assert [(item.field, item.before, item.after) for item in newest.differences] == [
        ("KvK-nummer", "", "12345678")
    ]
    assert (oldest.kind, oldest.user, oldest.differences) == ("toegevoegd", None, ())


def test_a_verb_within_a_verb_is_recorded_as_the_outer_one(organisation: Organisation) -> None:
    user, other = (User.objects.create_user(f"{name}@voorbeeld.example") for name in "ab")
    with history(by=user, action="organisation.merged", why="herindeling"):
        with history(by=other, action="organisation.corrected", why="iets anders"):
            organisation.kvk = "12345678"
            organisation.save()
        organisation.kvk = ""
        organisation.save()
    with history(by=other, action="organisation.corrected"):
        organisation.oin = "1"
        organisation.save()
    found = [(change.user, change.action, change.why) for change in changes_of(organisation)[:3]]
    merged = (user.pk, "organisation.merged", "herindeling")
    assert found == [(other.pk, "organisation.corrected", ""), merged, merged]


def test_a_write_around_the_services_is_recorded_too(organisation: Organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE signatories_organisation SET oin = '1' WHERE id = %s", [organisation.pk])
    assert [change.kind for change in changes_of(organisation)] == ["gewijzigd", "toegevoegd"]


def test_bulk_writes_are_recorded_row_by_row() -> None:
    rows = Organisation.objects.bulk_create(
        Organisation(key=f"bulk-{number}", kind=Kind.OTHER) for number in range(3)
    )
    Organisation.objects.update(kvk="1")
    assert [len(changes_of(row)) for row in rows] == [2, 2, 2]


def test_what_was_deleted_keeps_its_history(organisation: Organisation) -> None:
    gone = Organisation.objects.get(pk=organisation.pk)
    organisation.delete()
    assert [change.kind for change in changes_of(gone)] == ["verwijderd", "toegevoegd"]
