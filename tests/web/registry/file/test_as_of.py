"""The file as of a day is the file as it was seen that day, whatever happened after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from zhihuan.bureau.history.changing import Changes, changing
from zhihuan.bureau.history.fields import as_json
from zhihuan.bureau.history.models import ChangeSet
from zhihuan.bureau.registry import models
from zhihuan.bureau.registry.placing import move
from zhihuan.web.registry.file.contents import Moment, contents_of

pytestmark = pytest.mark.django_db
TOWN = "442000118"
SECTIONS = (
    "sites",
    "outlets",
    "facilities",
    "points",
    "factors",
    "limits",
    "devices",
    "past",
    "permits",
)
#: The days on which something happens, one a step; all of them past.
FIRST = timezone.localdate() - dt.timedelta(days=60)


class City:
    """Two enterprises; each act changes something that is there, chosen by a number."""

    def __init__(self) -> None:
        self.ours, self.theirs = (
            models.Enterprise(
                code=f"E{n}", name=f"厂{n}", kind="enterprise", no_code_reason="测试", town_id=TOWN
            )
            for n in (1, 2)
        )
        self.made = 0

    def number(self) -> int:
        self.made += 1
        return self.made

    def found(self, model: Any, pick: int) -> Any:
        rows = list(model.objects.order_by("pk"))
        return rows[pick % len(rows)] if rows else None

    # ---- acts: each of (changes, a number to choose by) ----

    def rename(self, changes: Changes, pick: int) -> None:
        changes.update(self.ours, name=f"名{pick}")

    def add_site(self, changes: Changes, pick: int) -> None:
        owner = self.theirs if pick % 3 == 0 else self.ours
        changes.create(
            models.Site(code=f"S{self.number()}", name="区", enterprise=owner, town_id=TOWN)
        )

    def change_site(self, changes: Changes, pick: int) -> None:
        if site := self.found(models.Site, pick):
            # the code decides the order in which sites are shown
            changes.update(site, address=f"路{pick}", code=f"S{900 - pick}-{self.number()}")

    def hand_over_site(self, changes: Changes, pick: int) -> None:
        if site := self.found(models.Site, pick):
            other = self.theirs if site.enterprise_id == self.ours.pk else self.ours
            changes.update(site, enterprise=other)

    def add_outlet(self, changes: Changes, pick: int) -> None:
        if site := self.found(models.Site, pick):
            number = f"DA{self.number():03d}"
            changes.create(models.Outlet(site=site, number=number, name="口", medium="gas"))

    def move_outlet(self, changes: Changes, pick: int) -> None:
        outlet, site = self.found(models.Outlet, pick), self.found(models.Site, pick // 2)
        if outlet:
            changes.update(outlet, site=site)

    def add_point(self, changes: Changes, pick: int) -> None:
        if site := self.found(models.Site, pick):
            point = models.MonitoringPoint(
                code=f"P{self.number()}", name="点", kind="noise", site=site, town_id=TOWN,
                lon=113.2, lat=22.6,
            )  # fmt: skip
            changes.create(point)
            changes.create(models.PointFactor(point=point, factor="w01018", position=pick % 3))
            changes.create(
                models.PointLimit(
                    point=point,
                    factor="w01018",
                    upper=80,
                    basis="GB",
                    valid_from=dt.date(2020, 1, 1),
                )
            )

    def move_point(self, changes: Changes, pick: int) -> None:
        point, site = self.found(models.MonitoringPoint, pick), self.found(models.Site, pick // 2)
        if point:
            changes.update(point, site=site, name=f"点{pick}")

    def delete_point(self, changes: Changes, pick: int) -> None:
        point = self.found(models.MonitoringPoint, pick)
        if (
            point
            and not point.devices.exists()
            and not models.PastPlacement.objects.filter(point=point)
        ):
            changes.delete(point)

    def change_limit(self, changes: Changes, pick: int) -> None:
        if limit := self.found(models.PointLimit, pick):
            changes.update(limit, upper=float(pick), valid_until=dt.date(2030, 1, 1))

    def add_device(self, changes: Changes, pick: int) -> None:
        if point := self.found(models.MonitoringPoint, pick):
            changes.create(
                models.Device(mn=f"MN{self.number():06d}", point=point, placed=dt.date(2020, 1, 1))
            )

    def move_device(self, changes: Changes, pick: int) -> None:
        device, to = self.found(models.Device, pick), self.found(models.MonitoringPoint, pick // 2)
        on = FIRST + dt.timedelta(days=self.made)
        if device and device.point_id != to.pk and on > device.placed:
            move(changes, device, to, on, "搬迁")

    def add_permit(self, changes: Changes, pick: int) -> None:
        holder = self.theirs if pick % 4 == 0 else self.ours
        first = dt.date(2020, 1, 1) + dt.timedelta(days=pick)
        changes.create(
            models.Permit(enterprise=holder, number=f"X{self.number()}", valid_from=first)
        )

    def change_permit(self, changes: Changes, pick: int) -> None:
        if permit := self.found(models.Permit, pick):
            other = self.theirs if permit.enterprise_id == self.ours.pk else self.ours
            changes.update(
                permit, enterprise=other if pick % 2 else permit.enterprise, issued_by=f"局{pick}"
            )


ACTS = [name for name in vars(City) if not name.startswith("_") and name not in {"number", "found"}]


def seen(enterprise: models.Enterprise, moment: Moment) -> Any:
    """Everything a reader of the file is shown of its records, in the order shown."""
    contents = contents_of(models.Enterprise.objects.get(pk=enterprise.pk), moment)
    if contents is None:
        return None
    told = {
        name: [(each.pk, as_json(each)) for each in getattr(contents, name)] for name in SECTIONS
    }
    return told | {"enterprise": as_json(contents.enterprise)}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40)), min_size=1, max_size=14)


@given(steps=steps)
@example(steps=[("add_site", 1), ("add_point", 0), ("delete_point", 0), ("hand_over_site", 0)])
@example(steps=[("add_site", 1), ("add_point", 0), ("hand_over_site", 0), ("move_point", 0)])
@example(steps=[("add_site", 0), ("add_point", 0), ("hand_over_site", 0), ("delete_point", 0)])
@example(steps=[("add_site", 1), ("add_site", 3), ("add_point", 0), ("add_point", 1),
                ("add_device", 0), ("move_device", 2), ("move_device", 0)])  # fmt: skip
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_file_as_of_a_day_is_what_was_seen_that_day(steps):
    with undone():
        city, on_the_day = City(), []
        acts = [lambda changes, _pick: [changes.create(each) for each in (city.ours, city.theirs)]]
        acts += [getattr(city, name) for name, _pick in steps]
        for day, (act, pick) in enumerate(zip(acts, [0, *(p for _n, p in steps)], strict=True)):
            with changing(None, why=str(day)) as changes:
                act(changes, pick)
            at = dt.datetime.combine(FIRST + dt.timedelta(days=day), dt.time(12), tzinfo=dt.UTC)
            ChangeSet.objects.filter(pk=changes.change_set.pk).update(at=at)
            on_the_day.append([seen(each, Moment()) for each in (city.ours, city.theirs)])
        assert seen(city.ours, Moment(FIRST - dt.timedelta(days=1))) is None
        for day, told in enumerate(on_the_day):
            moment = Moment(FIRST + dt.timedelta(days=day))
            assert [seen(each, moment) for each in (city.ours, city.theirs)] == told
