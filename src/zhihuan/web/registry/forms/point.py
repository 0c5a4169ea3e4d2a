"""The form of a monitoring point, with what it measures in the order of importance."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.history.changing import Changes
from zhihuan.bureau.registry.models import MonitoringPoint, Outlet, PointFactor, Section, Site
from zhihuan.web.registry.forms.doubt import place_doubts
from zhihuan.web.registry.forms.factors import FactorsField
from zhihuan.web.registry.forms.linked import LinkedField
from zhihuan.web.registry.forms.record_form import RecordForm


class PointForm(RecordForm):
    """A place where something is measured: an outlet of a site, a station, a section of a river."""

    groups: ClassVar[Any] = (
        (_("点位"), ("code", "name", "kind", "factors")),
        (_("所在"), ("site", "outlet_number", "section")),
        (_("位置"), ("town", "lon", "lat")),
    )
    site = LinkedField(
        Site,
        ("code", "name"),
        "registry.change_site",
        noun="sites",
        label=_("所在厂区（站址）"),
        required=False,
        help_text=_("填写厂区编码或名称。"),
    )
    outlet_number = forms.CharField(
        label=_("所在排口"),
        max_length=20,
        required=False,
        help_text=_("该厂区的排口编号，例如 DW001。"),
    )
    section = LinkedField(
        Section,
        ("code", "name"),
        "registry.view_section",
        noun="sections",
        label=_("所在断面"),
        required=False,
        help_text=_("只对地表水站填写断面编码或名称。"),
    )
    factors = FactorsField(
        label=_("监测因子"),
        required=False,
        max_length=600,
        help_text=_("因子代码，用空格分开，最重要的写在最前，例如 w01018 w21003 w00000。"),
    )

    class Meta:
        model = MonitoringPoint
        fields = ("code", "name", "kind", "site", "section", "town", "lon", "lat")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["factors"].initial = [each.factor for each in self._measured()]
            outlet = self.instance.outlet
            self.fields["outlet_number"].initial = outlet.number if outlet else ""

    def _measured(self) -> list[PointFactor]:
        return list(self.instance.factors.order_by("position", "factor"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.instance.outlet = self._outlet(cleaned)
        return cleaned

    def _outlet(self, cleaned: dict[str, Any]) -> Outlet | None:
        number, site = cleaned.get("outlet_number"), cleaned.get("site")
        if not number:
            return None
        if site is None:
            raise ValidationError({"site": _now("填写了排口，请同时填写它所在的厂区。")})
        if (found := Outlet.objects.filter(site=site, number=number).first()) is None:
            words = _now("厂区“%(site)s”没有排口“%(number)s”。请先登记排口。")
            raise ValidationError({"outlet_number": words % {"site": site, "number": number}})
        return found

    def save_more(self, changes: Changes) -> None:
        """The factors: those no longer measured go, the others get their place."""
        wanted = self.cleaned_data["factors"]
        known = {each.factor: each for each in self._measured()}
        for code in known.keys() - set(wanted):
            changes.delete(known[code])
        for position, code in enumerate(wanted):
            if code in known:
                changes.update(known[code], position=position)
            else:
                changes.create(PointFactor(point=self.instance, factor=code, position=position))

    def doubts(self) -> list[str]:
        return place_doubts(self.instance)
