"""The form of a construction site."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.registry.models import ConstructionSite
from zhihuan.web.registry.forms.doubt import place_doubts
from zhihuan.web.registry.forms.linked import LinkedField
from zhihuan.web.registry.forms.record_form import RecordForm


class ConstructionForm(RecordForm):
    """A site under construction between two days."""

    contractor = LinkedField(
        Organisation,
        ("credit_code", "name"),
        "",
        noun="enterprises",
        label=_("施工单位"),
        required=False,
        help_text=_("填写已登记单位的信用代码或全称。"),
    )

    class Meta:
        model = ConstructionSite
        fields = (
            "code", "name", "kind", "builder", "contractor", "town", "address", "lon", "lat",
            "area_m2", "begun", "finished",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begun, finished = cleaned.get("begun"), cleaned.get("finished")
        if begun and finished and finished < begun:
            raise ValidationError({"finished": _now("竣工日期早于开工日期，请更正。")})
        return cleaned

    def doubts(self) -> list[str]:
        return place_doubts(self.instance)
