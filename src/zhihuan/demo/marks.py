"""Marks of the synthetic city, made in every way there is: by the device, by the enterprise beforehand, in time and late,
by the branch for one that telephoned; accepted, taken back. All say 模拟."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from zhihuan.bureau.exceedance.marking import Wanted, make_mark, review_mark, take_back
from zhihuan.bureau.exceedance.models import DataMark
from zhihuan.bureau.people.models import User
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.demo.staffing import officer_of

__all__ = ["load_marks"]

_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)


def load_marks(now: dt.datetime | None = None) -> None:
    """Loading twice changes nothing; none in a city without its enterprise's account."""
    firm = User.objects.filter(username="enterprise", synthetic=True).first()
    points = MonitoringPoint.objects.filter(synthetic=True).select_related("town").order_by("code")
    own = points.filter(site__enterprise=firm.organisation_id).first() if firm is not None else None
    if own is None or DataMark.objects.exists():
        return
    at = (now or timezone.now()).replace(minute=0, second=0, microsecond=0)
    _own(own, firm, at)
    for number, point in enumerate(points.filter(kind="flue_gas")[:3]):
        _by_device(point, at - _DAY - number * 3 * _HOUR)
    other = points.filter(kind="voc", town__isnull=False).last()
    if other is not None:
        span = (at + 2 * _DAY, at + 2 * _DAY + 10 * _HOUR)
        reason = "企业电话告知：治理设施停运检修（模拟）。"
        make_mark(Wanted(other, "stopped", *span, reason), officer_of(other.town), now=at - _HOUR)


def _own(point: MonitoringPoint, firm: User | None, at: dt.datetime) -> None:
    """What the enterprise marked: tomorrow's maintenance, a calibration in time, a fault late, and one by mistake."""
    officer = officer_of(point.town)
    ahead = at + _DAY
    planned = Wanted(
        point, "maintenance", ahead, ahead + 3 * _HOUR, "更换蠕动泵管（模拟）。", "w01018"
    )
    make_mark(planned, firm, now=at - 2 * _HOUR)
    checked = at - 9 * _HOUR
    done = Wanted(point, "calibration", checked, checked + _HOUR, "每周校准（模拟）。", "w01018")
    review_mark(
        make_mark(done, firm, now=checked + 2 * _HOUR),
        officer,
        "与校准记录相符（模拟）。",
        accepted=True,
    )
    broken = at - 3 * _DAY
    late = Wanted(
        point, "fault", broken, broken + 2 * _HOUR, "采样泵故障，事后补标（模拟）。", "w21003"
    )
    make_mark(late, firm, now=at - _HOUR)
    wrong = Wanted(
        point, "communication", checked - 6 * _HOUR, checked - 5 * _HOUR, "通信中断（模拟）。"
    )
    made = make_mark(wrong, firm, now=checked)
    take_back(made, firm, "误标，通信未中断（模拟）。", now=checked + _HOUR)


def _by_device(point: MonitoringPoint, start: dt.datetime) -> None:
    """A self-check that the device's own system marked."""
    reason = "设备自动上报：零点、量程校准（模拟）。"
    make_mark(Wanted(point, "calibration", start, start + _HOUR, reason), None, now=start + _HOUR)
