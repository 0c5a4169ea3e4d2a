"""Service: every paper that must be served was, after it was made, and by public notice only when nothing else served."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile, Paper
from zhihuan.bureau.documents.consistency.finding import Finding, Weight

__all__ = ["papers_served"]

ANNOUNCED = "announced"


def papers_served(file: CaseFile) -> Iterator[Finding]:
    """Of papers whose kind is served (送达回证)."""
    for paper in file.standing:
        if paper.is_served and paper.served_on is None:
            yield _finding(
                "not_served", _("没有有效的送达回证"), paper, _("送达当事人并登记送达回证")
            )
        if any(each.tried_on < paper.made_on for each in paper.services):
            yield _finding(
                "served_before", _("送达日期早于文书日期"), paper, _("核对送达回证与文书的日期")
            )
        if _announced_first(paper):
            yield _finding(
                "announced_first",
                _("公告送达前没有其他方式送达未成的记录"),
                paper,
                _("补充受送达人下落不明或其他方式无法送达的记录"),
                Weight.LOOK,
            )


def _announced_first(paper: Paper) -> bool:
    notices = [each for each in paper.services if each.way == ANNOUNCED]
    others = [each for each in paper.services if each.way != ANNOUNCED and each.on is None]
    return bool(notices) and not any(
        other.tried_on <= min(each.tried_on for each in notices) for other in others
    )


def _finding(
    rule: str, what: str, paper: Paper, mend: str, weight: Weight = Weight.WRONG
) -> Finding:
    return Finding(rule, what, paper.name, mend, weight)
