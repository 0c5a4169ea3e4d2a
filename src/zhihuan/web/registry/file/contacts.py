"""Contacts of an enterprise: masked until somebody who may asks for them, and that is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhihuan.bureau.people.scope import may
from zhihuan.bureau.registry.models import Contact, Enterprise
from zhihuan.web.components.table import Table
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import Column
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.registry.record_page import table_of


@dataclass(frozen=True, slots=True)
class ShownContacts:
    """The table; whether the reader may see them in full, or register one (where)."""

    table: Table
    may_look: bool
    in_full: bool
    add_url: str


def contacts_of(enterprise: Enterprise, user: Any, *, in_full: bool) -> ShownContacts | None:
    """One query; None for those who may know nothing of them."""
    if not may(user, "registry.view_contact"):
        return None
    rows = list(Contact.objects.filter(enterprise=enterprise).order_by("pk"))
    may_change = may(user, "registry.change_contact", enterprise)
    columns = _columns(in_full=in_full, linked=in_full and may_change)
    return ShownContacts(
        table=table_of(_("联系人"), columns, rows, _("还没有登记联系人。")),
        may_look=bool(rows) and may(user, "registry.view_contact", enterprise),
        in_full=in_full,
        add_url=_add_url(enterprise) if may_change else "",
    )


def _add_url(enterprise: Enterprise) -> str:
    return f"{reverse('registry-add', args=['contacts'])}?enterprise={enterprise.code}"


def _columns(*, in_full: bool, linked: bool) -> tuple[Column, ...]:
    link = noun_of("contacts").edit_url_of if linked else None
    return (
        Column(
            "name", _("姓名"), value=None if in_full else lambda r: masked_name(r.name), link=link
        ),
        Column("duty", _("职务")),
        Column("phone", _("电话"), Kind.CODE, None if in_full else lambda r: masked_phone(r.phone)),
        Column("email", _("邮箱"), value=None if in_full else lambda r: masked_email(r.email)),
        Column("verified_on", _("最近核实日期"), Kind.DAY),
        Column("doubt", _("存疑原因")),
    )


def masked_name(name: str) -> str:
    """张三丰 → 张**."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def masked_phone(phone: str) -> str:
    """13812345678 → 138****5678; shorter numbers keep their last two digits."""
    if len(phone) >= 11:
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(len(phone) - 2, 1) + phone[-2:] if phone else ""


def masked_email(email: str) -> str:
    """zhang@example.cn → z***@example.cn."""
    name, at, host = email.partition("@")
    return f"{name[:1]}***{at}{host}" if email else ""
