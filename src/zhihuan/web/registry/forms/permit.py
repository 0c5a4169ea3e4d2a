"""The forms of a permit, of the amounts it allows, and of the limits it sets."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.history.changing import Changes
from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.limits import correct, put_in_force
from zhihuan.bureau.registry.models import (
    Enterprise,
    MonitoringPoint,
    Permit,
    PermitTotal,
    PointLimit,
)
from zhihuan.web.registry.forms.factors import FactorField
from zhihuan.web.registry.forms.linked import LinkedField
from zhihuan.web.registry.forms.record_form import RecordForm

_CHANGE = "registry.change_permit"


class PermitForm(RecordForm):
    """A permit or registration of one enterprise."""

    fixed = ("enterprise",)
    enterprise = LinkedField(
        Enterprise,
        ("code", "credit_code", "name"),
        _CHANGE,
        noun="enterprises",
        label=_("企业"),
        help_text=_("填写企业编码、信用代码或全称。"),
    )

    class Meta:
        model = Permit
        fields = ("enterprise", "number", "issued_by", "valid_from", "valid_until")
        labels: ClassVar[dict[str, Any]] = {
            "valid_from": _("有效期自"),
            "valid_until": _("有效期至"),
        }
        help_texts: ClassVar[dict[str, Any]] = {"valid_until": _("登记管理、长期有效的留空。")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_turned(cleaned)
        return cleaned


class TotalForm(RecordForm):
    """The tonnes of one factor that a permit allows in one year."""

    fixed = ("permit",)
    permit = LinkedField(Permit, ("number",), _CHANGE, label=_("许可证（登记）编号"))
    factor = FactorField(label=_("污染因子"), max_length=20, help_text=_("因子代码，例如 w01018。"))

    class Meta:
        model = PermitTotal
        fields = ("permit", "factor", "year", "tonnes")


class LimitForm(RecordForm):
    """A limit on one factor at one point. A new value is a new limit, not a changed one."""

    fixed = ("point", "factor", "kind")
    point = LinkedField(MonitoringPoint, ("code",), _CHANGE, noun="points", label=_("监测点位编码"))
    factor = FactorField(label=_("监测因子"), max_length=20, help_text=_("因子代码，例如 w01018。"))
    permit = LinkedField(
        Permit,
        ("number",),
        _CHANGE,
        noun="permits",
        label=_("排污许可证"),
        required=False,
        help_text=_("限值出自许可证时，填写许可证编号。"),
    )

    class Meta:
        model = PointLimit
        fields = (
            "point", "factor", "kind", "upper", "lower", "permit", "basis", "clause",
            "valid_from", "valid_until",
        )  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "valid_from": _("生效日期"),
            "valid_until": _("截止日期"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "upper": _("单位与该因子的监测单位相同；上限、下限至少填写一项。"),
            "basis": _("例如 GB 4287-2012，或排污许可证。"),
            "clause": _("例如 表2 间接排放。"),
            "valid_from": _("原限值将于前一日截止。"),
            "valid_until": _("长期有效的留空。"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("upper") is None and cleaned.get("lower") is None and not self.errors:
            raise ValidationError({"upper": _now("上限、下限至少填写一项。")})
        refuse_turned(cleaned)
        self._refuse_a_strangers_permit(cleaned)
        return cleaned

    def _refuse_a_strangers_permit(self, cleaned: dict[str, Any]) -> None:
        permit, point = cleaned.get("permit"), cleaned.get("point")
        if permit and point and permit.enterprise_id != point.file_of:
            raise ValidationError({"permit": _now("此许可证不属于该点位的企业，请核对编号。")})

    def save_in(self, changes: Changes) -> Any:
        if self.instance.pk:
            correct(changes, self.instance)
        else:
            put_in_force(changes, self.instance)
        if not scope_of(self.user, self.permission).covers(self.instance.point):
            raise ValidationError({"point": _now("此点位不在您的管辖范围。")})
        return self.instance


def refuse_turned(cleaned: dict[str, Any]) -> None:
    """ValidationError for a span that ends before it begins."""
    first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
    if first and last and last < first:
        raise ValidationError({"valid_until": _now("截止日期早于起始日期，请更正。")})
