"""A reckoning as the page shows it: figures, factors, clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zhihuan.bureau.discretion import LAW_RANGE, Law, Reckoning, Span, Taken
from zhihuan.bureau.discretion.money import sum_words
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind

__all__ = ["Shown", "shown"]


#: What ``Span.ends`` says, for the catalogues.
_ENDS = (
    gettext_noop("（含上限）"),
    gettext_noop("（不含上限）"),
    gettext_noop("（不含下限）"),
    gettext_noop("（不含下限，含上限）"),
    gettext_noop("（不含下限，不含上限）"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template needs of a reckoning."""

    title: str
    amount: str
    terms: list[Term]
    factors: Table | None
    steps: tuple[str, ...]
    clauses: list[Term]
    warnings: tuple[str, ...]
    asks: tuple[str, ...]


def shown(reckoning: Reckoning, title: str = "") -> Shown:
    """The parts of one reckoning. title: its heading, where two stand side by side."""
    return Shown(
        title=title,
        amount=_amount(reckoning),
        terms=_terms(reckoning),
        factors=_factors(reckoning.factors, title) if reckoning.factors else None,
        steps=reckoning.steps,
        clauses=[Term(what, article) for what, article in reckoning.clauses],
        warnings=reckoning.warnings,
        asks=tuple(each for each in reckoning.asks if each != LAW_RANGE),
    )


def _amount(reckoning: Reckoning) -> str:
    return "" if reckoning.amount is None else sum_words(reckoning.amount)


def _terms(reckoning: Reckoning) -> list[Term]:
    law = _("法典") if reckoning.law is Law.CODE else _("行为时的旧法")
    total = reckoning.total_words or None
    amount = Term(
        _("罚款数额"), reckoning.amount, Kind.MONEY, _("元"),
        note=_amount(reckoning), reason=_("未能得出单一数额，见计算步骤"),
    )  # fmt: skip
    found = [
        amount,
        Term(_("应在幅度"), _span(reckoning.within)),
        Term(_("法定幅度"), _span(reckoning.statutory), reason=_("请按法条核对")),
        Term(_("裁量百分值总和"), total, reason=_("本案由不按权重累加")),
        Term(_("适用法律"), law, note=reckoning.act_on.isoformat()),
        Term(_("计算对象"), _("个人") if reckoning.is_person else _("单位")),
    ]
    return [*found, Term(_("保底规定"), reckoning.floor)] if reckoning.floor else found


def _span(span: Span | None) -> str:
    if span is None:
        return ""
    return f"{span.words}{_(span.ends)}" if span.ends else span.words


def _factors(taken: tuple[Taken, ...], title: str) -> Table:
    titles: tuple[Any, ...] = (_("裁量因素"), _("档次"), _("权重"), _("认定"))
    return Table(
        caption=f"{title} · {_('裁量因素')}" if title else _("裁量因素"),
        headings=[Heading(each) for each in titles],
        rows=[
            Row([
                cell(each.factor, is_header=True),
                cell(each.level),
                cell(each.weight_words),
                cell(_("已查明") if each.is_given else _("未查明，按最低档次")),
            ])
            for each in taken
        ],
        blank=Blank(_("没有裁量因素")),
    )  # fmt: skip
