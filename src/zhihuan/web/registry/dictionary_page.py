"""The data dictionary as a list: every field of every table, with filters and Excel."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.dictionary.entry import entries, own_models
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, Listing, respond
from zhihuan.web.listing.held import HeldFlag, HeldRows, HeldText, only


def _rows(_user: Any) -> Any:
    """Declarations are the same for everybody who may open the page."""
    return HeldRows(tuple(entries()))


def _tables(_user: Any) -> list[tuple[str, str]]:
    return [
        (each._meta.label, f"{each._meta.verbose_name}（{each._meta.label}）")
        for each in own_models()
    ]


DICTIONARY = Listing(
    name="dictionary",
    title=_("数据字典"),
    scope=_rows,
    columns=(
        Column("name", _("名称"), sort="name"),
        Column("model_name", _("表名"), sort="model_name"),
        Column("key", _("字段"), Kind.CODE, sort="key", width=36),
        Column("meaning", _("含义"), width=48),
        Column("type", _("类型"), width=22),
        Column("unit", _("单位"), sort="unit"),
        Column("codes", _("代码表"), width=48),
        Column("source", _("依据"), sort="source", width=28),
        Column("readers", _("谁可查看"), width=48, shown=False),
        Column("is_required", _("必填"), Kind.FLAG, shown=False),
        Column("is_personal", _("个人信息"), Kind.FLAG),
        Column("is_secret", _("保密"), Kind.FLAG, shown=False),
    ),
    filters=(
        HeldText("q", _("名称、含义或字段"), fields=("name", "meaning", "key", "codes", "source")),
        ChoiceFilter("model", _("表名"), options=_tables, apply=only("model")),
        HeldFlag("personal", _("只看个人信息"), attribute="is_personal"),
        HeldFlag("secret", _("只看保密"), attribute="is_secret"),
    ),
    order="key",
    size=100,
)


@require_safe
@never_cache
def dictionary(request: HttpRequest) -> HttpResponseBase:
    """What every field means, where it comes from, who may see it."""
    lead = _("每个字段的含义、单位、代码表与依据；同一事实只在一处填写，其余由平台推算或引用。")
    return respond(request, DICTIONARY, context={"lead": lead})
