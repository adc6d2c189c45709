"""The migrations make what the models say, all of it, and fast."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from mvi_portal.accounts.models import User
from mvi_portal.core.rendering import LateApps, narrowed
from mvi_portal.core.schema import Together


def pending() -> str:
    """What makemigrations would still write; "" when nothing."""
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, no_input=True)
    except SystemExit:
        return out.getvalue()
    return ""


@pytest.mark.django_db
def test_the_migrations_are_up_to_date() -> None:
    assert pending() == ""


@pytest.mark.django_db
def test_a_model_that_changed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User._meta.get_field("name"), "max_length", 201)
    assert "Alter field name on user" in pending()


def a_thing() -> migrations.CreateModel:
    return migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))])


def constraints() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "things_thing"))


APART = [
    migrations.AddField("thing", "size", models.IntegerField()),
    migrations.AddConstraint(
        "thing", models.CheckConstraint(condition=models.Q(size__gt=0), name="thing_size_positive")
    ),
    migrations.AddIndex("thing", models.Index(fields=["size"], name="thing_size")),
]


@pytest.mark.django_db
def test_tables_that_are_made_together_have_what_stood_apart() -> None:
    before, after = ProjectState(), ProjectState()
    operation = Together([a_thing(), *APART])
    operation.state_forwards("things", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("things", editor, before, after)
    assert {"thing_size_positive", "thing_size"} <= constraints()
    with connection.schema_editor() as editor:
        operation.database_backwards("things", editor, after, before)
    assert "things_thing" not in connection.introspection.table_names()


@pytest.mark.parametrize("alien", [migrations.RunSQL("SELECT 1"), migrations.DeleteModel("Thing")])
def test_only_what_adds_or_alters_is_done_together(alien: migrations.RunSQL | migrations.DeleteModel) -> None:
    with pytest.raises(ValueError, match="cannot be done together"):
        Together([a_thing(), alien])


@pytest.mark.django_db
def test_what_is_added_to_a_table_that_was_there_can_be_taken_away_again() -> None:
    before = ProjectState()
    a_thing().state_forwards("things", before)
    after, operation = before.clone(), Together(APART)
    operation.state_forwards("things", after)
    with connection.schema_editor() as editor:
        editor.create_model(before.apps.get_model("things", "Thing"))
        operation.database_forwards("things", editor, before, after)
    assert {"thing_size_positive", "thing_size"} <= constraints()
    with connection.schema_editor() as editor:
        operation.database_backwards("things", editor, after, before)
    assert not {"thing_size_positive", "thing_size"} & constraints()


@pytest.mark.django_db
def test_what_was_there_is_altered_together_and_back() -> None:
    before = ProjectState()
    Together([a_thing(), *APART]).state_forwards("things", before)
    after = before.clone()
    operation = Together(
        [
            migrations.RemoveConstraint("thing", "thing_size_positive"),
            migrations.RemoveIndex("thing", "thing_size"),
            migrations.AlterField("thing", "size", models.BigIntegerField(null=True)),
        ]
    )
    operation.state_forwards("things", after)
    with connection.schema_editor() as editor:
        editor.create_model(before.apps.get_model("things", "Thing"))
        operation.database_forwards("things", editor, before, after)
    assert not {"thing_size_positive", "thing_size"} & constraints()
    assert kind_of_size() == ("bigint", "YES")
    with connection.schema_editor() as editor:
        operation.database_backwards("things", editor, after, before)
    assert {"thing_size_positive", "thing_size"} <= constraints()
    assert kind_of_size() == ("integer", "NO")


def kind_of_size() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data_type, is_nullable FROM information_schema.columns WHERE table_name = 'things_thing'"
            " AND column_name = 'size'"
        )
        kind, nullable = cursor.fetchone()
    return kind, nullable


def a_house() -> ProjectState:
    """A thing, a box of things with a label, and what points at nothing."""
    state = ProjectState()
    key = ("id", models.BigAutoField(primary_key=True))
    to_thing = models.ForeignKey("things.Thing", models.CASCADE)
    for operation in (
        a_thing(),
        migrations.CreateModel("Label", [key]),
        migrations.CreateModel("Box", [key, ("things", models.ManyToManyField("things.Thing"))]),
        migrations.CreateModel("Tag", [("of", to_thing)], bases=("things.Label",)),
        migrations.CreateModel("Alone", [key, ("self", models.ForeignKey("self", models.CASCADE))]),
    ):
        operation.state_forwards("things", state)
    return state


@pytest.mark.parametrize(
    ("touched", "pointed_at", "found"),
    [
        ("box", "", {"box", "thing"}),
        ("tag", "", {"tag", "thing", "label"}),
        ("alone", "", {"alone"}),
        ("thing", "thing", {"thing", "box", "tag", "label"}),
        ("gone", "", set()),
    ],
)
def test_only_what_is_touched_and_what_that_points_at_is_rendered(
    touched: str, pointed_at: str, found: set[str]
) -> None:
    few = narrowed(a_house(), {("things", touched)}, pointed_at={("things", pointed_at)})
    assert {name for _, name in few.models} == found


def test_models_are_rendered_when_they_are_asked_for_as_they_were_at_that_moment() -> None:
    state = a_house()
    state.apps = LateApps(state)
    before = state.clone()
    migrations.AddField("thing", "size", models.IntegerField(default=0)).state_forwards("things", state)

    assert "_asked_of" in vars(before.apps)
    assert not hasattr(before.apps.get_model("things", "Thing"), "size")
    assert hasattr(state.apps.get_model("things", "Thing"), "size")
    assert hasattr(state.clone().apps.get_model("things", "Thing"), "size")
