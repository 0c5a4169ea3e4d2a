"""The form of one order, made from what the protocol declares about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.acquisition.order_catalogue import OrderField, OrderKind, order_fields

_PREFIX = "p-"


class OrderForm(forms.Form):
    """One field per parameter, and the reason. ``values()`` are typed, by attribute."""

    def __init__(self, kind: OrderKind, factors: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parameters = order_fields(kind, factors)
        for parameter in self.parameters:
            self.fields[_PREFIX + parameter.attribute] = _form_field(parameter)
        self.fields["reason"] = forms.CharField(
            label=_("下达理由"),
            max_length=300,
            widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            help_text=_("与命令一同保存，可追溯。"),
        )

    def values(self) -> dict[str, Any]:
        """What was filled in; absent parameters are left out."""
        found = {
            parameter.attribute: self.cleaned_data.get(_PREFIX + parameter.attribute)
            for parameter in self.parameters
        }
        return {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in found.items()
            if value not in (None, "", [])
        }


def _form_field(parameter: OrderField) -> forms.Field:
    label = f"{parameter.label}（{parameter.unit}）" if parameter.unit else parameter.label
    common = {"label": label, "required": parameter.required}
    if parameter.choices:
        return _choice(parameter, common)
    return _BUILDERS[parameter.kind](parameter, common)


def _choice(parameter: OrderField, common: Mapping[str, Any]) -> forms.Field:
    coerce = int if parameter.kind == "integer" else str
    if parameter.repeated:
        return forms.TypedMultipleChoiceField(
            choices=parameter.choices,
            coerce=coerce,
            widget=forms.SelectMultiple(attrs={"class": "form-select"}),
            **common,
        )
    blank = () if parameter.required else (("", "—"),)
    return forms.TypedChoiceField(
        choices=(*blank, *parameter.choices),
        coerce=coerce,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select"}),
        **common,
    )


def _text(parameter: OrderField, common: Mapping[str, Any]) -> forms.Field:
    attributes = {"class": "form-control", "autocomplete": "off"}
    widget = forms.PasswordInput if parameter.secret else forms.TextInput
    return forms.CharField(max_length=parameter.maximum, widget=widget(attrs=attributes), **common)


def _number(field: type[forms.IntegerField], parameter: OrderField, common: Any) -> forms.Field:
    return field(
        min_value=parameter.minimum,
        max_value=parameter.maximum,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
        **common,
    )


def _integer(parameter: OrderField, common: Mapping[str, Any]) -> forms.Field:
    return _number(forms.IntegerField, parameter, common)


def _decimal(parameter: OrderField, common: Mapping[str, Any]) -> forms.Field:
    return _number(forms.DecimalField, parameter, common)


def _time(_parameter: OrderField, common: Mapping[str, Any]) -> forms.Field:
    widget = forms.DateTimeInput(
        attrs={"class": "form-control", "type": "datetime-local", "step": "1"},
        format="%Y-%m-%dT%H:%M:%S",
    )
    formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"]
    # Naive input is read in the platform's time zone, which is Beijing time.
    return forms.DateTimeField(widget=widget, input_formats=formats, **common)


def _clock(_parameter: OrderField, common: Mapping[str, Any]) -> forms.Field:
    widget = forms.TimeInput(attrs={"class": "form-control", "type": "time", "step": "1"})
    return forms.TimeField(widget=widget, **common)


_BUILDERS: Mapping[str, Callable[[OrderField, Mapping[str, Any]], forms.Field]] = {
    "text": _text,
    "mark": _text,
    "integer": _integer,
    "decimal": _decimal,
    "time": _time,
    "clock": _clock,
}
