"""The form of a receipt of service. What each way asks for is judged where it is recorded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.serving.way import ways


def _choices() -> list[tuple[str, Any]]:
    return [("", _("请选择")), *((each.code, each.title) for each in ways().values())]


class ReceiptForm(forms.Form):
    """Its fields are those of ``serving.recording.Attempt``."""

    way = forms.ChoiceField(label=_("送达方式"), choices=_choices)
    tried_on = forms.DateField(
        label=_("送达日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("签收、留置、到达或发出公告的那一日。"),
    )
    succeeded = forms.BooleanField(
        label=_("已经送达"),
        required=False,
        help_text=_("没有送达成功的，取消勾选并说明原因。"),
    )
    recipient = forms.CharField(label=_("受送达人"), max_length=120)
    received_by = forms.CharField(label=_("签收人"), max_length=60, required=False)
    relation = forms.CharField(label=_("与受送达人的关系"), max_length=60, required=False)
    place = forms.CharField(label=_("送达地点"), max_length=200, required=False)
    served_by = forms.CharField(label=_("送达人"), max_length=120)
    witness = forms.CharField(
        label=_("见证人"), max_length=60, required=False, help_text=_("留置送达时填写。")
    )
    consent = forms.BooleanField(label=_("受送达人已书面同意电子送达"), required=False)
    proof = forms.CharField(
        label=_("送达凭证"),
        max_length=200,
        required=False,
        help_text=_("回执号、系统到达记录、公告载体等。"),
    )
    why_not = forms.CharField(label=_("未送达原因"), max_length=200, required=False)
    note = forms.CharField(
        label=_("备注"),
        max_length=200,
        required=False,
        help_text=_("拒收事由、公告送达的原因和经过。"),
    )
