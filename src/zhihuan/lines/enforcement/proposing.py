"""The reckoning behind a proposed fine: factors, range and the sum step by step, kept beside the amount.

Whoever reckons (the discretion calculator) hands over plain values; the line keeps them as they are and depends on
nothing else of it. A fine may be proposed without: then the written reasons stand alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

__all__ = ["Reckoned", "ReckoningField"]

_MOST = 40_000


class Reckoned(Protocol):
    """What a calculator answers."""

    def as_values(self) -> Mapping[str, Any]:
        """Plain values, fit for JSON: amounts as text."""
        ...


class ReckoningField(forms.CharField):
    """A reckoning as JSON, as a calculator's page hands it over; cleans to a mapping, None for none.

    amount_into: the field of the same form that takes its amount.
    """

    #: By this the calculator's page knows the steps that it may hand over to.
    takes_reckoning = True

    def __init__(self, *, amount_into: str = "", **more: Any) -> None:
        self.amount_into = amount_into
        given = {
            "label": _("裁量计算"),
            "required": False,
            "max_length": _MOST,
            "widget": forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
            "help_text": _("由裁量计算器带入；没有的可不填。"),
        }
        super().__init__(**{**given, **more})

    def clean(self, value: Any) -> Any:
        if hasattr(value, "as_values"):
            return dict(value.as_values())
        if isinstance(value, Mapping):
            return dict(value)
        told = super().clean(value)
        if not told:
            return None
        try:
            found = json.loads(told)
        except ValueError as error:
            raise ValidationError(_now("裁量计算的内容不完整，请从裁量计算器重新带入。")) from error
        if not isinstance(found, dict):
            raise ValidationError(_now("裁量计算的内容不完整，请从裁量计算器重新带入。"))
        return found

    def words_of(self, value: Any) -> str:
        """What was kept, for people."""
        if not value:
            return ""
        told = [str(value[name]) for name in ("title", "total", "amount") if value.get(name)]
        return " ".join(told) or _now("已附裁量计算")
