"""The forms of evidence: add a piece, enter what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.vault.evidence.adding import is_outside
from zhihuan.bureau.vault.evidence.custody import Keeping
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.bureau.vault.models import CustodyEntry, Evidence

__all__ = ["CustodyForm", "EvidenceForm"]

_Obtained = Evidence.Obtained
_MOMENT = "%Y-%m-%dT%H:%M"


class EvidenceForm(forms.Form):
    """What is said of a new piece. What is taken on the spot needs time, place and who took it."""

    file = VaultFileField(
        label=_("文件"),
        camera=True,
        help_text=_("图片、PDF、Word、Excel、文本、录音或视频；按内容核查，原件一字节不改"),
    )
    title = forms.CharField(label=_("证明内容"), max_length=200)
    kind = forms.ChoiceField(label=_("证据种类"), choices=Evidence.Kind.choices)
    obtained = forms.ChoiceField(label=_("取得方式"), choices=_Obtained.choices)
    taken_at = forms.DateTimeField(
        label=_("拍摄或制作时间"),
        required=False,
        input_formats=[_MOMENT, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        help_text=_("北京时间"),
    )
    place = forms.CharField(label=_("拍摄或制作地点"), max_length=200, required=False)
    taken_by = forms.CharField(
        label=_("拍摄或制作人"), max_length=100, required=False, help_text=_("两人以上以顿号隔开")
    )
    lon = forms.FloatField(
        label=_("地点经度"),
        required=False,
        min_value=-180,
        max_value=180,
        help_text=_("WGS 84，度"),
    )
    lat = forms.FloatField(
        label=_("地点纬度"), required=False, min_value=-90, max_value=90, help_text=_("WGS 84，度")
    )
    origin = forms.CharField(
        label=_("出处"),
        max_length=200,
        required=False,
        help_text=_("由谁提供、原件存于何处、是否与原件核对无误"),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_outside(user):
            self.fields["obtained"].choices = [(_Obtained.GIVEN.value, _Obtained.GIVEN.label)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("obtained") == _Obtained.TAKEN:
            for name in ("taken_at", "place", "taken_by"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("现场拍摄、录制的证据须写明时间、地点和制作人。"))
        if (said.get("lon") is None) != (said.get("lat") is None):
            self.add_error("lon", _("经度和纬度须一并填写，或都不填。"))
        return said

    def said(self) -> dict[str, Any]:
        """The facts of the evidence, without the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class CustodyForm(forms.Form):
    """What became of a piece, of what may follow now."""

    act = forms.ChoiceField(label=_("保管情况"))
    holder = forms.CharField(
        label=_("接收人（保管人）"), max_length=100, required=False, help_text=_("移交、退还时必填")
    )
    place = forms.CharField(label=_("保管地点"), max_length=100, required=False)
    words = forms.CharField(
        label=_("事由或说明"), max_length=300, required=False, help_text=_("启封、撤回时必填")
    )

    def __init__(self, acts: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [(act, CustodyEntry.Act(act).label) for act in acts]  # type: ignore[attr-defined]

    def keeping(self) -> Keeping:
        """What was filled in."""
        said = self.cleaned_data
        return Keeping(said["holder"], said["place"], said["words"])
