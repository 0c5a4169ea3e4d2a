"""Enforcement certificates, and how each officer stands by theirs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.certificate_watch import Standing, in_standing, officers, standing
from zhihuan.bureau.people.models import EnforcementCertificate, User
from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, Listing, TextFilter
from zhihuan.web.people.forms.certificate import CertificateForm
from zhihuan.web.registry.noun import Noun
from zhihuan.web.registry.nouns.links import page_of

_VIEW, _CHANGE = "people.view_enforcementcertificate", "people.change_enforcementcertificate"
_STATUSES = {
    Standing.NONE: Status(StatusKind.DANGER, _("无执法证")),
    Standing.NOT_YET: Status(StatusKind.WAITING, _("尚未生效")),
    Standing.VALID: Status(StatusKind.DONE, _("有效")),
    Standing.ENDING: Status(StatusKind.WARNING, _("即将到期")),
    Standing.ENDED: Status(StatusKind.DANGER, _("已过期")),
}


def status_of(found: Standing) -> Status:
    """A standing as a badge."""
    return _STATUSES[found]


def _state(row: EnforcementCertificate) -> Status:
    return status_of(standing(row.issued, row.expires, timezone.localdate()))


def _officers_state(row: Any) -> Status:
    found = standing(row.certificate_issued, row.certificate_expires, timezone.localdate())
    return status_of(found)


def _rows(user: Any) -> QuerySet[EnforcementCertificate]:
    rows = EnforcementCertificate.objects.select_related("user__organisation")
    return scope_of(user, _VIEW).filter(rows)


def _officers(user: Any) -> QuerySet[User]:
    return scope_of(user, _VIEW).filter(officers().select_related("organisation"))


def _options(*left_out: Standing) -> list[tuple[str, Any]]:
    return [(each.value, s.text) for each, s in _STATUSES.items() if each not in left_out]


def _narrow(rows: QuerySet[Any], wanted: str) -> QuerySet[Any]:
    return rows.filter(in_standing(wanted, timezone.localdate()))


def _narrow_officers(rows: QuerySet[Any], wanted: str) -> QuerySet[Any]:
    return rows.filter(in_standing(wanted, timezone.localdate(), "certificate_"))


CERTIFICATES = Listing(
    name="certificates",
    title=_("执法证"),
    scope=_rows,
    columns=(
        Column("number", _("执法证号"), Kind.CODE, sort="number", link=page_of("certificates"), width=22),
        Column("user", _("执法人员"), sort="user__display_name"),
        Column("organisation", _("所属机构"), value=lambda r: r.user.organisation, width=30),
        Column("issued", _("发证日期"), Kind.DAY, sort="issued"),
        Column("expires", _("有效期至"), Kind.DAY, sort="expires"),
        Column("state", _("状态"), Kind.STATUS, value=_state),
    ),
    filters=(
        TextFilter("q", _("证号或姓名"), fields=("number", "user__display_name", "user__username")),
        ChoiceFilter("state", _("状态"), options=_options(Standing.NONE), apply=_narrow),
    ),
    order="expires",
    blank=Blank(_("还没有登记执法证"), _("由科室（分局）负责人登记本单位人员的执法证。")),
)  # fmt: skip


def _certificate_url(row: Any) -> str:
    return CERTIFICATE.url_of(EnforcementCertificate(pk=row.certificate_id))


OFFICERS = Listing(
    name="officers",
    title=_("执法人员"),
    scope=_officers,
    columns=(
        Column("display_name", _("姓名"), value=str, sort="display_name"),
        Column("organisation", _("所属机构"), sort="organisation__name", width=30),
        Column("certificate_number", _("执法证号"), Kind.CODE, link=_certificate_url, width=22),
        Column("certificate_expires", _("有效期至"), Kind.DAY, sort="certificate_expires"),
        Column("state", _("持证情况"), Kind.STATUS, value=_officers_state),
    ),
    filters=(
        TextFilter("q", _("姓名或机构"), fields=("display_name", "username", "organisation__name")),
        ChoiceFilter("state", _("持证情况"), options=_options(), apply=_narrow_officers),
    ),
    order="display_name",
    blank=Blank(_("还没有执法人员"), _("由安全管理员授予“执法人员”角色。")),
)


def _facts(row: EnforcementCertificate) -> list[Term]:
    return [
        Term(_("执法人员"), row.user),
        Term(_("所属机构"), row.user.organisation),
        Term(_("执法证号"), row.number, Kind.CODE),
        Term(_("发证日期"), row.issued, Kind.DAY),
        Term(_("有效期至"), row.expires, Kind.DAY),
        Term(_("状态"), _state(row), Kind.STATUS),
    ]


CERTIFICATE = Noun(
    code="certificates",
    room="people",
    model=EnforcementCertificate,
    one=_("执法证"),
    key="pk",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=CertificateForm,
    listing=CERTIFICATES,
    facts=_facts,
    related=("user__organisation",),
)
NOUNS = (CERTIFICATE,)
