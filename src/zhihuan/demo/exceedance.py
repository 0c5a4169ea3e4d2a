"""Episodes of the synthetic city: judged as any city is, some of them carried up the ladder."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from zhihuan.bureau.exceedance.acting import explain, verify
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.exceedance.rounds import judge_arrivals
from zhihuan.bureau.people.models import User
from zhihuan.bureau.registry.models import Device
from zhihuan.demo.staffing import officer_of

__all__ = ["load_episodes", "place_devices"]

_Outcome = Episode.Outcome
#: What becomes of the first episodes that wait for their enterprise, in turn.
_COURSES = (
    ("脱硫系统浆液泵检修，已于两小时内恢复（模拟）。", ""),
    ("进水浓度波动，已加大药剂投加量（模拟）。", _Outcome.INNOCENT),
    ("采样管路堵塞，已反吹疏通（模拟）。", _Outcome.FALSE_ALARM),
    ("治理设施故障，已停产检修（模拟）。", _Outcome.TRUE),
)


def place_devices(since: dt.date) -> None:
    """Devices of the city stand at their points from the first whole day of its past on."""
    Device.objects.filter(point__synthetic=True, placed__gt=since).update(placed=since)


def load_episodes(now: dt.datetime | None = None) -> None:
    """Judge the city's past, and move a few on. Loading twice changes nothing."""
    if Episode.objects.exists():
        return
    judge_arrivals(now or timezone.now())
    firm = User.objects.filter(username="enterprise", synthetic=True).first()
    waiting = Episode.objects.filter(stage=Episode.Stage.EXPLAINING).select_related("point__town")
    waiting = waiting.order_by("first_at", "pk")
    for row, (words, outcome) in zip(list(waiting[: len(_COURSES)]), _COURSES, strict=False):
        explain(row.pk, firm, words)
        if outcome:
            verify(row.pk, officer_of(row.point.town), outcome, f"现场核实：{words}")
