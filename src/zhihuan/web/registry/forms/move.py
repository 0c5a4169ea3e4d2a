"""The form that moves a device to another point."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.web.registry.forms.linked import LinkedField
from zhihuan.web.registry.forms.record_form import DayInput
from zhihuan.web.registry.forms.why import WhyForm


class MoveForm(WhyForm):
    """Where to and from which day on."""

    to = LinkedField(
        MonitoringPoint,
        ("code",),
        "registry.change_device",
        noun="points",
        label=_("移到点位（编码）"),
    )
    on = forms.DateField(
        label=_("移装日期"),
        widget=DayInput,
        initial=timezone.localdate,
        help_text=_("自这一日起，设备的数据属于新点位；之前的数据仍属于原点位。"),
    )
    field_order = ("to", "on", "why")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].user = user  # type: ignore[attr-defined]
        self.fields["to"].widget.attrs["list"] = "list-to"
