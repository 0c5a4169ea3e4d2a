"""The field for a moment, in Beijing time, as the forms of alarms ask for one."""

from __future__ import annotations

from typing import Any

from django import forms

__all__ = ["moment"]

_WRITTEN = "%Y-%m-%dT%H:%M"


def moment(label: Any, hint: Any, **more: Any) -> forms.DateTimeField:
    """To the minute, picked or typed."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_WRITTEN)
    return forms.DateTimeField(
        label=label,
        input_formats=[_WRITTEN, "%Y-%m-%d %H:%M"],
        help_text=hint,
        widget=widget,
        **more,
    )
