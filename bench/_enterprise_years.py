"""Ten years at one enterprise: what was registered, changed, ordered, refused, found, handled and measured there.

Every year new limits, every third year another device at each point and a new permit; every month a change of each
point and an order to its device; every year matters and episodes. Hours of all factors, all the years long. Rows go in by
bulk insert, so nothing here proves a rule of the engine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np

_HOUR, _DAY = 3_600, 86_400
_DEVICE_YEARS, _PERMIT_YEARS = 3, 3
_MATTERS_A_YEAR, _EPISODES_A_YEAR = 12, 24
_BEIJING = dt.timezone(dt.timedelta(hours=8))


class Years:
    """``Years(enterprise, 10).pass_by(store)``; ``today`` [Beijing]."""

    def __init__(self, enterprise: Any, count: int, today: dt.date) -> None:
        from zhihuan.bureau.registry.models import MonitoringPoint

        self.enterprise, self.today = enterprise, today
        self.years = [today.year - back for back in range(count, 0, -1)]
        rows = MonitoringPoint.objects.filter(site__enterprise=enterprise)
        self.points = list(rows.order_by("pk").prefetch_related("factors", "devices"))

    def pass_by(self, store: Any) -> int:
        """Rows of hours that were written."""
        self._limits()
        self._permits()
        self._devices()
        self._changes()
        self._orders()
        self._matters()
        self._episodes()
        return self._hours(store)

    def _limits(self) -> None:
        """What holds now was written this year; another held each year before."""
        from zhihuan.bureau.registry.models import PointLimit

        PointLimit.objects.filter(point__in=self.points).delete()
        PointLimit.objects.bulk_create(
            PointLimit(
                point=point, factor=each.factor, kind=kind, upper=80, basis="GB 4287-2012",
                valid_from=dt.date(year, 1, 1), valid_until=self._last_day(year),
            )
            for point in self.points
            for each in point.factors.all()
            for kind in ("hour", "day")
            for year in [*self.years, self.today.year]
        )  # fmt: skip

    def _last_day(self, year: int) -> dt.date | None:
        return None if year == self.today.year else dt.date(year, 12, 31)

    def _permits(self) -> None:
        from zhihuan.bureau.registry.models import Permit

        Permit.objects.bulk_create(
            Permit(
                enterprise=self.enterprise, number=f"{self.enterprise.code}{year}P",
                valid_from=dt.date(year, 1, 1), valid_until=dt.date(year + _PERMIT_YEARS - 1, 12, 31),
            )
            for year in self.years[::_PERMIT_YEARS]
        )  # fmt: skip

    def _devices(self) -> None:
        """Those of before were put out of use where they stood, when the next came."""
        from zhihuan.bureau.registry.models import Device

        self.stays: list[tuple[Any, str, dt.date, dt.date]] = []
        starts = [dt.date(year, 1, 1) for year in self.years[::_DEVICE_YEARS]]
        ends = [*starts[1:], dt.date(self.today.year, 1, 1)]
        old = []
        for number, point in enumerate(self.points):
            for now in point.devices.all():
                now.placed = ends[-1]
                now.save(update_fields=["placed"])
                self.stays.append((point, now.mn, now.placed, self.today))
            for start, end in zip(starts, ends, strict=True):
                mn = f"OLD{start.year}{self.enterprise.pk:08d}{number:04d}"
                old.append(Device(mn=mn, point=point, placed=start, registered=start, retired=end))
                self.stays.append((point, mn, start, end))
        Device.objects.bulk_create(old)

    def _months(self) -> Iterator[dt.datetime]:
        for year in self.years:
            for month in range(1, 13):
                yield dt.datetime(year, month, 3, 9, tzinfo=_BEIJING)

    def _changes(self) -> None:
        from zhihuan.bureau.history.models import Change, ChangeSet

        sets = ChangeSet.objects.bulk_create(
            ChangeSet(at=at, why="核实（模拟）") for at in self._months() for _point in self.points
        )
        places = [point for _at in self._months() for point in self.points]
        Change.objects.bulk_create(
            (
                Change(
                    change_set=each, model="registry.monitoringpoint", object_id=str(point.pk),
                    about_id=self.enterprise.pk, title=point.name,
                    before={"name": "旧名"}, after={"name": point.name},
                )
                for each, point in zip(sets, places, strict=True)
            ),
            batch_size=1_000,
        )  # fmt: skip

    def _orders(self) -> None:
        """An order a month to the device that stands there, and a frame that was refused."""
        from zhihuan.bureau.acquisition.models import DeviceCommand, QuarantinedFrame
        from zhihuan.bureau.registry.models import Device

        known = dict(Device.objects.filter(point__in=self.points).values_list("mn", "pk"))
        orders, frames = [], []
        for at in self._months():
            for point, mn, start, end in self.stays:
                if start <= at.date() < end:
                    orders.append(
                        DeviceCommand(
                            device_id=known[mn], mn=mn, code="1011", reason="核对", status="done",
                            ordered_at=at, expires_at=at, orderer="模拟",
                        )
                    )  # fmt: skip
                    frames.append(QuarantinedFrame(mn=mn, reason="bad_crc", raw=b"##", received=at))
                del point
        DeviceCommand.objects.bulk_create(orders, batch_size=1_000)
        QuarantinedFrame.objects.bulk_create(frames, batch_size=1_000)

    def _matters(self) -> None:
        from zhihuan.bureau.matters.catalogue import newest
        from zhihuan.bureau.matters.models import Matter

        procedures = newest()
        Matter.objects.bulk_create(
            Matter(
                procedure=procedure.code, edition=procedure.edition, state=procedure.begins,
                title=f"模拟事项 {year}-{number}", party_id=self.enterprise.pk,
                party_name=self.enterprise.name, town=self.enterprise.town, synthetic=True,
                opened_at=dt.datetime(year, 1 + number % 12, 5, 9, tzinfo=_BEIJING),
                ended_at=dt.datetime(year, 12, 28, 9, tzinfo=_BEIJING),
            )
            for year in self.years
            for number in range(_MATTERS_A_YEAR)
            for procedure in [procedures[number % len(procedures)]]
        )  # fmt: skip

    def _episodes(self) -> None:
        from zhihuan.bureau.exceedance.models import Episode

        Episode.objects.bulk_create(
            Episode(
                point=point, factor=point.factors.all()[0].factor, span="hour",
                first_at=at, end_at=at + dt.timedelta(hours=2), periods=2, standing=2, worst_at=at,
                worst_value=90, excess=10, multiple=0.125, limit_words="80 mg/L", basis="GB 4287-2012",
                derivation={}, stage="closed", outcome="true",
            )
            for year in self.years
            for number in range(_EPISODES_A_YEAR)
            for point in [self.points[number % len(self.points)]]
            for at in [dt.datetime(year, 1 + number % 12, 7, number, tzinfo=_BEIJING)]
        )  # fmt: skip

    def _hours(self, store: Any) -> int:
        """Every hour of every factor while a device stood there; one in fifty beyond the limit."""
        from zhihuan.telemetry.rows import Batch, MeasurementRows

        rows = 0
        for point, mn, start, end in self.stays:
            times = np.arange(_epoch(start), _epoch(end), _HOUR)
            for each in point.factors.all():
                values = np.where(np.arange(len(times)) % 50 == 0, 90.0, 60.0)
                store.write(
                    Batch(measurements=_column(MeasurementRows, mn, each.factor, times, values))
                )
                rows += len(times)
        return rows


def _column(kind: Any, mn: str, factor: str, times: Any, values: Any) -> Any:
    from zhihuan.telemetry.kinds import Kind

    size = len(times)
    missing = [float("nan")] * size
    return kind(
        mn=[mn] * size, factor=[factor] * size, kind=[int(Kind.HOUR)] * size, time=times.tolist(),
        value=values.tolist(), minimum=missing, maximum=missing, total=missing, zs_value=missing,
        zs_minimum=missing, zs_maximum=missing, flag=["N"] * size,
        received=((times + 3_700) * 1_000).tolist(), frame_id=[1] * size,
    )  # fmt: skip


def _epoch(day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), _BEIJING).timestamp())
