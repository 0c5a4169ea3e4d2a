"""Limits of the law: kept, or lengthened on paper; a limit that stood still did so on paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.consistency.case_file import CaseFile
from zhihuan.bureau.documents.consistency.finding import Finding

__all__ = ["limits_kept", "stops_have_papers"]


def limits_kept(file: CaseFile) -> Iterator[Finding]:
    """What the bureau owed was done in time; where it was not, whether anybody had granted more is told too."""
    for each in file.watches:
        if not each.is_ours or not each.is_late:
            continue
        words = (
            _("“%(limit)s”延长后仍超过，应于 %(day)s 届满前办结")
            if each.was_extended
            else _("“%(limit)s”超过而没有延长审批，应于 %(day)s 届满前办结")
        )
        yield Finding(
            "limit_passed",
            words % {"limit": each.title, "day": each.last_day},
            _("办理经过"),
            _("在案卷中写明逾期原因；期限届满前能延长的，及时办理延长审批"),
        )


def stops_have_papers(file: CaseFile) -> Iterator[Finding]:
    """Every act by which a limit stands still has its paper."""
    for act in file.acts:
        if act.stops_clock and not act.has_paper:
            yield Finding(
                "stop_without_paper",
                _("“%(act)s”使期限停止计算，案卷中没有相应文书") % {"act": act.title},
                _("办理经过：%(act)s（%(day)s）") % {"act": act.title, "day": beijing_day(act.at)},
                _("补充审批表、委托书或公告等文书；没有依据的，该期间应计入期限"),
            )
