"""The form of a contact. Saving it says that the number was checked, or why it is doubted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import Contact, Enterprise
from zhihuan.web.registry.forms.linked import LinkedField
from zhihuan.web.registry.forms.record_form import RecordForm


class ContactForm(RecordForm):
    """Somebody who answers for an enterprise; at least one way to reach them."""

    fixed = ("enterprise",)
    enterprise = LinkedField(
        Enterprise, ("code", "credit_code"), "registry.change_contact", label=_("企业编码")
    )

    class Meta:
        model = Contact
        fields = ("enterprise", "name", "duty", "phone", "email", "verified_on", "doubt")
        help_texts: ClassVar[dict[str, Any]] = {
            "phone": _("手机或带区号的固定电话，例如 0760-88000000。"),
            "verified_on": _("最近一次打通电话或当面核对的日期。"),
            "doubt": _("无人接听、号码已停用等；核实后请清空。"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("phone") and not cleaned.get("email") and not self.errors:
            raise ValidationError({"phone": _now("电话与邮箱至少填写一项。")})
        return cleaned
