"""Order: a case is filed before its investigation ends, not to crown it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.consistency.case_file import CaseFile
from zhihuan.bureau.documents.consistency.finding import Finding

__all__ = ["filed_before_it_ended"]


def filed_before_it_ended(file: CaseFile) -> Iterator[Finding]:
    """Filed on the day on which the investigation was over, or later: all evidence came before (先取证后立案)."""
    filed, ended = file.taken("file")[:1], file.taken("report")[:1]
    if not filed or not ended or beijing_day(filed[0].at) < beijing_day(ended[0].at):
        return
    yield Finding(
        "filed_last",
        _("立案（%(filed)s）当日或其后即调查终结（%(ended)s），证据都在立案之前取得")
        % {"filed": beijing_day(filed[0].at), "ended": beijing_day(ended[0].at)},
        _("立案审批表、案件调查报告"),
        _("核对日期；立案前的核查材料注明来源，立案后补充必要的调查"),
    )
