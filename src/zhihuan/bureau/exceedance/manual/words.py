"""Manual results in words: the result, and in one sentence which data prevail and why, with the clause and its days.

Times are Beijing's; numbers as entered, to six digits.
"""

from __future__ import annotations

import math

from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.exceedance.manual.beside import Beside, Held
from zhihuan.bureau.exceedance.models import ManualResult
from zhihuan.hj212.codes import factor as look_up
from zhihuan.standards.parameters import Confidence, Edition
from zhihuan.supervision.exceedance.manual import Finding, Prevails

__all__ = [
    "automatic_words",
    "law_words",
    "reported",
    "sampled",
    "sentence_of",
    "unit_of",
    "value_of",
]


def unit_of(factor: str) -> str:
    """In which a factor is measured; "" for none, and where no table knows it."""
    known = look_up(factor)
    return known.unit if known else ""


def value_of(row: ManualResult) -> str:
    """With its unit; < before a detection limit."""
    return f"{'<' if row.below else ''}{row.value:.6g} {row.unit}".rstrip()


def sampled(row: ManualResult) -> str:
    """When; an end only where it took some time."""
    first, last = timezone.localtime(row.sampled_from), timezone.localtime(row.sampled_until)
    if first == last:
        return f"{first:%Y-%m-%d %H:%M}"
    until = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%Y-%m-%d %H:%M}"
    return f"{first:%Y-%m-%d %H:%M}—{until}"


def reported(row: ManualResult) -> str:
    """When, what, and in which report."""
    told = {"when": sampled(row), "value": value_of(row), "number": row.report_number}
    return _("%(when)s 采样，%(value)s（%(number)s）") % told


def automatic_words(held: Held) -> str:
    """The automatic values of the same time; of several the lowest and the highest."""
    numbers = [each.value for each in held.compared.periods if not math.isnan(each.value)]
    if not numbers:
        return _("无数据")
    low, high = f"{min(numbers):.6g}", f"{max(numbers):.6g}"
    return f"{low if low == high else f'{low}—{high}'} {held.row.unit}".rstrip()


def finding_words(finding: Finding) -> str:
    """Against the limit."""
    return {
        Finding.WITHIN: _("未超过限值"),
        Finding.ABOVE: _("超过限值"),
        Finding.UNKNOWN: _("不能判定"),
    }[finding]


def sentence_of(held: Held) -> str:
    """What each says, which prevails, why, by which law."""
    found = held.compared
    told = {
        "when": sampled(held.row),
        "manual": value_of(held.row),
        "manual_says": finding_words(found.manual),
        "automatic": automatic_words(held),
        "automatic_says": finding_words(found.automatic),
        "why": why_of(held),
        "law": law_words(found.rule) if found.rule else _("该日没有可引用的规定"),
    }
    words = _(
        "%(when)s 手工监测 %(manual)s，%(manual_says)s；同一时段自动监测 %(automatic)s，"
        "%(automatic_says)s：%(why)s（%(law)s）。"
    )
    return words % told


def why_of(held: Held) -> str:
    """Which prevails, and because of what."""
    found = held.compared
    if found.prevails is Prevails.AUTOMATIC:
        return _("手工监测不符合法定的监测标准和监测方法，不优先，仍以自动监测数据认定")
    if found.prevails is Prevails.MANUAL:
        return _why_manual(found.manual, found.automatic)
    if found.rule is None:
        return _("由核实人写明如何采信")
    if found.manual is Finding.UNKNOWN:
        return _("没有适用的限值，或者检出限高于限值，由核实人写明如何采信")
    return _("手工样品只代表采样的时段，不代表全日均值，由核实人写明如何采信")


def _why_manual(manual: Finding, automatic: Finding) -> str:
    if automatic is Finding.UNKNOWN:
        return _("没有有效的自动监测数据，手工监测符合法定标准和方法，以手工监测数据认定")
    if manual is automatic:
        return _("结论一致，数值不一致的以手工监测数据为准")
    return _("两者不一致，手工监测符合法定标准和方法，以手工监测数据为准")


def law_words(rule: Edition) -> str:
    """Title, clause, days, and that its words were not read."""
    until = _("至 %(day)s") % {"day": rule.in_force_until} if rule.in_force_until else _("起施行")
    doubt = "" if rule.confidence is Confidence.OFFICIAL else _("，条文用语待核")
    return f"{rule.reference.title}{rule.reference.clause}，{rule.in_force_from} {until}{doubt}"


def short_words(found: Beside, answer: str) -> str:
    """For the one sentence of a clue, at most 120 characters: how many, the last value, which prevails. "" for none."""
    if not found.held:
        return ""
    last = found.held[-1]
    told = {
        "count": len(found.held),
        "value": value_of(last.row),
        "says": finding_words(last.compared.manual),
        "prevails": _prevails_words(last, answer),
    }
    words = _("同时段手工监测 %(count)d 个，最近 %(value)s，%(says)s，%(prevails)s。")
    return (words % told)[:120]


def _prevails_words(held: Held, answer: str) -> str:
    if answer == "departed":
        return _("核实未采用并写明理由")
    return {
        Prevails.MANUAL: _("以手工监测数据为准"),
        Prevails.AUTOMATIC: _("仍以自动监测数据认定"),
        Prevails.OPEN: _("如何采信由核实人写明"),
    }[held.compared.prevails]
