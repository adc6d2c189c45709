"""PartialDateField in a real table of its own, made for these tests only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar

import pghistory
import pytest
from django import forms
from django.apps.registry import Apps
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from mvi_portal.core.dates import PartialDate, PartialDateField, Precision, PrecisionField

pytestmark = pytest.mark.django_db
MAY = PartialDate.month(2024, 5)
registry = Apps(["mvi_portal.core"])


class Known(models.Model):
    """A known date, one that may be empty, and one whose precision is declared before it."""

    name = models.CharField(max_length=20, default="proef")
    started_on = PartialDateField("gestart", precision_field="started_on_precision")
    started_on_precision = PrecisionField()
    ended_on = PartialDateField("geëindigd", precision_field="ended_on_precision", null=True, blank=True)
    ended_on_precision = PrecisionField()
    planned_precision = PrecisionField()
    planned = PartialDateField(precision_field="planned_precision", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Pilot(Known):
    objects: ClassVar[models.Manager[Pilot]] = models.Manager()

    class Meta:
        app_label = "core"
        apps = registry
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("started_on")),
                name="pilot_ended_after_started",
                violation_error_message="Het einde ligt vóór het begin.",
            )
        ]


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    """Made inside the test's transaction, and gone with it."""
    with connection.schema_editor() as editor:
        editor.create_model(Pilot)


def _field(name: str) -> Any:
    return Pilot._meta.get_field(name)


def columns(pilot: Pilot, name: str = "started_on") -> tuple[Any, Any]:
    found: tuple[Any, Any] = Pilot.objects.values_list(name, f"{name}_precision").get(pk=pilot.pk)
    return found


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (MAY, (date(2024, 5, 31), "month")),
        (date(2024, 5, 3), (date(2024, 5, 3), "day")),
        ("2024-05-03", (date(2024, 5, 3), "day")),
        (PartialDate.season(2024, "winter"), (date(2025, 2, 28), "season")),
    ],
)
def test_both_columns_are_filled_from_one_value(given: Any, stored: tuple[date, str]) -> None:
    created = Pilot.objects.create(started_on=given, planned=given)
    assert columns(created) == stored
    assert Pilot.objects.values_list("planned", "planned_precision").get() == stored
    again = Pilot.objects.get()
    assert again.started_on == again.planned == created.started_on == PartialDate(*stored)  # type: ignore[arg-type]  # the text of an enum does


def test_a_date_on_a_new_object_is_a_day_and_nothing_is_nothing() -> None:
    pilot = Pilot(started_on=date(2024, 5, 31))
    assert pilot.started_on == PartialDate.day(date(2024, 5, 31))
    assert pilot.started_on_precision == "day"
    assert (pilot.ended_on, pilot.ended_on_precision) == (None, "")
    pilot.save()
    assert columns(pilot, "ended_on") == (None, "")


@pytest.mark.parametrize(
    "order", [("started_on", "started_on_precision"), ("started_on_precision", "started_on")]
)
def test_columns_given_apart_belong_together(order: tuple[str, str]) -> None:
    values = {"started_on": date(2024, 5, 31), "started_on_precision": Precision.MONTH}
    assert Pilot(**{name: values[name] for name in order}).started_on == MAY


def test_assigning_sets_both_and_loses_the_old_precision() -> None:
    pilot = Pilot.objects.create(started_on=MAY)
    pilot.started_on = date(2024, 5, 31)
    assert pilot.started_on == PartialDate.day(date(2024, 5, 31))
    pilot.ended_on = PartialDate.mid(2025)
    pilot.save()
    assert (columns(pilot), columns(pilot, "ended_on")) == (
        (date(2024, 5, 31), "day"),
        (date(2025, 8, 31), "mid"),
    )
    pilot.ended_on = None
    pilot.save()
    assert columns(pilot, "ended_on") == (None, "")


def test_a_time_is_its_day_and_nonsense_is_refused() -> None:
    pilot = Pilot(started_on=datetime(2024, 5, 3, 12, 0))  # noqa: DTZ001  # a naive time is what is tried
    assert pilot.started_on == PartialDate.day(date(2024, 5, 3))
    with pytest.raises(ValidationError):
        pilot.started_on = "mei 2024"


def test_refresh_and_deferred_loading_bring_the_precision() -> None:
    pilot = Pilot.objects.create(started_on=date(2020, 1, 1))
    Pilot.objects.update(started_on=MAY)
    pilot.refresh_from_db()
    assert pilot.started_on == MAY
    assert Pilot.objects.only("name").get().started_on == MAY
    assert Pilot.objects.only("started_on").get().started_on == MAY
    assert Pilot.objects.defer("started_on").get().started_on == MAY
    assert Pilot.objects.defer("started_on").get().started_on_precision == "month"
    Pilot.objects.update(started_on=date(2020, 1, 1))
    pilot.refresh_from_db(fields=["started_on"])
    assert pilot.started_on == PartialDate.day(date(2020, 1, 1))


def test_a_day_given_to_a_deferred_date_is_a_day() -> None:
    Pilot.objects.create(started_on=MAY)
    pilot = Pilot.objects.defer("started_on").get()
    pilot.started_on = date(2024, 5, 3)
    pilot.save()
    assert columns(pilot) == (date(2024, 5, 3), "day")


def test_update_sets_both_columns_also_to_nothing() -> None:
    pilot = Pilot.objects.create(started_on=date(2020, 1, 1), ended_on=PartialDate.year(2023))
    Pilot.objects.update(started_on=MAY, ended_on=None, name="anders")
    assert (columns(pilot), columns(pilot, "ended_on")) == ((date(2024, 5, 31), "month"), (None, ""))
    Pilot.objects.filter(started_on=MAY).update(started_on=date(2024, 5, 31))
    assert columns(pilot) == (date(2024, 5, 31), "day")
    Pilot.objects.update(started_on=date(2024, 6, 30), started_on_precision="quarter")
    assert columns(pilot) == (date(2024, 6, 30), "quarter")


def test_saving_one_field_saves_its_precision() -> None:
    pilot = Pilot.objects.create(started_on=date(2020, 1, 1))
    pilot.started_on = MAY
    pilot.save(update_fields=["started_on"])
    assert columns(pilot) == (date(2024, 5, 31), "month")


def test_an_expression_must_name_the_precision_too() -> None:
    pilot = Pilot.objects.create(started_on=MAY)
    with pytest.raises(FieldError, match="ended_on_precision"), transaction.atomic():
        Pilot.objects.update(ended_on=models.F("started_on"))
    Pilot.objects.update(ended_on=models.F("started_on"), ended_on_precision=models.F("started_on_precision"))
    assert columns(pilot, "ended_on") == (date(2024, 5, 31), "month")


def test_many_at_once() -> None:
    pilots = Pilot.objects.bulk_create(
        [Pilot(started_on=MAY), Pilot(started_on=date(2024, 5, 3), ended_on=PartialDate.end(2024))]
    )
    assert [p.started_on for p in Pilot.objects.order_by("pk")] == [MAY, PartialDate.day(date(2024, 5, 3))]
    for pilot in pilots:
        pilot.ended_on = PartialDate.half_year(2025, 1)
    with pytest.raises(FieldError), transaction.atomic():
        Pilot.objects.bulk_update(pilots, ["ended_on"])
    Pilot.objects.bulk_update(pilots, ["ended_on", "ended_on_precision"])
    assert [str(p.ended_on) for p in Pilot.objects.all()] == ["1e helft 2025", "1e helft 2025"]
    fresh = [Pilot(pk=pilots[0].pk, started_on=PartialDate.year(2024))]
    Pilot.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["started_on", "started_on_precision"],
    )
    assert columns(pilots[0]) == (date(2024, 12, 31), "year")


def test_queries_compare_the_last_day() -> None:
    Pilot.objects.create(started_on=MAY)
    assert Pilot.objects.filter(started_on__lte=date(2024, 5, 31)).exists()
    assert not Pilot.objects.filter(started_on__lt=MAY).exists()
    assert Pilot.objects.filter(started_on__year=2024, started_on__in=[MAY]).exists()
    assert Pilot.objects.aggregate(last=models.Max("started_on")) == {"last": date(2024, 5, 31)}
    value = models.Value(MAY, _field("started_on"))
    assert Pilot.objects.annotate(on=value).values_list("on").get() == (date(2024, 5, 31),)


@pytest.mark.parametrize(
    "row",
    [
        ("2024-05-03", "month"),
        ("2024-05-31", "quarter"),
        ("2024-12-31", "begin"),
        ("2024-05-31", "ongeveer"),
        (None, "year"),
    ],
)
def test_the_database_refuses_a_precision_that_does_not_fit(row: tuple[str | None, str]) -> None:
    pilot = Pilot.objects.create(started_on=MAY)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_pilot SET ended_on = %s, ended_on_precision = %s", row)
    assert columns(pilot, "ended_on") == (None, "")


def test_full_clean_knows_blanks_and_constraints() -> None:
    Pilot(started_on=MAY).full_clean()
    with pytest.raises(ValidationError) as missing:
        Pilot().full_clean()
    assert set(missing.value.message_dict) == {"started_on"}
    with pytest.raises(ValidationError, match="Het einde ligt vóór het begin"):
        Pilot(started_on=MAY, ended_on=PartialDate.month(2024, 4)).full_clean()


def test_a_model_form_takes_free_text_and_shows_it_again() -> None:
    form_class = forms.modelform_factory(Pilot, fields=["started_on", "ended_on"])
    form = form_class({"started_on": "mei 2024", "ended_on": ""})
    assert form.is_valid(), form.errors
    pilot = form.save()
    assert (pilot.started_on, pilot.ended_on) == (MAY, None)
    assert 'value="mei 2024"' in str(form_class(instance=pilot))
    assert not form_class({"started_on": "mei 2024"}, instance=pilot).has_changed()
    assert form_class({"started_on": "3 mei 2024"}, instance=pilot).has_changed()


def test_fixtures_keep_the_precision() -> None:
    Pilot.objects.create(started_on=MAY, planned=PartialDate.begin(2025))
    text = serializers.serialize("json", Pilot.objects.all())
    fields = json.loads(text)[0]["fields"]
    assert (fields["started_on"], fields["started_on_precision"]) == ("2024-05-31", "month")
    Pilot.objects.all().delete()
    # As Django's deserializer does it, which knows only the models of the product.
    restored = Pilot(**{name: _field(name).to_python(value) for name, value in fields.items()})
    restored.save()
    assert [restored.started_on, restored.ended_on, restored.planned] == [MAY, None, PartialDate.begin(2025)]


def test_migrations_write_the_short_form() -> None:
    written = MigrationWriter.serialize(_field("ended_on"))[0]
    assert written == (
        "mvi_portal.core.dates.PartialDateField(blank=True, null=True, "
        "precision_field='ended_on_precision', verbose_name='geëindigd')"
    )
    assert (
        MigrationWriter.serialize(PrecisionField())[0]
        == "mvi_portal.core.dates.PrecisionField(verbose_name='precisie')"
    )


@isolate_apps("mvi_portal.core")
def test_a_missing_precision_field_is_an_error_of_the_model() -> None:
    class Forgetful(Known):
        on = PartialDateField(precision_field="no_such_field")
        until = PartialDateField(precision_field="name")

        class Meta:
            app_label = "core"

    assert [error.id for error in Forgetful.check() if error.id == "mvi.E001"] == ["mvi.E001"] * 2
    assert [error.id for error in Pilot.check()] == []


@pytest.fixture
def recorded() -> Iterator[tuple[type[models.Model], type[models.Model]]]:
    """A model with history, and its event model; both known to this test only."""
    with isolate_apps("mvi_portal.core"):

        class Recorded(Known):
            class Meta:
                app_label = "core"

        bare: dict[str, Any] = {"context_field": None, "obj_field": None}
        event: Any = pghistory.create_event_model(Recorded, **bare)

        class RecordedEvent(event):
            class Meta:
                app_label = "core"

    with connection.schema_editor() as editor:
        editor.create_model(RecordedEvent)
        editor.create_model(Recorded)
    yield Recorded, RecordedEvent
    for trigger in vars(Recorded._meta)["triggers"]:
        trigger.unregister(Recorded)


def test_history_keeps_the_precision(recorded: tuple[type[Any], type[Any]]) -> None:
    model, event = recorded
    row = model.objects.create(started_on=MAY)
    row.planned = PartialDate.mid(2025)
    row.save()
    model.objects.update(started_on=date(2024, 5, 3))
    events = [(str(e.started_on), str(e.planned)) for e in event.objects.order_by("pgh_id")]
    assert events == [("mei 2024", "None"), ("mei 2024", "medio 2025"), ("3 mei 2024", "medio 2025")]
    assert event.check() == []


def test_types_are_told() -> None:
    pilot = Pilot.objects.create(started_on=MAY)
    started: PartialDate = pilot.started_on
    ended: PartialDate | None = pilot.ended_on
    assert (started, ended) == (MAY, None)


@isolate_apps("mvi_portal.core")
def test_a_precision_that_belongs_to_no_date_is_plain_text() -> None:
    class Lonely(models.Model):
        precision = PrecisionField()

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return self.precision

    with connection.schema_editor() as editor:
        editor.create_model(Lonely)
    assert str(Lonely(precision="month")) == "month"
    assert [vars(Lonely)["precision"], vars(Pilot)["started_on"]] == [Lonely.precision, Pilot.started_on]
