"""A step's Django form as a pydantic model, for the document and for a first check of what is sent.

The form itself has the last word. Fields whose choices are known only for a given matter are text here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from django import forms
from pydantic import BaseModel, ConfigDict, Field, create_model

__all__ = ["said_model"]

#: The first that fits: Django's numbers and choices inherit from one another.
_PLAIN: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.NullBooleanField, bool | None),
    (forms.BooleanField, bool),
    (forms.DecimalField, Decimal),
    (forms.FloatField, float),
    (forms.IntegerField, int),
    (forms.DateTimeField, dt.datetime),
    (forms.DateField, dt.date),
    (forms.TimeField, dt.time),
    (forms.ModelMultipleChoiceField, list[str]),
    (forms.ModelChoiceField, str),
)


def said_model(form: type[forms.BaseForm] | None, name: str) -> type[BaseModel]:
    """What is said in a step; nothing at all where the step asks nothing."""
    asked = form.base_fields if form is not None else {}
    fields: dict[str, Any] = {each: _field(field) for each, field in asked.items()}
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


def _field(field: forms.Field) -> tuple[Any, Any]:
    annotation = _annotation(field)
    bounds = dict(_bounds(field))
    title = str(field.label or "")
    if field.required:
        return annotation, Field(..., title=title, **bounds)
    return annotation | None, Field(None, title=title, **bounds)


def _annotation(field: forms.Field) -> Any:
    if field.widget.needs_multipart_form:
        return str  # the token of a file that is kept already
    for kind, python in _PLAIN:
        if isinstance(field, kind):
            return python
    if isinstance(field, forms.ChoiceField):
        values = tuple(_values(field.choices))
        one: Any = Literal[values] if values else str
        return list[one] if isinstance(field, forms.MultipleChoiceField) else one
    return str


def _values(choices: Any) -> Iterator[str]:
    """Values out of their groups, without the empty one."""
    for value, text in choices:
        if isinstance(text, list | tuple):
            yield from _values(text)
        elif value not in (None, ""):
            yield str(value)


def _bounds(field: forms.Field) -> Iterator[tuple[str, Any]]:
    if isinstance(field, forms.IntegerField):  # decimals and floats among them
        yield from (
            (name, limit)
            for name, limit in (("ge", field.min_value), ("le", field.max_value))
            if limit is not None and not callable(limit)
        )
    elif isinstance(field, forms.CharField):
        if field.max_length is not None:
            yield "max_length", int(field.max_length)
        if field.required:
            yield "min_length", max(int(field.min_length or 1), 1)
