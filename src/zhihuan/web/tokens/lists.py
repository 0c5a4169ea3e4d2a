"""The lists of tokens, declared: one's own, and all for whoever manages them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.access.issuing import MANAGE
from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.people.scope import may
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, Listing, TextFilter


def status_of(token: ApiToken) -> Status:
    """Where a token stands."""
    if token.revoked_at is not None:
        return Status(StatusKind.VOID, _("已撤销"))
    if token.is_expired():
        return Status(StatusKind.PAUSED, _("已到期"))
    return Status(StatusKind.ONGOING, _("有效"))


def tokens_for(user: Any) -> QuerySet[ApiToken]:
    """What this person may see of tokens: their own, or all."""
    rows = ApiToken.objects.select_related("owner", "organisation")
    return rows if may(user, MANAGE) else rows.filter(owner=user)


def _own(user: Any) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(owner=user)


def _url(token: ApiToken) -> str:
    return reverse("token", kwargs={"pk": token.pk})


_NAME = Column("name", _("用途"), sort="name", link=_url, width=30)
_LIFE = (
    Column("scopes", _("权限项数"), Kind.NUMBER, value=lambda token: len(token.scopes)),
    Column("created_at", _("签发时间"), Kind.MOMENT, sort="created_at", width=20),
    Column("expires_at", _("到期时间"), Kind.MOMENT, sort="expires_at", width=20),
    Column("last_used_at", _("最近使用"), Kind.MOMENT, width=20),
    Column("last_used_address", _("最近使用地址"), Kind.CODE, width=20),
    Column("status", _("状态"), Kind.STATUS, value=status_of),
)
_KIND = Column("kind", _("类别"), value=lambda token: token.get_kind_display())

MY_TOKENS = Listing(
    name="my-tokens",
    title=_("我的令牌"),
    scope=_own,
    columns=(_NAME, _KIND, *_LIFE),
    order="-created_at",
    blank=Blank(_("您还没有令牌"), _("程序凭令牌读写平台数据，不使用您的密码。")),
    is_exported=False,
)
ALL_TOKENS = Listing(
    name="tokens",
    title=_("接口令牌"),
    scope=tokens_for,
    columns=(
        _NAME,
        _KIND,
        Column("owner", _("责任账号"), value=lambda token: str(token.owner)),
        Column("organisation", _("使用单位"), value=lambda token: token.organisation),
        *_LIFE,
    ),
    filters=(
        TextFilter("q", _("用途或账号"), fields=("name", "owner__username", "owner__display_name")),
        ChoiceFilter("kind", _("类别"), options=ApiToken.Kind.choices),
    ),
    order="-created_at",
    blank=Blank(_("还没有令牌")),
)
