"""Time: days that exist, numbers and days in one order, nothing cited before it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile, Paper
from zhihuan.bureau.documents.consistency.finding import Finding, Weight, excerpt
from zhihuan.bureau.documents.numbers.rule import NumberRule, number_rules
from zhihuan.bureau.documents.reading.dates import days_in

__all__ = ["acts_in_order", "days_exist", "numbers_fit_days", "papers_cited"]

_PAST = re.compile(r"(?:经查|发现|立案|检查|现场|采样|监测|收到|作出|送达|陈述|申辩|听证|询问)")


def days_exist(file: CaseFile) -> Iterator[Finding]:
    """No day that no calendar has; no past act dated later than the paper that tells of it."""
    for paper in file.standing:
        for each in days_in(paper.text):
            where = f"{paper.name}：{excerpt(paper.text, each.at, each.words)}"
            if each.day is None:
                yield Finding(
                    "day",
                    _("没有这一天：%(day)s") % {"day": each.words},
                    where,
                    _("核对并改正日期"),
                )
            elif each.day > paper.made_on and _tells_of_the_past(paper, each.at + len(each.words)):
                yield Finding(
                    "day_later",
                    _("%(day)s 晚于文书日期 %(made)s，却写作已经发生")
                    % {"day": each.words, "made": paper.made_on},
                    where,
                    _("核对该日期与文书日期，改正有误的一处"),
                    Weight.LOOK,
                )


def _tells_of_the_past(paper: Paper, at: int) -> bool:
    """Whether what follows the day within its clause is an act of the file; a day to come (应于…前) is
    told by 前, 内, 起 behind it."""
    clause = re.split("[，。；\n]", paper.text[at : at + 30], maxsplit=1)[0]
    return not re.match(r"\s*(?:前|之前|以前|起|内)", clause) and _PAST.search(clause) is not None


def acts_in_order(file: CaseFile) -> Iterator[Finding]:
    """No step was taken at an earlier time than the one before it."""
    for before, after in pairwise(file.acts):
        if after.at < before.at:
            yield Finding(
                "acts_order",
                _("“%(after)s”的时间早于其前序环节“%(before)s”")
                % {"after": after.title, "before": before.title},
                _("办理经过"),
                _("核对两个环节的时间；补录的写明补录原因"),
            )


def numbers_fit_days(file: CaseFile) -> Iterator[Finding]:
    """A number's year is that of its paper; within a rule numbers and days rise together."""
    rules = number_rules()
    for code in dict.fromkeys(each.rule for each in file.papers if each.rule in rules):
        yield from _numbers(rules[code], [each for each in file.papers if each.rule == code])


def _numbers(rule: NumberRule, papers: list[Paper]) -> Iterator[Finding]:
    read = [(paper, parts) for paper in papers if (parts := rule.read(paper.number))]
    for paper, parts in read:
        if parts.year != paper.made_on.year:
            yield Finding(
                "number_year",
                _("文号年份 %(year)d 与文书日期 %(made)s 不符")
                % {"year": parts.year, "made": paper.made_on},
                paper.name,
                _("作废该文号并说明原因，重新制作文书"),
            )
    for (one, first), (other, second) in pairwise(sorted(read, key=lambda each: each[1].number)):
        if (first.year, first.mark) == (second.year, second.mark) and one.made_on > other.made_on:
            yield Finding(
                "number_order",
                _("文号在前的“%(one)s”日期反而在后") % {"one": one.name},
                f"{one.name}、{other.name}",
                _("核对两份文书的日期，有倒签的说明原因并更正"),
            )


def papers_cited(file: CaseFile) -> Iterator[Finding]:
    """A paper that cites another of the file is not older than it, and does not cite a void one."""
    numbered = [each for each in file.papers if each.number]
    for paper in file.standing:
        for other in numbered:
            if other is paper or other.number not in paper.text:
                continue
            if other.is_void:
                yield _cited(
                    paper,
                    _("引用了已作废的文号 %(number)s") % {"number": other.number},
                    _("改引有效文书的文号"),
                )
            elif other.made_on > paper.made_on:
                yield _cited(
                    paper,
                    _("引用的“%(other)s”（%(day)s）在本文书之后才作出")
                    % {"other": other.name, "day": other.made_on},
                    _("核对两份文书的日期与先后"),
                )


def _cited(paper: Paper, what: str, mend: str) -> Finding:
    return Finding("paper_cited", what, paper.name, mend)
