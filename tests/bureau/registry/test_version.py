"""The registry's number grows with every change, however it is made."""

from __future__ import annotations

import pytest
from django.core import serializers

from zhihuan.bureau.registry.models import (
    Device,
    FactorAlias,
    MonitoringPoint,
    PointLimit,
    RegistryVersion,
    Site,
)

pytestmark = pytest.mark.django_db


def site(code: str) -> Site:
    return Site(code=code, name=code, town_id="442000118")


def load_a_file(point: MonitoringPoint) -> None:
    for each in serializers.deserialize("json", serializers.serialize("json", [point])):
        each.save()  # as loaddata does: raw


CHANGES = {
    "load from a file": load_a_file,
    "create": lambda point: site("A").save(),
    "bulk create": lambda point: Site.objects.bulk_create([site("B"), site("C")]),
    "save": lambda point: point.save(),
    "update": lambda point: MonitoringPoint.objects.update(name="改名"),
    "bulk update": lambda point: MonitoringPoint.objects.bulk_update([point], ["name"]),
    "related create": lambda point: FactorAlias.objects.create(
        device=point.devices.get(), alias="COD", factor="w01018"
    ),
    "related update": lambda point: point.devices.update(enabled=False),
    "delete": lambda point: point.limits.first().delete(),
    "bulk delete": lambda point: PointLimit.objects.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_moves_the_number(outlet, change):
    before = RegistryVersion.current()
    change(outlet)
    assert RegistryVersion.current() > before


def test_reading_does_not_move_the_number(outlet):
    before = RegistryVersion.current()
    list(Device.objects.select_related("point"))
    assert RegistryVersion.current() == before


def test_an_empty_registry_has_number_zero():
    assert RegistryVersion.current() == 0
