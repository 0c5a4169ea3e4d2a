"""Carrying out: the court asked in time, a late fee told before it is claimed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile
from zhihuan.bureau.documents.consistency.finding import Finding

__all__ = ["court_in_time", "late_fee_told"]


def court_in_time(file: CaseFile) -> Iterator[Finding]:
    """The three months after the remedies did not run out unused. Source: 行政强制法 §53."""
    if file.taken("apply_court"):
        return
    for watch in file.watches:
        if watch.code == "court" and watch.is_over:
            yield Finding(
                "court_missed",
                _("申请人民法院强制执行的三个月期限已于 %(day)s 届满而没有申请")
                % {"day": watch.last_day},
                _("办理经过"),
                _("写明未申请的原因，报负责人决定；继续催缴，不能再申请强制执行"),
            )


def late_fee_told(file: CaseFile) -> Iterator[Finding]:
    """Whoever is asked for a surcharge was told of it by a notice that was served."""
    if not file.taken("overdue", "miss") or not file.taken("urge", "apply_court"):
        return
    notice = file.paper("late_fee_notice")
    if notice is not None and notice.served_on is not None:
        return
    yield Finding(
        "late_fee_untold",
        _("催缴加处罚款之前没有送达加处罚款告知书"),
        notice.name if notice else _("案卷中没有加处罚款告知书"),
        _("补充告知并送达；自告知之日起计算的，重新计算金额；依据 行政强制法 §45"),
    )
