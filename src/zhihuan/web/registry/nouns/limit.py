"""Limits: shown at their point, never on a list of their own."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import PointLimit
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import Column
from zhihuan.web.live.factor_words import words
from zhihuan.web.registry.forms.permit import LimitForm
from zhihuan.web.registry.noun import Noun
from zhihuan.web.registry.nouns.links import form_of

_VIEW, _CHANGE = "registry.view_permit", "registry.change_permit"


def _owner(row: Any) -> tuple[Noun, Any]:
    from zhihuan.web.registry.nouns import noun_of

    return noun_of("points"), row.point


def _name(row: Any) -> str:
    return words(row.factor).title


def in_force(row: PointLimit) -> Status:
    """Whether a limit holds today."""
    today = timezone.localdate()
    if row.valid_from > today:
        return Status(StatusKind.WAITING, _("尚未生效"))
    if row.valid_until is not None and row.valid_until < today:
        return Status(StatusKind.VOID, _("已失效"))
    return Status(StatusKind.DONE, _("有效"))


FACTOR_COLUMNS = (
    Column("factor", _("因子"), value=_name),
    Column("unit", _("单位"), value=lambda r: words(r.factor).unit),
    Column("position", _("顺序"), Kind.NUMBER, value=lambda r: r.position + 1),
)
LIMIT_COLUMNS = (
    Column("factor", _("因子"), value=_name, link=form_of("limits")),
    Column("kind", _("适用数据"), value=lambda r: r.get_kind_display()),
    Column("lower", _("下限"), Kind.NUMBER),
    Column("upper", _("上限"), Kind.NUMBER),
    Column("unit", _("单位"), value=lambda r: words(r.factor).unit),
    Column("basis", _("依据"), value=lambda r: f"{r.basis} {r.clause}".strip(), width=30),
    Column("valid_from", _("生效日期"), Kind.DAY),
    Column("valid_until", _("截止日期"), Kind.DAY),
    Column("state", _("状态"), Kind.STATUS, value=in_force),
)

LIMIT = Noun(
    code="limits",
    model=PointLimit,
    one=_("限值"),
    key="pk",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    delete=_CHANGE,
    form=LimitForm,
    related=("point__site__enterprise", "permit"),
    owner=_owner,
)
NOUNS = (LIMIT,)
