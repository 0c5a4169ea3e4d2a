"""Service: every paper that must be served was, after it was made, to the party's address, and by public notice only when
nothing else served."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile, Paper
from zhihuan.bureau.documents.consistency.finding import Finding, Weight

__all__ = ["papers_mailed", "papers_served"]

ANNOUNCED, MAILED = "announced", "mail"
_IGNORED = re.compile(r"[\s，,（）()—-]|广东省|中山市")
#: So many signs of the registered address must stand together in what an envelope says.
_ENOUGH = 4


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


def papers_mailed(file: CaseFile) -> Iterator[Finding]:
    """Mail went to the address that is registered, or says why to another."""
    for paper in file.standing:
        for each in paper.services:
            if each.way != MAILED or not file.address or _is_there(each.place, file.address):
                continue
            told = each.place or _("没有写明")
            yield _finding(
                "mailed_elsewhere",
                _("邮寄地址与登记地址不符：写作“%(place)s”，登记为“%(address)s”")
                % {"place": told, "address": file.address},
                paper,
                _(
                    "按登记地址或者当事人书面确认的送达地址重新送达；已确认其他地址的，附送达地址确认书"
                ),
                Weight.LOOK,
            )


def _is_there(place: str, address: str) -> bool:
    """Whether both name one place: either holds the other, or a run of its signs."""
    one, other = (_IGNORED.sub("", each) for each in (place, address))
    if not one:
        return False
    if one in other or other in one:
        return True
    # the end of an address, street and number, is what tells two of one town apart
    return len(other) > _ENOUGH and other[-_ENOUGH:] in one


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
