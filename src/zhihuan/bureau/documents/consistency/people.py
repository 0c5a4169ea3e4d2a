"""People: not one alone throughout."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile
from zhihuan.bureau.documents.consistency.finding import Finding, Weight

__all__ = ["not_one_alone"]

_ENOUGH_ACTS = 3


def not_one_alone(file: CaseFile) -> Iterator[Finding]:
    """Where one and the same person took every step of a file with papers that are served, nobody
    reviewed anything (一人签到底)."""
    taken = [each.people for each in file.acts if each.people]
    if len(taken) < _ENOUGH_ACTS or not any(each.is_served for each in file.standing):
        return
    if len(frozenset().union(*taken)) == 1:
        yield Finding(
            "one_alone",
            _("全部环节由同一人办理"),
            _("办理经过"),
            _("调查、审查、决定应由不同人员承担，补充审查审批记录"),
            Weight.LOOK,
        )
