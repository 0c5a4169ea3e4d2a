"""People: not one alone throughout, and each with a certificate valid on the day."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.consistency.case_file import Act, CaseFile, Officer
from zhihuan.bureau.documents.consistency.finding import Finding, Weight

__all__ = ["certificates_valid", "not_one_alone"]

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


def certificates_valid(file: CaseFile) -> Iterator[Finding]:
    """Who enforced held a certificate that was valid that day. Source: 行政处罚法 §42."""
    for act in file.acts:
        for officer in act.officers:
            if words := _wanting(act, officer):
                yield Finding(
                    "certificate",
                    words,
                    _("办理经过：%(act)s（%(day)s）")
                    % {"act": act.title, "day": beijing_day(act.at)},
                    _("由两名执法证件有效的人员重新办理；证件登记有误的，更正登记"),
                )


def _wanting(act: Act, officer: Officer) -> str:
    told = {
        "name": officer.name,
        "number": officer.certificate,
        "until": officer.until,
        "since": officer.since,
    }
    day = beijing_day(act.at)
    if officer.since is None or officer.until is None:
        return _("%(name)s的执法证件 %(number)s 不在登记中") % told
    if day > officer.until:
        return _("%(name)s的执法证件 %(number)s 已于 %(until)s 到期") % told
    return (
        _("%(name)s的执法证件 %(number)s 自 %(since)s 起有效") % told if day < officer.since else ""
    )
