"""Outlets as the registry and the discharger have them: who measured there, limits, marks.

Read in a fixed number of queries, however many outlets. Stations of air, rivers and noise are none: their
classes are judged elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Q

from zhihuan.bureau.compliance.of_points import Records, judged_points
from zhihuan.bureau.compliance.reckoning import Stay
from zhihuan.bureau.exceedance.marks_of import marks_of
from zhihuan.bureau.registry.models import Device, MonitoringPoint, PastPlacement, PointLimit
from zhihuan.hj212.codes import factor as look_up
from zhihuan.standards.data_validity import Subject
from zhihuan.standards.emission import Limit, Period
from zhihuan.standards.parameters import Confidence, parameter
from zhihuan.supervision.exceedance import Mark, Monitored

__all__ = ["FLOW", "KINDS", "Outlet", "outlets", "points_of"]

#: What is an outlet, and by whose rules its data are valid.
KINDS = {
    MonitoringPoint.Kind.FLUE_GAS: Subject.FLUE_GAS,
    MonitoringPoint.Kind.WASTEWATER: Subject.WASTEWATER,
    MonitoringPoint.Kind.VOC: Subject.OTHER,
}
#: Waste water's flow, which weighs its daily means.
FLOW = "w00000"
_START_STOP = "exceedance/start_stop_exempt"
_PERIODS = {PointLimit.Period.HOUR: Period.HOUR, PointLimit.Period.DAY: Period.DAY}


@dataclass(slots=True)
class Outlet:
    """A point with all that its data are judged by. hour, day: limits by factor. start_stop: the rule of start-up and
    shut-down, as ``Monitored`` takes it."""

    point: int
    subject: Subject
    start_stop: tuple[tuple[dt.date, bool], ...] = ()
    stays: tuple[Stay, ...] = ()
    hour: dict[str, list[Limit]] = field(default_factory=lambda: defaultdict(list))
    day: dict[str, list[Limit]] = field(default_factory=lambda: defaultdict(list))
    marks: tuple[Mark, ...] = ()

    @property
    def factors(self) -> tuple[str, ...]:
        """Those that have a limit."""
        return tuple(sorted({*self.hour, *self.day}))

    def monitored(self, factor: str, flow: int | None) -> Monitored:
        """One of its factors, as it is judged."""
        hour, day = self.hour.get(factor, ()), self.day.get(factor, ())
        limits = tuple(hour), tuple(day)
        return Monitored(factor, self.subject, *limits, self.marks, flow, self.start_stop)


def outlets(points: Sequence[int]) -> dict[int, Outlet]:
    """Of these points those that are outlets with limits, by primary key. Five queries."""
    rules = {subject: _start_stop(subject) for subject in KINDS.values()}
    kinds = MonitoringPoint.objects.filter(pk__in=points, kind__in=KINDS)
    found = {
        pk: Outlet(pk, subject := KINDS[MonitoringPoint.Kind(kind)], rules[subject])
        for pk, kind in kinds.values_list("pk", "kind").order_by("pk")
    }
    _limits(found)
    limited = {pk: each for pk, each in found.items() if each.factors}
    placed = judged_points(list(limited), _records(list(limited)))
    marks = marks_of(list(limited))
    for pk, each in limited.items():
        each.stays, each.marks = placed[pk].stays, marks.get(pk, ())
    return limited


def points_of(mns: Iterable[str]) -> set[int]:
    """The points at which these devices stand or stood."""
    names = sorted(set(mns))
    now = Device.objects.filter(mn__in=names).values_list("point_id", flat=True).order_by()
    then = PastPlacement.objects.filter(device__mn__in=names).order_by()
    return {*now, *then.values_list("point_id", flat=True)}


def _records(points: Sequence[int]) -> Records:
    past = list(PastPlacement.objects.filter(point__in=points))
    moved = {each.device_id for each in past}
    devices = Device.objects.filter(Q(point__in=points) | Q(pk__in=moved))
    return Records(list(devices), past, (), ())


def _start_stop(subject: Subject) -> tuple[tuple[dt.date, bool], ...]:
    """From which day on the rule leaves start-up and shut-down of such outlets out. It is dated by itself, so a year that is
    judged again is judged by the rule of its own days."""
    found = []
    for edition in parameter(_START_STOP).editions:
        found.append((edition.in_force_from, bool(edition.table.get(subject, False))))
        if edition.in_force_until is not None:
            found.append((edition.in_force_until + dt.timedelta(1), False))
    return tuple(found)


def _limits(found: dict[int, Outlet]) -> None:
    rows = PointLimit.objects.filter(point__in=list(found), kind__in=_PERIODS)
    fields = (
        "point_id", "factor", "kind", "upper", "lower", "basis", "clause", "valid_from",
        "valid_until", "permit__number",
    )  # fmt: skip
    for row in rows.order_by("valid_from", "pk").values_list(*fields):
        outlet = found[row[0]]
        limits = outlet.hour if row[2] == PointLimit.Period.HOUR else outlet.day
        # the newest way of the rule: where the days judged have another, the limit is made anew
        limits[row[1]].append(_limit(row, outlet.start_stop[-1][1]))


def _limit(row: tuple[object, ...], exempts: bool) -> Limit:
    _point, factor, kind, upper, lower, basis, clause, valid_from, valid_until, permit = row
    name, unit = _words(str(factor))
    known = {"upper": upper, "lower": lower}
    return Limit(
        item=name,
        unit=unit,
        period=_PERIODS[PointLimit.Period(str(kind))],
        standard=f"排污许可证 {permit}（{basis}）" if permit else str(basis),
        clause=str(clause),
        in_force_from=valid_from,  # type: ignore[arg-type]  # a day
        in_force_until=valid_until,  # type: ignore[arg-type]  # a day or None
        exempts_start_stop=exempts,
        confidence=Confidence.REGISTERED if permit else Confidence.UNCONFIRMED,
        **{side: float(str(bound)) for side, bound in known.items() if bound is not None},
    )


@cache
def _words(factor: str) -> tuple[str, str]:
    """Name and unit; the code alone where no table knows it."""
    known = look_up(factor)
    return (known.name, known.unit) if known else (factor, "")
