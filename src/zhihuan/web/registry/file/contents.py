"""Everything registered about one enterprise, now or as of a past day, in a fixed number of queries.

As of a day: records are those of today with every later change taken back (``history.past.as_of``), at
the end of that day, what has since been deleted or gone to another enterprise among them. A record that
was registered before changes were kept is shown as it is. Nothing here is ever saved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from zhihuan.bureau.compliance.of_points import Records, judged_points, quarterly
from zhihuan.bureau.compliance.quarter import Quarter, epoch_of
from zhihuan.bureau.compliance.reckoning import Figures, Judged
from zhihuan.bureau.history.past import as_of, later_files
from zhihuan.bureau.registry.models import (
    Device,
    Enterprise,
    Facility,
    MonitoringPoint,
    Outlet,
    PastPlacement,
    Permit,
    PointFactor,
    PointLimit,
    Site,
)
from zhihuan.bureau.timeline.happening import DeviceStay, Subject

_Model = TypeVar("_Model", bound=Model)


@dataclass(frozen=True, slots=True)
class Moment:
    """When the file is looked at: ``on`` None is now; else the end of that Beijing day."""

    on: dt.date | None = None

    @property
    def until(self) -> dt.datetime:
        """What happened from here on is not known yet (aware)."""
        if self.on is None:
            return timezone.now()
        following = self.on + dt.timedelta(days=1)
        return timezone.make_aware(dt.datetime.combine(following, dt.time.min))

    @property
    def day(self) -> dt.date:
        """The day by which limits and permits are in force."""
        return self.on or timezone.localdate()

    @property
    def epoch(self) -> int:
        """``until`` [epoch s]."""
        return int(self.until.timestamp()) if self.on is None else epoch_of(self.on) + 86_400


@dataclass(frozen=True, slots=True)
class Contents:
    """The records of a file; lists in the order in which they are shown."""

    moment: Moment
    enterprise: Enterprise
    sites: list[Site]
    outlets: list[Outlet]
    facilities: list[Facility]
    points: list[MonitoringPoint]
    factors: list[PointFactor]
    limits: list[PointLimit]
    devices: list[Device]
    past: list[PastPlacement]
    permits: list[Permit]

    @property
    def limits_in_force(self) -> list[PointLimit]:
        """The limits that hold on the day, by point and factor."""
        return [each for each in self.limits if _holds(each, self.moment.day)]

    @property
    def devices_here(self) -> list[Device]:
        """The devices that stand at the points today; the others only stood there once."""
        points = {point.pk for point in self.points}
        return [each for each in self.devices if each.point_id in points]

    def judged(self) -> dict[int, Judged]:
        """What each point is judged by."""
        records = Records(self.devices, self.past, self.factors, self.limits)
        return judged_points([point.pk for point in self.points], records)

    def quarterly(self, quarters: Sequence[Quarter]) -> dict[int, list[Figures]]:
        """Each point's figures, one a quarter; those of a past day are judged by what held then."""
        is_now = self.moment.on is None
        return quarterly(self.judged(), quarters, self.moment.epoch, keeps=is_now)

    def subject(self) -> Subject:
        """What the timeline is about."""
        return Subject(self.enterprise.pk, tuple(self._stays()))

    def _stays(self) -> list[DeviceStay]:
        points = {point.pk for point in self.points}
        mns = {device.pk: device.mn for device in self.devices}
        here = [
            DeviceStay(d.pk, d.mn, _midnight(d.placed))
            for d in self.devices
            if d.point_id in points
        ]
        return here + [
            DeviceStay(
                each.device_id,
                mns[each.device_id],
                _midnight(each.placed),
                _midnight(each.removed + dt.timedelta(days=1)),
            )
            for each in self.past
            if each.device_id in mns and each.point_id in points
        ]


def contents_of(enterprise: Enterprise, moment: Moment) -> Contents | None:
    """The file; None when nobody knew the enterprise on that day."""
    then = _then(Enterprise.objects.filter(pk=enterprise.pk), moment, (), "town")
    if not then:
        return None
    reader = _Reader(moment, {enterprise.pk})
    sites = reader.read(Site.objects.order_by("code"), "enterprise", [enterprise.pk], "town")
    places = reader.followed(Site, sites)
    points = reader.read(MonitoringPoint.objects.order_by("code"), "site", places, "town", "outlet")
    at = reader.followed(MonitoringPoint, points)
    past = reader.read(PastPlacement.objects.order_by("placed", "pk"), "point", at)
    limits = PointLimit.objects.order_by("point", "factor", "kind", "valid_from")
    permits = reader.read(
        Permit.objects.order_by("-valid_from", "pk"), "enterprise", [enterprise.pk]
    )
    outlets = Outlet.objects.order_by("number", "pk")
    facilities = Facility.objects.order_by("number", "pk")
    return Contents(
        moment=moment,
        enterprise=then[0],
        sites=sites,
        outlets=reader.read(outlets, "site", places, "site"),
        facilities=reader.read(facilities, "site", places, "site", "outlet"),
        points=points,
        factors=reader.read(PointFactor.objects.order_by("position", "pk"), "point", at),
        limits=_joined(reader.read(limits, "point", at), points, permits),
        devices=reader.devices(at, {each.device_id for each in past}),
        past=past,
        permits=permits,
    )


def _joined(
    limits: list[PointLimit], points: Sequence[MonitoringPoint], permits: Sequence[Permit]
) -> list[PointLimit]:
    """With the points and permits that were read already: a file has a hundred limits a year, and few of those."""
    by_point, by_permit = ({row.pk: row for row in rows} for rows in (points, permits))
    for each in limits:
        each.point = by_point[each.point_id]
        if each.permit_id in by_permit:
            each.permit = by_permit[each.permit_id]
    others = [each for each in limits if each.permit_id and each.permit_id not in by_permit]
    prefetch_related_objects(others, "permit")  # a permit that is in another's file now
    return limits


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads records of one file at one moment. files: the organisations in whose files they may have
    been changed since."""

    moment: Moment
    files: set[int]

    def followed(self, model: type[_Model], rows: Sequence[_Model]) -> list[int]:
        """The keys of records that hold others; to whom they went later is known from here on."""
        keys = [each.pk for each in rows]
        if self.moment.on is not None:
            self.files.update(later_files(model, self.moment.until, keys))
        return keys

    def read(
        self, rows: QuerySet[_Model], holder: str, among: Sequence[int], *along: str
    ) -> list[_Model]:
        """Those whose ``holder`` was one of ``among`` at the moment, in the order of ``rows``."""
        order = rows.query.order_by
        rows = rows.filter(**{f"{holder}__in": among})
        found = _then(rows, self.moment, self.files, *along)
        held = set(among)
        return _in_order([each for each in found if getattr(each, f"{holder}_id") in held], order)

    def devices(self, at: Sequence[int], stood_here: set[int]) -> list[Device]:
        """Those that stood at one of the points at the moment, or had before."""
        known = stood_here | self._left_since(at)
        # by keys, not by a join: an "or" across two tables reads every device there is
        rows = Device.objects.filter(Q(point__in=at) | Q(pk__in=known))
        found = _then(rows.order_by("mn"), self.moment, self.files, "point")
        here = [each for each in found if each.point_id in at or each.pk in stood_here]
        return _in_order(here, ("mn",))

    def _left_since(self, at: Sequence[int]) -> set[int]:
        """Whatever stood at one of the points at the moment and was taken away later."""
        if self.moment.on is None:
            return set()
        gone = PastPlacement.objects.filter(point__in=at)
        return set(gone.values_list("device_id", flat=True))


def _in_order(rows: list[_Model], order: Sequence[str]) -> list[_Model]:
    """By these fields as they were then; the database only knows them as they are."""
    for name in reversed(order):
        falls, plain = name.startswith("-"), name.removeprefix("-")
        rows.sort(key=lambda each: _sorted_by(each, plain), reverse=falls)
    return rows


def _sorted_by(row: Model, name: str) -> Any:
    """A reference sorts by the key it holds."""
    return row.pk if name == "pk" else getattr(row, row._meta.get_field(name).attname)


def _then(
    rows: QuerySet[_Model], moment: Moment, about: Collection[int], *along: str
) -> list[_Model]:
    """Rows of today, or changed back. What is read along costs one query each, at any moment."""
    if moment.on is None:
        return list(rows.select_related(*along) if along else rows)
    found = as_of(rows.model, moment.until, list(rows), about)
    prefetch_related_objects(found, *along)
    return found


def _holds(row: Any, day: dt.date) -> bool:
    return bool(row.valid_from <= day and (row.valid_until is None or row.valid_until >= day))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def in_force(rows: Sequence[Any], day: dt.date) -> list[Any]:
    """Those in force on a day."""
    return [each for each in rows if _holds(each, day)]
