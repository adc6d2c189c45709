"""A PartialDate in the database: its last day in one column, its precision in the next.

    started_on = PartialDateField("gestart", precision_field="started_on_precision")
    started_on_precision = PrecisionField()

Assigning a PartialDate, a date (a day), an ISO string or None to the first sets both. In queries the first is
a plain date, the last day, with everything that a date can do. `bulk_update` and `bulk_create` name both
columns in their lists of fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.db.models.query_utils import DeferredAttribute
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.subqueries import UpdateQuery
from django.forms import Field as FormField
from django.utils.functional import cached_property

from .forms import PartialDateFormField
from .partial import PERIODS, PartialDate, Precision

_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)

if TYPE_CHECKING:

    class _DateField(models.Field[_ST, _GT]):
        """Django's own fields are generic only for the type checker; its DateField hands out plain dates."""

        _pyi_private_set_type: PartialDate | date | str | Combinable
        _pyi_private_get_type: PartialDate
        _pyi_lookup_exact_type: PartialDate | date | str

    class _CharField(models.CharField[_ST, _GT]):
        pass

    class _Attribute(DeferredAttribute):
        """What the stubs leave out."""

        field: Any

        def __get__(self, instance: Any, cls: Any = None) -> Any: ...
else:

    class _Generic:
        def __class_getitem__(cls, _: object) -> type:
            return cls

    class _DateField(_Generic, models.DateField): ...

    class _CharField(_Generic, models.CharField): ...

    _Attribute = DeferredAttribute


class _PartialDateAttribute(_Attribute):
    """Keeps plain column values on the instance; hands out and takes in whole PartialDates."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        last_day = super().__get__(instance, cls)
        if last_day is None:
            return None
        return PartialDate(last_day, getattr(instance, self.field.precision_field) or Precision.DAY)

    def __set__(self, instance: Any, value: Any) -> None:
        value = self.field.to_python(value)
        values, name, precision = instance.__dict__, self.field.attname, self.field.precision_field
        # While an instance is being made the columns come one by one: then the precision is still to come,
        # or already there. Afterwards a bare day says that the day is known.
        being_made = name not in values and instance._state.adding
        if isinstance(value, PartialDate):
            values[name], values[precision] = value.last_day, value.precision.value
            return
        values[name] = value
        if not being_made:
            values[precision] = precision_of(value)


class _PrecisionAttribute(_Attribute):
    """The precision of the date beside it: empty without a date, a day when nothing was said."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        precision = super().__get__(instance, cls)
        of = self.field.date_field
        if of is None or of.attname not in instance.__dict__:
            return precision
        return (precision or Precision.DAY.value) if instance.__dict__[of.attname] else ""

    def __set__(self, instance: Any, value: str) -> None:
        if value or not instance.__dict__.get(self.field.attname):
            instance.__dict__[self.field.attname] = Precision(value).value if value else ""


def precision_of(value: PartialDate | date | str | None) -> str:
    """What the precision column must hold beside this value."""
    if isinstance(value, PartialDate):
        return value.precision.value
    return Precision.DAY.value if value else ""


def _last_day(value: Any) -> Any:
    return value.last_day if isinstance(value, PartialDate) else value


class PartialDateField(_DateField[_ST, _GT]):
    """A date column with the last day; reads as PartialDate together with its PrecisionField."""

    descriptor_class = _PartialDateAttribute

    def __init__(self, verbose_name: str | None = None, *, precision_field: str, **kwargs: Any) -> None:
        self.precision_field = precision_field
        super().__init__(verbose_name, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """The path stays the same when this package is rearranged."""
        name, _, args, kwargs = super().deconstruct()
        kwargs["precision_field"] = self.precision_field
        return name, "mvi_portal.core.dates.PartialDateField", args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Demands the PrecisionField that is named."""
        return [*super().check(**kwargs), *self._check_precision_field()]

    def _check_precision_field(self) -> list[checks.CheckMessage]:
        try:
            found = self.model._meta.get_field(self.precision_field)
        except FieldDoesNotExist:
            found = None
        if isinstance(found, PrecisionField):
            return []
        message = f"precision_field names '{self.precision_field}', which is no PrecisionField of this model."
        return [checks.Error(message, obj=self, id="mvi.E001")]

    def to_python(self, value: Any) -> Any:
        """A PartialDate stays itself; the rest becomes a plain date or None, as in Django."""
        return value if isinstance(value, PartialDate) else super().to_python(value or None)

    def get_prep_value(self, value: Any) -> Any:
        """In a query a PartialDate is its last day."""
        return super().get_prep_value(_last_day(value))

    def value_to_string(self, obj: models.Model) -> str:
        """The last day, for fixtures; the precision stands in its own field."""
        value = _last_day(self.value_from_object(obj))
        return value.isoformat() if value else ""

    def get_placeholder(self, value: Any, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> str:
        """Django asks how the value is written down; an UPDATE then gets the precision with it.

        So `update(started_on=…)` and `save(update_fields=["started_on"])` never leave an old precision beside
        a new date. An expression tells no precision: then both columns must be named (FieldError).
        """
        if isinstance(compiler.query, UpdateQuery):
            self._update_precision(compiler.query)
        return "%s"

    def _update_precision(self, query: UpdateQuery) -> None:
        columns: list[tuple[Any, Any, Any]] = vars(query)["values"]  # not in the stubs
        given = {field.name: value for field, _, value in columns}
        if self.name not in given or self.precision_field in given:
            return
        if hasattr(given[self.name], "resolve_expression"):
            raise FieldError(
                f"Update {self.name} by an expression only together with {self.precision_field}."
            )
        # The compiler is walking this list and meets the addition next.
        columns.append(
            (self.model._meta.get_field(self.precision_field), None, precision_of(given[self.name]))
        )

    def formfield(self, **kwargs: Any) -> FormField | None:
        """Free text."""
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})


_ALWAYS: dict[str, Any] = {
    "max_length": 9,
    "choices": Precision.choices,
    "blank": True,
    "default": "",
    "editable": False,
}


class PrecisionField(_CharField[_ST, _GT]):
    """How precise the PartialDateField beside it is; set by that one, and checked by the database."""

    descriptor_class = _PrecisionAttribute

    def __init__(self, verbose_name: str = "precisie", **kwargs: Any) -> None:
        super().__init__(verbose_name, **{**_ALWAYS, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Nothing but the name: what is always so stands in the class."""
        name, _, args, kwargs = super().deconstruct()
        for always in _ALWAYS:
            kwargs.pop(always, None)
        return name, "mvi_portal.core.dates.PrecisionField", args, kwargs

    @cached_property
    def date_field(self) -> PartialDateField[Any, Any] | None:
        """The date of which this is the precision."""
        for field in self.model._meta.local_fields:
            if isinstance(field, PartialDateField) and field.precision_field == self.name:
                return field
        return None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Through the attribute, which knows the date."""
        return getattr(model_instance, self.attname)

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        """No precision without a date, and no "mei 2024" on another day than the last of May."""
        if self.date_field is None:
            return None
        quote = connection.ops.quote_name
        day, precision = quote(self.date_field.column or ""), quote(self.column or "")
        ends = " OR ".join(
            f"{precision} = '{name}' AND EXTRACT(MONTH FROM {day}) IN ({', '.join(map(str, period.ends))})"
            for name, period in PERIODS.items()
        )
        return (
            f"CASE WHEN {day} IS NULL THEN {precision} = '' "
            f"ELSE {precision} IN ('', 'day') OR EXTRACT(DAY FROM {day} + 1) = 1 AND ({ends}) END"
        )
