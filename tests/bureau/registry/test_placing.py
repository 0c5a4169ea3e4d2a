"""Where a device stood stays on record."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.history.models import ChangeSet
from zhihuan.bureau.history.past import undo
from zhihuan.bureau.registry.models import MonitoringPoint, PastPlacement
from zhihuan.bureau.registry.placing import move, placements


@pytest.fixture
def device(outlet):
    found = outlet.devices.get()
    found.placed = dt.date(2024, 1, 1)
    found.save()
    return found


@pytest.fixture
def other(outlet):
    return MonitoringPoint.objects.create(
        code="WS-002", name="二号排口", kind="wastewater", town=outlet.town, lon=113, lat=22
    )


def test_every_day_belongs_to_one_point(device, outlet, other):
    with changing(None, why="移装") as changes:
        move(changes, device, other, dt.date(2026, 3, 1), "移装")
    found = [(each.point, each.first, each.last) for each in placements(device)]
    assert found == [
        (other, dt.date(2026, 3, 1), None),
        (outlet, dt.date(2024, 1, 1), dt.date(2026, 2, 28)),
    ]


def test_a_move_can_be_undone_whole(device, outlet, other):
    with changing(None) as changes:
        move(changes, device, other, dt.date(2026, 3, 1), "移装")
    undo(ChangeSet.objects.get(), None)
    device.refresh_from_db()
    assert (device.point, device.placed) == (outlet, dt.date(2024, 1, 1))
    assert not PastPlacement.objects.exists()


@pytest.mark.parametrize("on", [dt.date(2024, 1, 1), dt.date(2020, 1, 1)])
def test_a_device_is_not_moved_before_it_came(device, other, on):
    with pytest.raises(ValidationError, match="须晚于"), changing(None) as changes:
        move(changes, device, other, on, "移装")
    assert not ChangeSet.objects.exists()
