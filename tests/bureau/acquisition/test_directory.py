"""The gateway sees the registry as it is, in few queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhihuan.bureau.acquisition.directory import RegistryDirectory, registered_device
from zhihuan.bureau.registry.models import Device, FactorAlias
from zhihuan.hj212.crc import CrcDialect
from zhihuan.hj212.profile import FIELD, Version

pytestmark = pytest.mark.django_db
CITY_DEVICE = "44200012345678901234ABCD"


def test_a_device_is_handed_over_with_everything_that_differs(outlet):
    device = outlet.devices.get()
    device.crc, device.lenient, device.encrypted = "modbus", False, True
    device.keys, device.minute_minutes = "msbE74gsiSHSEh5e", 5
    device.logger_id = "LOGGER-1"
    device.save()
    FactorAlias.objects.create(device=device, alias="COD", factor="w01018")
    seen = RegistryDirectory().snapshot()[device.mn]
    assert (seen.password, seen.point_code, seen.system_type) == ("123456", "WS-001", "32")
    assert (seen.profile.version, seen.profile.crc) == (Version.V2017, CrcDialect.MODBUS)
    assert (seen.profile.lenient, seen.profile.keys) == (False, (b"msbE74gsiSHSEh5e",))
    assert (seen.aliases, seen.factors) == ({"COD": "w01018"}, ("w01018", "w21003"))
    assert seen.logger_id == "LOGGER-1"
    assert (seen.realtime_seconds, seen.minute_minutes, seen.enabled) == (60, 5, True)


def test_one_device_is_the_same_alone_and_among_all(outlet):
    mn = outlet.devices.get().mn
    assert registered_device(mn) == RegistryDirectory().snapshot()[mn]


def test_nobody_knows_an_unregistered_device(outlet):
    assert registered_device("nobody") is None


def test_a_password_that_cannot_be_opened_shuts_out_its_device_and_nobody_else(outlet, caplog):
    Device.objects.create(mn="BROKEN", point=outlet, system_type="32", password="654321")
    Device.objects.filter(mn="BROKEN").update(sealed_password="gAAAA-not-ours")
    seen = RegistryDirectory().snapshot()
    assert (seen["BROKEN"].enabled, seen[CITY_DEVICE].enabled) == (False, True)
    assert seen["BROKEN"].password not in (None, "", "654321", "gAAAA-not-ours")
    assert seen["BROKEN"] == registered_device("BROKEN")
    assert "BROKEN: kept out until mended" in caplog.text


def test_a_key_that_cannot_be_opened_does_not_let_clear_text_in(outlet):
    Device.objects.update(encrypted=True, sealed_keys="gAAAA-not-ours")
    (seen,) = RegistryDirectory().snapshot().values()
    assert (seen.enabled, seen.password is None) == (False, False)


def test_no_password_means_any(outlet):
    Device.objects.update(sealed_password="")
    (seen,) = RegistryDirectory().snapshot().values()
    assert seen.password is None


@pytest.mark.parametrize("devices", [1, 30])
def test_the_number_of_queries_does_not_grow_with_devices(
    outlet, devices, django_assert_num_queries
):
    Device.objects.bulk_create([Device(mn=f"MN{n}", point=outlet) for n in range(devices)])
    with django_assert_num_queries(3):
        assert len(RegistryDirectory().snapshot()) == devices + 1


@pytest.mark.parametrize(
    ("retired_in_days", "in_use"), [(None, True), (1, True), (0, False), (-1, False)]
)
def test_a_device_is_in_use_until_the_day_it_is_retired(outlet, retired_in_days, in_use):
    day = retired_in_days and timezone.localdate() + dt.timedelta(days=retired_in_days)
    if retired_in_days == 0:
        day = timezone.localdate()
    Device.objects.update(retired=day)
    (seen,) = RegistryDirectory().snapshot().values()
    assert seen.enabled is in_use


def test_one_badly_registered_device_does_not_keep_the_others_out(outlet):
    Device.objects.bulk_create([Device(mn="BAD", point=outlet, keys="tooshort")])
    seen = RegistryDirectory().snapshot()
    assert len(seen) == 2
    assert seen["BAD"].profile == FIELD


def test_the_version_moves_with_a_change_and_costs_one_query(outlet, django_assert_num_queries):
    directory = RegistryDirectory()
    before = directory.version()
    assert directory.version() == before
    Device.objects.update(enabled=False)
    with django_assert_num_queries(1):
        assert directory.version() != before


def test_the_version_moves_at_midnight(outlet, monkeypatch):
    directory, today = RegistryDirectory(), timezone.localdate()
    before = directory.version()
    monkeypatch.setattr(timezone, "localdate", lambda: today + dt.timedelta(days=1))
    assert directory.version() != before
