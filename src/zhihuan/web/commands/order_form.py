"""The form of one order, made from what the protocol declares about it.

It only gathers text; whether a value may be sent is judged in one place, ``hj212.orders``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhihuan.hj212.codes import info_codes
from zhihuan.hj212.orders import Parameter
from zhihuan.web.live.factor_words import words

_PREFIX = "p-"
_Choices = list[tuple[str, str]]


class OrderForm(forms.Form):
    """One field per parameter, and the reason."""

    def __init__(
        self, parameters: Sequence[Parameter], factors: Sequence[str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parameters = parameters
        for parameter in parameters:
            self.fields[_PREFIX + parameter.name] = _field(parameter, factors)
        self.fields["reason"] = forms.CharField(
            label=_("下达理由"),
            max_length=300,
            widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            help_text=_("与命令一同保存，可追溯。"),
        )

    def values(self) -> dict[str, str]:
        """Parameter name to text; lists are separated by blanks, what was left out is missing."""
        found = {each.name: self.cleaned_data.get(_PREFIX + each.name) for each in self.parameters}
        return {
            name: " ".join(value) if isinstance(value, list) else str(value)
            for name, value in found.items()
            if value
        }

    def refuse(self, error: ValidationError) -> None:
        """Show what the protocol or the bureau refused, at the field it concerns."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, problems in error.error_dict.items():
            field = name if name in self.fields else _PREFIX + name
            self.add_error(field if field in self.fields else None, problems)


def _field(parameter: Parameter, factors: Sequence[str]) -> forms.Field:
    label = f"{parameter.label}（{parameter.unit}）" if parameter.unit else parameter.label
    common = {"label": label, "required": parameter.required, "help_text": _range(parameter)}
    choices = _choices(parameter, factors)
    if parameter.kind == "factors":
        widget = forms.SelectMultiple(attrs={"class": "form-select"})
        return forms.MultipleChoiceField(choices=choices, widget=widget, **common)
    if choices:
        select = forms.Select(attrs={"class": "form-select"})
        blank = [] if parameter.required else [("", "—")]
        return forms.ChoiceField(choices=[*blank, *choices], widget=select, **common)
    return forms.CharField(widget=_WIDGETS.get(parameter.kind, _text)(), **common)


def _range(parameter: Parameter) -> str:
    if parameter.kind in {"integer", "decimal"} and None not in (
        parameter.minimum,
        parameter.maximum,
    ):
        return f"{parameter.minimum}～{parameter.maximum}"
    return ""


def _choices(parameter: Parameter, factors: Sequence[str]) -> _Choices:
    if parameter.kind in {"factor", "factors"}:
        return [(code, words(code).title) for code in factors]
    if parameter.kind == "info_code":
        return [(info.code, f"{info.code} {info.kind} {info.name}") for info in info_codes()]
    return [
        (value, value if value == name else f"{value}（{name}）")
        for value, name in parameter.choices
    ]


def _text() -> forms.Widget:
    return forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})


def _secret() -> forms.Widget:
    return forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "new-password"})


def _number() -> forms.Widget:
    return forms.NumberInput(attrs={"class": "form-control", "step": "any"})


def _time() -> forms.Widget:
    return forms.TextInput(attrs={"class": "form-control", "type": "datetime-local", "step": "1"})


def _clock() -> forms.Widget:
    return forms.TextInput(attrs={"class": "form-control", "type": "time", "step": "1"})


_WIDGETS: dict[str, Callable[[], forms.Widget]] = {
    "secret": _secret,
    "integer": _number,
    "decimal": _number,
    "time": _time,
    "clock": _clock,
}
