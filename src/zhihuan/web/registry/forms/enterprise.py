"""The form of an enterprise. A body without a credit code says why it has none."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.registry.industries import industries
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.web.registry.forms.doubt import credit_code_doubts, place_doubts
from zhihuan.web.registry.forms.record_form import RecordForm


class EnterpriseForm(RecordForm):
    """Registers or changes an enterprise; its code follows from the credit code when left empty."""

    groups: ClassVar[Any] = (
        (_("主体"), ("name", "credit_code", "no_code_reason", "code", "legal_representative")),
        (_("管理"), ("industry", "level", "status")),
        (_("位置"), ("town", "address", "lon", "lat")),
    )

    class Meta:
        model = Enterprise
        fields = (
            "name", "credit_code", "no_code_reason", "code", "legal_representative", "industry",
            "level", "status", "town", "address", "lon", "lat",
        )  # fmt: skip
        help_texts: ClassVar[dict[str, Any]] = {
            "credit_code": _("18 位，见营业执照；没有信用代码的单位留空，并填写下一项。"),
            "no_code_reason": _("例如：医院分院区、个体养殖户、部队单位。"),
            "code": _("平台内的唯一编码；留空时取信用代码，没有信用代码时自动编号。"),
            "industry": _("GB/T 4754-2017 代码，例如 1713（棉印染精加工）。"),
            "lon": _("WGS-84，十进制度，例如 113.42156。"),
            "lat": _("WGS-84，十进制度，例如 22.68312。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = bool(self.instance.pk)
        self.fields["industry"].noun = "industries"  # type: ignore[attr-defined]
        self.fields["industry"].widget.attrs |= {"list": "list-industry", "autocomplete": "off"}

    def clean_credit_code(self) -> str:
        code: str = self.cleaned_data["credit_code"].upper().replace(" ", "")
        taken = Organisation.objects.filter(credit_code=code).exclude(pk=self.instance.pk)
        if code and (other := taken.first()):
            raise ValidationError(
                _now("此代码已登记给“%(name)s”。请核对；同一单位请勿重复登记。"),
                params={"name": other.name},
            )
        return code

    def clean_industry(self) -> str:
        code: str = self.cleaned_data["industry"].strip().upper()
        if code and code not in industries():
            raise ValidationError(
                _now("GB/T 4754-2017 没有代码“%(code)s”，请在行业代码表中查找。"),
                params={"code": code},
            )
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("code") and "code" not in self.errors:
            cleaned["code"] = cleaned.get("credit_code") or _next_code()
        return cleaned

    def _post_clean(self) -> None:
        self.instance.kind = Organisation.Kind.ENTERPRISE
        super()._post_clean()  # type: ignore[misc]

    def doubts(self) -> list[str]:
        return [*place_doubts(self.instance), *credit_code_doubts(self.instance.credit_code)]


def _next_code() -> str:
    """``QY000123``: the next running number of enterprises without a credit code."""
    used = Enterprise.objects.filter(code__regex=r"^QY[0-9]{6}$").order_by("-code")
    last = used.values_list("code", flat=True).first()
    return f"QY{int(last[2:]) + 1 if last else 1:06d}"
