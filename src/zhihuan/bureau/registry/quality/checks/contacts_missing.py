"""An enterprise at work with nobody to call."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import Contact, Enterprise
from zhihuan.bureau.registry.quality.check import SqlCheck


def _finds() -> Any:
    somebody = Contact.objects.filter(enterprise=OuterRef("pk")).exclude(phone="", email="")
    return ~Q(status=Enterprise.Status.CLOSED) & ~Exists(somebody)


CONTACTS_MISSING = SqlCheck(
    code="contacts_missing",
    title=_("没有联系人"),
    mend=_("向企业核实环保负责人，登记姓名与电话。"),
    asked=_("请把环保负责人的姓名、电话告知所在镇街分局。"),
    model=Enterprise,
    finds=_finds,
)
