"""The form of an enforcement certificate."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import EnforcementCertificate, User
from zhihuan.web.registry.forms.linked import LinkedField
from zhihuan.web.registry.forms.record_form import RecordForm


class CertificateForm(RecordForm):
    """A certificate belongs to one officer for good; a new one is registered beside the old."""

    fixed = ("user",)
    user = LinkedField(
        User,
        ("username", "display_name"),
        "people.change_enforcementcertificate",
        noun="accounts",
        narrow=lambda rows: rows.filter(is_active=True),
        label=_("执法人员"),
        help_text=_("填账号或姓名。"),
    )

    class Meta:
        model = EnforcementCertificate
        fields = ("user", "number", "issued", "expires")
        help_texts: ClassVar[dict[str, Any]] = {
            "number": _("照证件填写。换发的新证另行登记，旧证保留。"),
            "expires": _("有效期最后一日。"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        issued, expires = cleaned.get("issued"), cleaned.get("expires")
        if issued and expires and expires < issued:
            raise ValidationError({"expires": _now("有效期早于发证日期，请更正。")})
        return cleaned
