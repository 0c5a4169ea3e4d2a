"""The form of a device. Passwords and keys can be set here and are never shown."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.history.changing import Changes
from zhihuan.bureau.registry.models import Device, FactorAlias, MonitoringPoint
from zhihuan.hj212.codes import system_type
from zhihuan.web.registry.forms.factors import refuse_unknown
from zhihuan.web.registry.forms.linked import LinkedField
from zhihuan.web.registry.forms.record_form import RecordForm

_ALIAS = re.compile(r"^\s*([^\s=＝]{1,20})\s*[=＝]\s*([^\s=＝]{1,20})\s*$")


class SecretInput(forms.PasswordInput):
    """Never gives back what was typed."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "new-password"}, render_value=False)


def _secret(label: Any, most: int, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=False, widget=SecretInput, help_text=help_text
    )


class DeviceForm(RecordForm):
    """A data logger and how it speaks. The point is chosen once; after that it is moved."""

    fixed = ("point",)
    groups: ClassVar[Any] = (
        (_("设备"), ("mn", "point", "logger_id", "system_type", "enabled", "registered", "retired")),
        (
            _("通信"),
            (
                "version", "surface_water", "crc", "lenient", "lenient_length",
                "max_segment_bytes", "realtime_seconds", "minute_minutes",
            ),
        ),
        (_("访问密码与密钥"), ("new_password", "encrypted", "new_keys")),
        (_("因子代码对照"), ("aliases",)),
    )  # fmt: skip
    point = LinkedField(
        MonitoringPoint,
        ("code",),
        "registry.change_monitoringpoint",
        noun="points",
        label=_("监测点位编码"),
        help_text=_("登记后如需换点位，请在设备页面办理“移到其他点位”。"),
    )
    new_password = _secret(
        _("访问密码（PW）"), 60, _("只在设置或更换时填写；平台密封保存，不再显示。")
    )
    new_keys = _secret(
        _("密钥（SM4）"),
        80,
        _("每个 16 个字符或 32 位十六进制，至多两个，新的在前，以逗号分开。"),
    )
    aliases = forms.CharField(
        label=_("厂家代码对照"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一条：厂家代码=标准代码，例如 011=w01018。"),
    )

    class Meta:
        model = Device
        fields = (
            "mn", "point", "logger_id", "system_type", "version", "surface_water", "crc",
            "lenient", "lenient_length", "encrypted", "max_segment_bytes", "realtime_seconds",
            "minute_minutes", "enabled", "registered", "retired",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            known = self.instance.aliases.order_by("alias")
            self.fields["aliases"].initial = "\n".join(f"{a.alias}={a.factor}" for a in known)

    def clean_system_type(self) -> str:
        code: str = self.cleaned_data["system_type"].strip()
        if code and system_type(code) is None:
            words = _now("HJ 212 没有系统编码“%(code)s”，例如废水为 32、烟气为 31。")
            raise ValidationError(words, params={"code": code})
        return code

    def clean_aliases(self) -> dict[str, str]:
        lines = [line for line in self.cleaned_data["aliases"].splitlines() if line.strip()]
        found: dict[str, str] = {}
        for number, line in enumerate(lines, 1):
            if (match := _ALIAS.match(line)) is None:
                words = _now("第 %(number)s 行“%(line)s”不是“厂家代码=标准代码”的样式。")
                raise ValidationError(words, params={"number": number, "line": line[:40]})
            found[match[1]] = match[2]
        refuse_unknown(list(found.values()))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("new_password"):
            self.instance.password = cleaned["new_password"]
        if cleaned.get("new_keys"):
            self.instance.keys = cleaned["new_keys"]
        return cleaned

    def save_more(self, changes: Changes) -> None:
        """Secrets are saved beside the history, which must not hold them; then the aliases."""
        if self.has_new_secrets:
            self.instance.save(update_fields=["sealed_password", "sealed_keys"])
        wanted = self.cleaned_data["aliases"]
        known = {each.alias: each for each in self.instance.aliases.all()}
        for alias in known.keys() - wanted.keys():
            changes.delete(known[alias])
        for alias, factor in wanted.items():
            if alias in known:
                changes.update(known[alias], factor=factor)
            else:
                changes.create(FactorAlias(device=self.instance, alias=alias, factor=factor))

    @property
    def has_new_secrets(self) -> bool:
        """Whether a password or key was set in this form."""
        return bool(self.cleaned_data.get("new_password") or self.cleaned_data.get("new_keys"))
