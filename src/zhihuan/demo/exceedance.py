"""Episodes of the synthetic city: judged as any city is, some of them carried up the ladder, one with a sample taken by hand."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from zhihuan.bureau.exceedance.acting import explain, note, verify
from zhihuan.bureau.exceedance.manual.considering import Answer, Considered
from zhihuan.bureau.exceedance.manual.entering import Report, enter_result
from zhihuan.bureau.exceedance.manual.words import unit_of
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.exceedance.rounds import judge_arrivals
from zhihuan.bureau.people.models import User
from zhihuan.bureau.registry.models import Device
from zhihuan.bureau.vault.keeping import keep_made
from zhihuan.demo.staffing import officer_of

__all__ = ["load_episodes", "place_devices"]

_Outcome = Episode.Outcome
#: What becomes of the first episodes that wait for their enterprise, in turn: what it said by telephone, and what the
#: branch found. What the enterprise with an account has to explain is left to it; of several, it explained the oldest.
_OWN_WORDS = "进水浓度升高，已加大曝气和药剂投加（模拟）。"
_COURSES = (
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
    waiting = Episode.objects.filter(stage=Episode.Stage.EXPLAINING).select_related("point__town")
    waiting = waiting.order_by("first_at", "pk")
    firm = User.objects.filter(username="enterprise", synthetic=True).first()
    own = firm.organisation_id if firm is not None else None
    if len(mine := list(waiting.filter(point__site__enterprise=own)[:2])) == 2:
        explain(mine[0].pk, firm, _OWN_WORDS)
    others = waiting.exclude(point__site__enterprise=own) if own else waiting
    for row, (words, outcome) in zip(list(others[: len(_COURSES)]), _COURSES, strict=False):
        officer = officer_of(row.point.town)
        note(row.pk, officer, f"企业电话说明：{words}")
        sampled = _sample(row, officer) if outcome is _Outcome.TRUE else None
        verify(row.pk, officer, outcome, f"现场核实：{words}", manual=sampled)


def _sample(row: Episode, officer: Any) -> Considered:
    """A sample taken by hand at the worst time, which found a little more; its report goes up with the clue."""
    report = Report(
        sampled_from=row.worst_at + dt.timedelta(minutes=15), sampled_until=None,
        value=float(f"{row.worst_value * 1.02:.4g}"), unit=unit_of(row.factor), method="国家标准方法（模拟）",
        agency="模拟检测有限公司", number="模拟-监测-1", file=_scan(), lawful=True, sample_code="模拟-样-1",
    )  # fmt: skip
    enter_result(row, report, officer)
    return Considered(Answer.FOLLOWED)


def _scan() -> Any:
    """A scanned report: a blank sheet, called synthetic by its name."""
    content = BytesIO()
    Image.new("L", (595, 842), 255).save(content, "PNG")
    return keep_made(content.getvalue(), "模拟监测报告（模拟数据，仅供演示）.png", actor=None)
