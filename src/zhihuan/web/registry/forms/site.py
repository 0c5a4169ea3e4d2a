"""The forms of a site and of what stands on it: outlets and facilities."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import Enterprise, Facility, Outlet, Site
from zhihuan.web.registry.forms.doubt import place_doubts
from zhihuan.web.registry.forms.linked import LinkedField
from zhihuan.web.registry.forms.record_form import RecordForm

_CHANGE = "registry.change_site"


class SiteForm(RecordForm):
    """The works of an enterprise; without an enterprise, the place of a public station."""

    enterprise = LinkedField(
        Enterprise,
        ("code", "credit_code", "name"),
        _CHANGE,
        noun="enterprises",
        label=_("所属企业"),
        required=False,
        help_text=_("填写企业编码、信用代码或全称；公共站点留空。"),
    )

    class Meta:
        model = Site
        fields = ("code", "name", "enterprise", "town", "address", "lon", "lat")
        help_texts: ClassVar[dict[str, Any]] = {"lon": _("WGS-84，十进制度，例如 113.42156。")}

    def doubts(self) -> list[str]:
        return place_doubts(self.instance)


class OutletForm(RecordForm):
    """An outlet by its number on the permit."""

    fixed = ("site",)
    site = LinkedField(Site, ("code",), _CHANGE, noun="sites", label=_("厂区编码"))

    class Meta:
        model = Outlet
        fields = (
            "site", "number", "name", "medium", "receiving", "height_m", "lon", "lat", "closed_on",
        )  # fmt: skip
        help_texts: ClassVar[dict[str, Any]] = {
            "number": _("按排污许可证，例如 DA001（废气）、DW001（废水）。"),
            "height_m": _("只对废气排口填写。"),
        }


class FacilityForm(RecordForm):
    """A plant that makes pollution, or treats it."""

    fixed = ("site",)
    site = LinkedField(Site, ("code",), _CHANGE, noun="sites", label=_("厂区编码"))

    class Meta:
        model = Facility
        fields = (
            "site", "number", "name", "kind", "process", "capacity", "outlet", "closed_on",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outlet"].queryset = self._outlets()  # type: ignore[attr-defined]

    def _outlets(self) -> Any:
        """The outlets of this facility's site: those of the form while it is being registered."""
        if self.instance.pk:
            return Outlet.objects.filter(site_id=self.instance.site_id)
        code = self.data.get(self.add_prefix("site")) or self.initial.get("site", "")
        return Outlet.objects.filter(site__code=code)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        outlet, site = cleaned.get("outlet"), cleaned.get("site")
        if outlet and site and outlet.site_id != site.pk:
            raise ValidationError({"outlet": _now("排口不在这个厂区，请另选。")})
        return cleaned
