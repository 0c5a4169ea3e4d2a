"""An enterprise all of whose contacts are doubted or were not verified for long."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import Contact, Enterprise
from zhihuan.bureau.registry.quality.check import SqlCheck

#: A number not verified for longer is no longer relied on (the platform's own term).
LASTS = dt.timedelta(days=365)


def _finds() -> Any:
    there = Contact.objects.filter(enterprise=OuterRef("pk"))
    trusted = there.filter(doubt="", verified_on__gte=timezone.localdate() - LASTS)
    return ~Q(status=Enterprise.Status.CLOSED) & Exists(there) & ~Exists(trusted)


CONTACTS_STALE = SqlCheck(
    code="contacts_stale",
    title=_("联系方式存疑或一年未核实"),
    mend=_("拨打电话核对；核实后更新“最近核实日期”并清空“存疑原因”。"),
    asked=_("请核对联系人的姓名、电话，有变化的告知所在镇街分局。"),
    model=Enterprise,
    finds=_finds,
)
