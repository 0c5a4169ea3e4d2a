"""``/matters/editions/``: what runs by an edition of its procedure to which there is a newer one, for whoever may put
it on that. What a matter is about is read here as far as the decision needs it, also by those who take no step in it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.matters.catalogue import newest, procedures
from zhihuan.bureau.matters.engine.rebasing import REBASE
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.scope import may, scope_of
from zhihuan.web.addresses import record_address
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, Listing, respond
from zhihuan.web.matters.state import procedure_title, status_of
from zhihuan.web.permission import requires

__all__ = ["EDITIONS", "edition_url", "editions", "is_any_older"]

#: The entry of the navigation.
EDITIONS = "matters-editions"


@requires(REBASE)
@require_safe
@never_cache
def editions(request: HttpRequest) -> HttpResponseBase:
    """The oldest matters first: they are longest by a law that has changed."""
    lead = _("程序有了新版本后，在办事项仍按原版本办理；需要换到新版本的，逐件试算后决定。")
    return respond(request, _list(), context={"section": EDITIONS, "lead": lead})


def edition_url(user: Any, matter: Matter) -> str:
    """Where this person may put a running matter on another edition; "" where they may not, or there is none."""
    known = [each for each in procedures() if each.code == matter.procedure]
    is_open = len(known) > 1 and matter.ended_at is None and may(user, REBASE, matter)
    return _url(matter) if is_open else ""


def is_any_older() -> bool:
    """Whether any procedure has more than one edition."""
    return len(procedures()) > len(newest())


def _list() -> Listing:
    return Listing(
        name=EDITIONS,
        title=gettext_lazy("可换版的在办事项"),
        scope=_rows,
        columns=(
            Column("title", gettext_lazy("事项"), link=_url, width=44),
            Column("procedure", gettext_lazy("程序"), value=procedure_title, width=24),
            Column("edition", gettext_lazy("所依版本")),
            Column("state", gettext_lazy("办理状态"), value=lambda row: status_of(row).text),
            Column("opened_at", gettext_lazy("登记时间"), Kind.MOMENT, sort="opened_at"),
            Column("party", gettext_lazy("当事人"), width=36),
            Column("town", gettext_lazy("镇街"), width=12),
        ),
        filters=(ChoiceFilter("procedure", gettext_lazy("程序"), options=_procedures),),
        order="opened_at",
        blank=Blank(_("没有可换版的事项"), _why_none(), "empty"),
        label=str,
    )


def _why_none() -> str:
    """What a newer edition is, and when there will be something here."""
    if is_any_older():
        return _("在办事项都已按所属程序的最新版本办理。")
    return _(
        "各程序目前都只有一个版本。法律修改后，程序的新版本随平台升级而来：此后登记的事项按新版本办理，"
        "在办的仍按原版本并列在这里，由负责人逐件试算状态、环节和期限的变化，再决定是否换版。"
    )


def _rows(user: Any) -> QuerySet[Matter]:
    """One condition a procedure, however many editions it has."""
    older = Q(pk__in=())
    for each in newest():
        before = [one.edition for one in procedures() if one.code == each.code and one != each]
        if before:
            older |= Q(procedure=each.code, edition__in=before)
    rows = Matter.objects.filter(older, ended_at__isnull=True).select_related("party", "town")
    return scope_of(user, REBASE).filter(rows)


def _procedures(_user: Any) -> list[tuple[str, Any]]:
    return [(each.code, each.title) for each in newest()]


def _url(row: Matter) -> str:
    return record_address("matter-edition", row.pk)
