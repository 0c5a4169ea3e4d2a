"""The list of clues, declared: columns, filters, the order of the pool.

Made anew for every look: working days are counted from that moment, and the week's budget is its reader's.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.rights import step_permission, view_permission
from zhihuan.bureau.people.scope import scope_of
from zhihuan.lines.clues.consequence import Consequence
from zhihuan.lines.clues.funnel import REACHED, STAGES
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.pool import TO_JUDGE, Budget, by_urgency, with_urgency
from zhihuan.lines.clues.procedure import CLUE
from zhihuan.lines.clues.rule_words import rule_words
from zhihuan.web.addresses import record_address
from zhihuan.web.components.clock import chip_of
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import BatchAct, ChoiceFilter, Column, DaysFilter, Listing, TextFilter
from zhihuan.web.listing.filters import Filter, ManyFilter
from zhihuan.web.matters.due import Today, next_due, running_along
from zhihuan.web.matters.matter_filters import due_filter, town_filter_of
from zhihuan.web.matters.state import status_of

__all__ = ["GROUPS", "MERGE", "VIEW", "clue_list", "clues_seen_by"]

VIEW = view_permission(CLUE)
MERGE = step_permission(CLUE, CLUE.step("merge"))
#: The pool's parts, each with the states it holds.
GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "week": (_("本周应研判"), TO_JUDGE),
    "judge": (_("待研判"), TO_JUDGE),
    "send": (_("待派发"), ("valid",)),
    "check": (_("待核查"), ("dispatched",)),
    "settle": (_("待处理"), ("checked",)),
    "answer": (_("待反馈归档"), ("settled",)),
    "all": (_("全部"), ()),
}


def clues_seen_by(user: Any) -> QuerySet[Clue]:
    """The clues within the reader's reach."""
    return scope_of(user, VIEW).filter(Clue.objects.all())


def clue_list(today: Today, budget: Budget) -> Listing:
    """budget: of the reader, for the part 本周应研判."""
    return Listing(
        name="clues",
        title=_("线索池"),
        scope=lambda user: _rows(user, today),
        columns=tuple(_columns(today)),
        filters=tuple(_filters(today, budget)),
        order="-urgency",
        blank=Blank(_("还没有线索"), _("有权人员登记，或由平台从超标过程自动登记。")),
        acts=(BatchAct(_("合并所选线索"), "clues-merge", MERGE),),
        label=str,
    )


def _rows(user: Any, today: Today) -> QuerySet[Clue]:
    found = with_urgency(clues_seen_by(user), today.day)
    return found.select_related("party", "town", "branch").prefetch_related(running_along())


def _columns(today: Today) -> list[Column]:
    def due_day(row: Any) -> Any:
        found = next_due(row.running)
        return found.last_day if found else None

    def chip(row: Any) -> SafeString:
        return chip_of(today.chip(next_due(row.running)))

    return [
        Column("title", _("标题"), link=_url, width=36),
        Column("contradiction", _("一句话说明"), width=60),
        Column("urgency", _("轻重"), Kind.NUMBER, sort="urgency"),
        Column("source", _("来源"), value=lambda row: _said(row, "source")),
        Column("tier", _("分级"), Kind.CODE),
        Column("consequence", _("后果类别"), value=lambda row: _said(row, "consequence"), width=28),
        Column("state", _("状态"), Kind.STATUS, value=status_of),
        Column("due", _("最近期限"), Kind.DAY, value=due_day, cell=chip),
        Column("town", _("镇街"), width=12),
        Column("branch", _("承办分局"), width=16, shown=False),
        Column("opened", _("登记时间"), Kind.MOMENT, lambda row: row.opened_at, sort="opened_at", width=20),
        Column("number", _("线索编号"), Kind.CODE, shown=False, width=24),
        Column("key", _("事项编号"), Kind.CODE, lambda row: str(row.pk), shown=False),
        Column("rule", _("发现规则"), value=lambda row: rule_words(row.rule).title if row.rule else "", width=20, shown=False),
        Column("score", _("规则得分"), Kind.NUMBER, shown=False),
        Column("verdict", _("研判结论"), value=lambda row: _said(row, "verdict"), shown=False),
        Column("finding", _("核查结论"), value=lambda row: _said(row, "finding"), shown=False),
        Column("outcome", _("处理结果"), value=lambda row: _said(row, "outcome"), shown=False),
        Column("party", _("当事人"), width=36, shown=False),
        Column("synthetic", _("模拟数据"), Kind.FLAG, shown=False),
    ]  # fmt: skip


def _said(row: Any, name: str) -> Any:
    return getattr(row, f"get_{name}_display")() if getattr(row, name) else None


def _url(row: Any) -> str:
    return record_address("matter", row.pk)


def _filters(today: Today, budget: Budget) -> list[Filter]:
    return [
        TextFilter("q", _("标题、说明或编号"), fields=("title", "contradiction", "party_name", "number")),
        ChoiceFilter("group", _("分组"), options=[(code, words) for code, (words, _s) in GROUPS.items()],
                     apply=_in_group(budget), is_main=False),
        ManyFilter("source", _("来源"), options=Clue.Source.choices),
        ChoiceFilter("tier", _("分级"), options=Clue.Tier.choices),
        ChoiceFilter("consequence", _("后果类别"), options=Consequence.choices),
        town_filter_of(VIEW),
        due_filter(today),
        ChoiceFilter("rule", _("发现规则"), options=_rules, is_main=False),
        ChoiceFilter("reached", _("走到哪一步"), options=STAGES, apply=_reached, is_main=False),
        ChoiceFilter("verdict", _("研判结论"), options=Clue.Verdict.choices, is_main=False),
        ChoiceFilter("finding", _("核查结论"), options=Clue.Finding.choices, is_main=False),
        ChoiceFilter("outcome", _("处理结果"), options=Clue.Outcome.choices, is_main=False),
        DaysFilter("opened", _("登记时间"), field="opened_at", is_main=False),
    ]  # fmt: skip


def _rules(user: Any) -> list[tuple[str, str]]:
    """Those that found something the reader may see."""
    found = clues_seen_by(user).exclude(rule="").order_by("rule")
    return [
        (rule, rule_words(rule).title) for rule in found.values_list("rule", flat=True).distinct()
    ]


def _in_group(budget: Budget) -> Any:
    def apply(rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
        if asked not in GROUPS:
            return rows.none()
        if asked == "week":
            return by_urgency(rows, budget)
        states = GROUPS[asked][1]
        return rows.filter(state__in=states) if states else rows

    return apply


def _reached(rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
    return rows.filter(REACHED.get(asked, Q(pk__in=[])))
