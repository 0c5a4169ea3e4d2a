"""The form of closing an organisation."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.web.people.forms.grant import ReasonForm
from zhihuan.web.registry.forms.record_form import DayInput


class ClosingForm(ReasonForm):
    """From when, and why."""

    on = forms.DateField(
        label=_("撤销日期"),
        widget=DayInput(),
        initial=timezone.localdate,
        help_text=_("自这一天起不再使用，不晚于今天。"),
    )
    field_order = ("on", "why")
