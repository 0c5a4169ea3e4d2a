"""One attribute of a resource: where its value comes from. Its type, bounds, nullness and names follow
from the model's field, so that the document, the answer and the check of what is sent agree.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import translation
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zhihuan.bureau.audit.exact_json import ExactJSONField

_TYPES: tuple[tuple[type[Any], Any], ...] = (
    (models.BooleanField, bool),
    (models.DecimalField, Decimal),
    (models.FloatField, float),
    (models.DateTimeField, dt.datetime),
    (models.DateField, dt.date),
    (models.IntegerField, int),
    (models.CharField, str),
    (ExactJSONField, Any),
    (models.TextField, str),
    (models.JSONField, list[str]),
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """``Attribute("site", "site__code", refers_to="sites")``.

    source: look-up path from the resource's model, "" = the name itself. refers_to: the resource
    whose key this is. is_written: whether it may be given when a record is created or changed.
    about: English words that the field's own name does not say.
    """

    name: str
    source: str = ""
    refers_to: str = ""
    is_written: bool = True
    about: str = ""

    @property
    def path(self) -> str:
        return self.source or self.name


def field_at(model: type[models.Model], path: str) -> tuple[models.Field[Any, Any], bool]:
    """The field at the end of a look-up path (``enterprise__code``, ``permit_id``), and whether its
    value may be missing."""
    missing, here = False, model
    field: Any = None
    for part in path.split("__"):
        field = here._meta.get_field(part.removesuffix("_id"))
        missing = missing or field.null
        here = field.related_model
    return field, missing


def words(model: type[models.Model], attribute: Attribute) -> tuple[str, str]:
    """Its Chinese title, and an English description."""
    first, _missing = field_at(model, attribute.path.split("__")[0])
    with translation.override("zh-hans"):
        title = str(first.verbose_name)
    with translation.override("en"):
        about = str(first.verbose_name)
    return title, f"{about}. {attribute.about}".strip() if attribute.about else about


def answer_type(model: type[models.Model], attribute: Attribute) -> Any:
    """The annotation of the attribute in an answer."""
    field, missing = field_at(model, attribute.path)
    found = _plain_type(_valued(field))
    return found | None if missing else found


def given_type(model: type[models.Model], attribute: Attribute) -> Any:
    """The annotation of the attribute where it is sent: with lengths, bounds and choices."""
    field, missing = field_at(model, attribute.path)
    bounds = {} if attribute.refers_to else _bounds(field)
    plain = _plain_type(_valued(field))
    found = Annotated[plain, Field(**bounds), AfterValidator(_without_nul)]
    return found | None if missing else found


def _without_nul(value: Any) -> Any:
    """PostgreSQL holds no NUL character."""
    if isinstance(value, str) and "\0" in value:
        raise PydanticCustomError("nul", "NUL character")
    return value


def _valued(field: Any) -> Any:
    """A foreign key's value is the key of what it points to."""
    while field.is_relation:
        field = field.target_field
    return field


def _plain_type(field: Any) -> Any:
    if field.choices and not isinstance(field, models.BooleanField):
        values = [value for value, _text in field.flatchoices]
        return Literal[tuple(values if not field.blank or field.null else [*values, ""])]
    return next(python for kind, python in _TYPES if isinstance(field, kind))


def _bounds(field: Any) -> dict[str, Any]:
    if field.choices:
        return {}
    if isinstance(field, models.CharField):
        least = 0 if field.blank else 1
        return {"max_length": field.max_length, "min_length": least}
    bounds: dict[str, Any] = {}
    for validator in field.validators:
        if isinstance(validator, MinValueValidator):
            bounds["ge"] = validator.limit_value
        elif isinstance(validator, MaxValueValidator):
            bounds["le"] = validator.limit_value
    return bounds
