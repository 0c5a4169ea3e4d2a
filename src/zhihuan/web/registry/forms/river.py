"""The forms of a river, of a section, and of the class a section must reach."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import River, Section, SectionTarget
from zhihuan.web.registry.forms.doubt import place_doubts
from zhihuan.web.registry.forms.linked import LinkedField
from zhihuan.web.registry.forms.record_form import RecordForm

_CHANGE = "registry.change_section"


class RiverForm(RecordForm):
    """A river, stream, lake or reservoir."""

    class Meta:
        model = River
        fields = ("code", "name", "kind", "basin")


class SectionForm(RecordForm):
    """A section at which a river is judged."""

    class Meta:
        model = Section
        fields = ("code", "name", "river", "level", "town", "lon", "lat")
        help_texts: ClassVar[dict[str, Any]] = {"lon": _("WGS-84，十进制度，例如 113.42156。")}

    def doubts(self) -> list[str]:
        return place_doubts(self.instance)


class TargetForm(RecordForm):
    """The water class a section must reach in one year."""

    fixed = ("section",)
    section = LinkedField(Section, ("code",), _CHANGE, noun="sections", label=_("断面编码"))

    class Meta:
        model = SectionTarget
        fields = ("section", "year", "water_class", "basis")
        help_texts: ClassVar[dict[str, Any]] = {"basis": _("例如 省水污染防治目标责任书 2026。")}
