"""One's own roles: what one holds, who acts for whom, how one's certificate stands, what one may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.people.actions import declared_actions
from zhihuan.bureau.people.certificate_watch import Standing, best_certificate, standing
from zhihuan.bureau.people.delegation import lendable, lent_by, lent_to
from zhihuan.bureau.people.models import RoleGrant
from zhihuan.bureau.people.roles import FIELD_OFFICER
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.table import Table
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import Column
from zhihuan.web.people.nouns.grant import role_name, state_of
from zhihuan.web.permission import signed_in
from zhihuan.web.registry.record_page import table_of


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something about one's certificate that needs doing."""

    kind: str
    words: str


def _end_url(row: Any) -> str:
    return reverse("people-end-delegation", args=[row.pk]) if row.is_open else ""


_DAYS = (
    Column("valid_from", gettext_lazy("自"), Kind.DAY),
    Column("valid_until", gettext_lazy("至"), Kind.DAY),
    Column("state", gettext_lazy("状态"), Kind.STATUS, value=state_of),
)
_ROLE = Column("role", gettext_lazy("角色"), value=role_name)
_PLACE = Column("organisation", gettext_lazy("任职机构"))
_WHY = Column("reason", gettext_lazy("事由"))
_END = Column(
    "end",
    gettext_lazy("办理"),
    value=lambda row: gettext_lazy("提前结束") if row.is_open else "",
    link=_end_url,
)
_ACT = Column("text", gettext_lazy("可以做什么"), value=lambda row: row[0])
_REACH = Column("reach", gettext_lazy("范围"), value=lambda row: row[1])


@signed_in
@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """Everything about one's own rights on one page."""
    user: Any = request.user
    grants = RoleGrant.objects.open(timezone.localdate()).filter(user=user, on_behalf_of=None)
    held = list(grants.select_related("organisation"))
    context = {
        "section": "people-own",
        "trail": [Crumb(_("我的角色与代理"))],
        "roles": _table(
            _("我的角色"), (_ROLE, _PLACE, *_DAYS), held, _("还没有授予您角色，请联系安全管理员。")
        ),
        "lent_by_me": _table(
            _("我委托他人"),
            (Column("user", _("代理人")), _ROLE, _PLACE, *_DAYS, _WHY, _END),
            list(lent_by(user)[:50]),
            _("没有委托过他人。"),
        ),
        "lent_to_me": _table(
            _("我受托代理"),
            (Column("on_behalf_of", _("委托人")), _ROLE, _PLACE, *_DAYS, _WHY, _END),
            list(lent_to(user)[:50]),
            _("没有受托代理。"),
        ),
        "rights": _table(_("我可以做什么"), (_ACT, _REACH), _rights(user), _("还没有任何权限。")),
        "may_lend": bool(lendable(user)),
        "reminder": _reminder(user, held),
    }
    return render(request, "people/own.html", context)


def _table(caption: str, columns: tuple[Column, ...], rows: list[Any], blank: str) -> Table:
    return table_of(caption, columns, rows, blank)


def _rights(user: Any) -> list[tuple[Any, Any]]:
    """Each act with the farthest reach of the roles in force, lent ones included."""
    codes = set(RoleGrant.objects.in_force().filter(user=user).values_list("role", flat=True))
    held = [
        (a.text, [a.roles[c] for c in codes & set(a.roles)]) for a in declared_actions().values()
    ]
    return [(text, max(reaches).text) for text, reaches in held if reaches]


def _reminder(user: Any, held: list[RoleGrant]) -> Reminder | None:
    if FIELD_OFFICER not in {each.role for each in held}:
        return None
    found = best_certificate(user)
    days = (found.issued, found.expires) if found else (None, None)
    words = {"day": found.expires if found else ""}
    told = {
        Standing.NONE: _("平台没有您的执法证，不能参加现场执法。请科室（分局）负责人登记。"),
        Standing.NOT_YET: _("您的执法证尚未生效。"),
        Standing.ENDED: _("您的执法证已于 %(day)s 到期，不能参加现场执法。请尽快换发。") % words,
        Standing.ENDING: _("您的执法证将于 %(day)s 到期，请及时办理换发。") % words,
    }
    now = standing(*days, timezone.localdate())
    if now not in told:
        return None
    return Reminder("warning" if now is Standing.ENDING else "danger", told[now])
