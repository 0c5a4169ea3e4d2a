"""A stack and its people, and a few verbs to make its device report and the platform judge."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.exceedance.keeping import Kept
from zhihuan.bureau.exceedance.models import Episode, EpisodeEvent
from zhihuan.bureau.exceedance.rounds import judge
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import (
    Device,
    Enterprise,
    MonitoringPoint,
    PointFactor,
    PointLimit,
    Site,
)
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import Batch

MN = "44200012345678900001GAS1"
SO2 = "a21026"


def at(text: str) -> dt.datetime:
    """``03-02 12:00`` of 2026 in Beijing."""
    return dt.datetime.fromisoformat(f"2026-{text}").replace(tzinfo=BEIJING)


@dataclass
class Stack:
    """firm: its user; officer, head: of the branch of its town; elsewhere: an officer of another town."""

    point: Any
    enterprise: Any
    firm: Any
    officer: Any
    head: Any
    duty: Any
    elsewhere: Any
    store: Any

    @classmethod
    def made(cls, person: Callable[..., Any], store: Any) -> Stack:
        town = find_town("三角镇")
        firm = Enterprise.objects.create(
            code="ENT-1", name="中山某热电厂", kind=Organisation.Kind.ENTERPRISE, town=town,
            no_code_reason="虚构",
        )  # fmt: skip
        site = Site.objects.create(code="SITE-1", name="厂区", enterprise=firm, town=town)
        point = MonitoringPoint.objects.create(
            code="FG-1",
            name="1号炉排口",
            kind="flue_gas",
            site=site,
            town=town,
            lon=113.4,
            lat=22.6,
        )
        Device.objects.create(mn=MN, point=point, system_type="31", placed=dt.date(2020, 1, 1))
        bureau = Organisation.objects.get_or_create(name="市生态环境局", kind="bureau")[0]
        branches = []
        for name, its in (("三角分局", town), ("小榄分局", find_town("小榄镇"))):
            branch = Organisation.objects.create(name=name, kind="branch", parent=bureau)
            branch.towns.set([its])
            branches.append(branch)
        own = Organisation.objects.get(pk=firm.pk)
        made = cls(
            point, firm, person("企业用户", name="firm", at=own),
            person("执法人员", name="officer", at=branches[0]),
            person("科室（分局）负责人", name="head", at=branches[0]),
            person("值班员", name="duty"),
            person("执法人员", name="elsewhere", at=branches[1]), store,
        )  # fmt: skip
        PointFactor.objects.create(point=point, factor=SO2)
        made.limit(35.0)
        return made

    def limit(self, upper: float, **fields: Any) -> PointLimit:
        """Another limit of sulphur dioxide."""
        given: dict[str, Any] = {
            "kind": "hour", "factor": SO2, "basis": "GB 13223-2011", "clause": "表1",
            "valid_from": dt.date(2019, 1, 1),
        }  # fmt: skip
        return PointLimit.objects.create(point=self.point, upper=upper, **(given | fields))

    def sends(self, start: dt.datetime, values: Sequence[float], **fields: Any) -> None:
        """One hourly mean an hour; NaN sends none. converted, flag, received: for all of them."""
        batch = Batch()
        nan = math.nan
        for hour, value in enumerate(values):
            if math.isnan(value):
                continue
            moment = int(start.timestamp()) + 3600 * hour
            row = {
                "mn": fields.get("mn", MN), "factor": fields.get("factor", SO2),
                "kind": int(Kind.HOUR), "time": moment, "value": fields.get("value", value),
                "minimum": nan, "maximum": nan, "total": nan, "zs_value": value,
                "zs_minimum": nan, "zs_maximum": nan, "flag": fields.get("flag", "N"),
                "received": fields.get("received", 1000 * (moment + 3700)), "frame_id": 1,
            }  # fmt: skip
            for column, cell in row.items():
                getattr(batch.measurements, column).append(cell)
        self.store.write(batch)

    def judged(self, start: dt.datetime, end: dt.datetime, now: dt.datetime | None = None) -> Kept:
        """Judge the days of [start, end) as of ``now`` (an hour after the end)."""
        span = (int(start.timestamp()), int(end.timestamp()))
        return judge([self.point.pk], span, now or end + dt.timedelta(hours=1))

    @property
    def episode(self) -> Episode:
        """The only one."""
        return Episode.objects.get()


def course(episode: Episode) -> list[str]:
    """What happened to it, in order."""
    return list(EpisodeEvent.objects.filter(episode=episode).values_list("kind", flat=True))
