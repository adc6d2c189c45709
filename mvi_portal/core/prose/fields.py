"""Prose in the database: never stored otherwise than clean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .cleaning import clean
from .nodes import ProseError
from .rendering import nodes

_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)

if TYPE_CHECKING:

    class _TextField(models.TextField[_ST, _GT]):
        """Django's own field is generic only for the type checker."""
else:

    class _TextField(models.TextField):
        def __class_getitem__(cls, _: object) -> type:
            return cls


class ProseField(_TextField[_ST, _GT]):
    """A text column that cleans what is saved, and refuses in a form what cannot be meant."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """The path stays the same when this package is rearranged."""
        name, _, args, kwargs = super().deconstruct()
        return name, "mvi_portal.core.prose.ProseField", args, kwargs

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """The clean text; a node that says too little is an error of this field."""
        text = super().clean(clean(value) if isinstance(value, str) else value, model_instance)
        try:
            nodes(text or "")
        except ProseError as error:
            raise ValidationError(str(error), code="invalid") from error
        return text

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The object holds afterwards what the database holds."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Also what comes by `update` or in bulk."""
        return super().get_db_prep_save(clean(value) if isinstance(value, str) else value, connection)
