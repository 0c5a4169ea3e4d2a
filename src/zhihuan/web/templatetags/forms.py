"""Filters of the form-field component: which shape a bound field has, and its control as HTML.

They give every control the class of its kind and the state a screen reader tells (invalid), and
change nothing about the field's meaning.
"""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhihuan.bureau.vault.fields import VaultFileInput

register = template.Library()

_PLAIN = (forms.widgets.Input, forms.Textarea)
_CHOOSING = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.CheckboxInput)


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
def first_id(field: BoundField) -> str:
    """The id of the control that a link to the field leads to: the first one of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def problems(field: BoundField) -> list[str]:
    """What is wrong, in words that say what to do: “请填写名称”, not “这个字段是必填项”."""
    return [_words(field, error) for error in field.errors.as_data()]


def _words(field: BoundField, error: ValidationError) -> str:
    usual = str(forms.Field.default_error_messages["required"])
    if error.code == "required" and str(error.messages[0]) == usual:
        if is_check(field):
            return _("请确认“%(label)s”") % {"label": field.label}
        choosing = isinstance(field.field.widget, _CHOOSING)
        words = _("请选择%(label)s") if choosing else _("请填写%(label)s")
        return words % {"label": field.label}
    return str(error.messages[0])


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
    is_plain = isinstance(widget, _PLAIN) or type(widget) is VaultFileInput
    return "form-control" if is_plain else ""
