"""How a record is signed: by the party and both officers on the screen, or on paper with a photograph; or the
party refuses, and somebody who stood by says so.

Source: 行政处罚法 (2021) §55 and 生态环境行政处罚办法: a record is read or read out and signed;
a refusal is noted with its reason, and may be witnessed or recorded.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.signatures.field import SignatureField
from zhihuan.bureau.vault.fields import PageFileInput, VaultFileField

__all__ = ["SIGNING", "SignedForm"]

#: The fields below, in the order they are asked, behind what a record asks by itself.
SIGNING = (
    "read_by", "refuses", "refusal_reason", "witness_name", "witness_signed",
    "party_signed", "officer_1_signed", "officer_2_signed", "paper_signed", "paper_made",
)  # fmt: skip


class SignedForm(MatterForm):
    """Fields of a record's end. shown_when: field → (field that decides, its value): a page that asks one
    question a screen leaves it out otherwise; what counts is judged in ``clean``."""

    one_by_one = True
    offline = True
    adds_only = True
    shown_when = {  # noqa: RUF012 - read, never written
        "refusal_reason": ("refuses", "yes"),
        "witness_name": ("refuses", "yes"),
        "witness_signed": ("refuses", "yes"),
        "party_signed": ("refuses", "no"),
    }

    read_by = forms.ChoiceField(
        label=_("笔录如何交当事人核对"),
        choices=[("read", _("当事人自行阅读")), ("heard", _("向当事人宣读"))],
        widget=forms.RadioSelect,
    )
    refuses = forms.ChoiceField(
        label=_("当事人是否拒绝签字"),
        choices=[("no", _("否，同意签字")), ("yes", _("是，拒绝签字"))],
        widget=forms.RadioSelect,
    )
    refusal_reason = forms.CharField(label=_("拒绝签字的理由"), max_length=500, required=False)
    witness_name = forms.CharField(
        label=_("见证人姓名及单位"),
        max_length=120,
        required=False,
        help_text=_("没有见证人的，写“无”，并以录音录像记录拒签过程。"),
    )
    witness_signed = SignatureField(label=_("见证人签名"), required=False)
    party_signed = SignatureField(label=_("当事人签名"), required=False, evidence="statement")
    officer_1_signed = SignatureField(label=_("执法人员签名（一）"), required=False)
    officer_2_signed = SignatureField(label=_("执法人员签名（二）"), required=False)
    paper_signed = VaultFileField(
        label=_("纸面签字照片"),
        accepted=("jpeg", "png"),
        camera=True,
        evidence="documentary",
        required=False,
        help_text=_("不在屏幕上签名的，在纸上签名后拍照。"),
    )
    #: What the party could take away at once: made of the same answers on the phone that asked them.
    paper_made = VaultFileField(
        label=_("现场生成的笔录（PDF）"),
        accepted=("pdf",),
        evidence="documentary",
        required=False,
        widget=PageFileInput(),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, (decider, value) in self.shown_when.items():
            field: Any = self.fields[name]
            field.shown_when = f"{decider}={value}"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        on_paper = bool(told.get("paper_signed"))
        if told.get("refuses") == "yes":
            self._must(told, "refusal_reason", _("请填写拒绝签字的理由。"))
            self._must(told, "witness_name", _("请填写见证人；没有见证人的写“无”。"))
            told["party_signed"] = None
        elif not on_paper:
            self._must(told, "party_signed", _("请当事人签名，或上传纸面签字照片。"))
        if not on_paper:
            for name in ("officer_1_signed", "officer_2_signed"):
                self._must(told, name, _("请执法人员签名，或上传纸面签字照片。"))
        return told

    def _must(self, told: dict[str, Any], name: str, words: Any) -> None:
        if not told.get(name) and name not in self.errors:
            self.add_error(name, words)
