"""The form of a vehicle."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.registry.models import Vehicle
from zhihuan.web.registry.forms.linked import LinkedField
from zhihuan.web.registry.forms.record_form import RecordForm


class VehicleForm(RecordForm):
    """A vehicle known by its plate."""

    owner = LinkedField(
        Organisation,
        ("credit_code", "name"),
        "",
        noun="enterprises",
        label=_("所属单位"),
        required=False,
        help_text=_("填写已登记单位的信用代码或全称。"),
    )

    class Meta:
        model = Vehicle
        fields = ("plate", "vin", "owner", "use", "fuel", "stage", "scrapped_on")
        help_texts: ClassVar[dict[str, Any]] = {"plate": _("例如 粤T12345、粤TD12345（新能源）。")}

    def clean_plate(self) -> str:
        return str(self.cleaned_data["plate"]).upper().replace(" ", "")
