from __future__ import annotations

from dataclasses import replace

import pytest

from zhihuan.bureau.acquisition.directory import RegistryDirectory
from zhihuan.bureau.people.credit_code import is_consistent
from zhihuan.bureau.people.models import User
from zhihuan.bureau.registry.models import (
    Device,
    Enterprise,
    MonitoringPoint,
    PointFactor,
    PointLimit,
    Site,
)
from zhihuan.demo.city import build_city
from zhihuan.demo.load import OccupiedHomeError, is_loaded, load_accounts, load_city
from zhihuan.demo.packaged import packaged

pytestmark = pytest.mark.django_db

CITY = build_city(60)


def test_every_record_of_the_city_is_there_and_flagged_synthetic() -> None:
    load_city(CITY)
    assert MonitoringPoint.objects.filter(synthetic=True).count() == 60
    assert Site.objects.filter(synthetic=True).count() == len(CITY.sites)
    assert PointFactor.objects.count() == sum(len(point.factors) for point in CITY.points)
    assert PointLimit.objects.count() == sum(len(point.limits) for point in CITY.points)
    assert is_loaded(CITY)
    for model in (MonitoringPoint, Site, Device, PointLimit):
        for row in model.objects.all():
            row.full_clean(exclude=["point"])


def test_the_gateway_knows_the_devices_as_the_simulator_means_them() -> None:
    load_city(CITY)
    known = RegistryDirectory().snapshot()
    for device in CITY.devices:
        meant = device.registered()
        found = known[device.mn]
        assert (found.password, found.profile, found.aliases) == (
            meant.password,
            meant.profile,
            meant.aliases,
        )


def test_loading_again_changes_nothing() -> None:
    load_city(CITY)
    kept = set(Device.objects.values_list("pk", flat=True))
    load_city(CITY)
    assert set(Device.objects.values_list("pk", flat=True)) == kept


def test_it_keeps_away_from_another_city() -> None:
    load_city(CITY)
    with pytest.raises(OccupiedHomeError, match="60 points"):
        load_city(build_city(30, seed=5))
    assert is_loaded(CITY)


def test_it_keeps_away_from_real_points() -> None:
    MonitoringPoint.objects.create(
        code="REAL-1", name="x", kind="river", town_id="442000118", lon=113, lat=22
    )
    with pytest.raises(OccupiedHomeError, match="ZHIHUAN_HOME"):
        load_city(CITY)
    assert MonitoringPoint.objects.count() == 1


def test_a_city_cut_short_does_not_count_as_loaded() -> None:
    load_city(CITY)
    assert not is_loaded(replace(CITY, points=[*CITY.points[:-1]]))


@pytest.mark.parametrize("username", ["admin", "somebody"])
def test_it_keeps_away_from_accounts_of_real_people(username: str) -> None:
    real = User.objects.create_superuser(username, password="a real secret")
    for load in (load_accounts, lambda: load_city(CITY)):
        with pytest.raises(OccupiedHomeError, match="1 accounts of real people"):
            load()
    real.refresh_from_db()
    assert real.check_password("a real secret")
    assert (real.synthetic, real.is_superuser, User.objects.count()) == (False, True, 1)
    assert not MonitoringPoint.objects.exists()


def test_a_demo_account_that_was_made_a_superuser_is_an_ordinary_one_again() -> None:
    load_accounts()
    User.objects.update(is_superuser=True)
    load_accounts()
    assert not User.objects.filter(is_superuser=True).exists()


def test_each_demo_account_has_its_role_and_opens_with_the_printed_password() -> None:
    shown = load_accounts()
    load_accounts()
    table = packaged("accounts")
    assert User.objects.filter(synthetic=True).count() == len(table["accounts"]) == len(shown)
    for entry in table["accounts"]:
        user = User.objects.get(username=entry["username"])
        assert user.check_password(table["password"])
        assert [grant.role for grant in user.grants.in_force()] == [entry["role"]]
        assert "模拟" in user.display_name


def test_every_enterprise_has_a_credit_code_that_holds_and_is_nobodys() -> None:
    load_city(CITY)
    codes = list(Enterprise.objects.values_list("credit_code", flat=True))
    assert codes
    assert all(is_consistent(code) and code[2:8] == "990000" for code in codes)
