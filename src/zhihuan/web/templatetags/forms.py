"""Filters of the form-field component: which shape a bound field has, and its control as HTML.

They give every control the class of its kind and the state a screen reader tells (invalid), and
change nothing about the field's meaning.
"""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()

_PLAIN = (forms.TextInput, forms.Textarea, forms.DateInput, forms.FileInput)


@register.filter
def is_check(field: BoundField) -> bool:
    """One box to tick, its label beside it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Several controls under one question."""
    group = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)
    return isinstance(field.field.widget, group)


@register.filter
def described(field: BoundField) -> str:
    """The ids of hint and errors, for ``aria-describedby``."""
    parts = [f"{field.auto_id}_helptext"] if field.help_text else []
    parts += [f"{field.auto_id}_error"] if field.errors else []
    return " ".join(parts)


@register.filter
def control(field: BoundField) -> SafeString:
    """The input itself."""
    attributes: dict[str, Any] = {"class": _class_of(field.field.widget)}
    if not is_group(field) and (ids := described(field)):
        attributes["aria-describedby"] = ids
    if field.errors and not is_group(field):
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


def _class_of(widget: forms.Widget) -> str:
    given = str(widget.attrs.get("class", ""))
    return " ".join(dict.fromkeys([*given.split(), *_own_class(widget).split()]))


def _own_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choice-list"
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control" if isinstance(widget, _PLAIN) else ""
