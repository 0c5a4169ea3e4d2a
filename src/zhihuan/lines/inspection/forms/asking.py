"""Fields that several forms of this line ask alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["ReasonForm", "confirmed", "day_field", "moment_field", "text_field", "yes_or_no"]


def text_field(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    """Several lines of text."""
    more = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 4000} | more
    return forms.CharField(label=label, help_text=hint, **more)


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, by the browser's calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    """A moment of Beijing, to the minute."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **more)


def confirmed(label: Any, hint: Any = "") -> forms.BooleanField:
    """A box that must be ticked: something the law wants done."""
    return forms.BooleanField(label=label, help_text=hint)


def yes_or_no(label: Any, **more: Any) -> forms.ChoiceField:
    """One of two, neither chosen beforehand."""
    choices = [("no", _("否")), ("yes", _("是"))]
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class ReasonForm(forms.Form):
    """Why."""

    reason = text_field(_("理由"))
