"""Each check finds what is doubtful, and not its healthy twin; asked of the city or of some records."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.utils import timezone

from zhihuan.bureau.people.credit_code import inconsistent, is_consistent
from zhihuan.bureau.places.city import find_town, outside_town, outside_towns
from zhihuan.bureau.registry.models import Contact, Enterprise, MonitoringPoint, Permit, PointLimit
from zhihuan.bureau.registry.quality.check import check_of, checks_of, forget, todos

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _nothing_kept():
    forget()


@pytest.fixture
def enterprise(db):
    town = find_town("三角镇")
    made = Enterprise.objects.create(
        code="A", name="甲", kind="enterprise", town=town, industry="1713", level="key",
        credit_code="91350100M000100Y43", lon=town.lon, lat=town.lat,
    )  # fmt: skip
    Contact.objects.create(enterprise=made, name="张", phone="13800000000", verified_on=TODAY)
    Permit.objects.create(enterprise=made, number="P", valid_from=dt.date(2020, 1, 1))
    return made


def found(row) -> set[str]:
    """By both ways of asking, which must agree."""
    model = type(row)
    forget()
    told = {each.code for each in todos(model, [row]).get(row.pk, [])}
    city = {c.code for c in checks_of(model) if c.narrow(model.objects.filter(pk=row.pk)).exists()}
    assert told == city
    return told


def change(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()
    return row


def test_a_healthy_enterprise_is_on_no_list(enterprise):
    assert found(enterprise) == set()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"industry": ""}, "industry_missing"),
        ({"lon": 113.24, "lat": 22.66}, "enterprise_outside_town"),
        ({"level": "simplified"}, None),
    ],
)
def test_what_stands_on_the_enterprise_itself(enterprise, values, code):
    assert found(change(enterprise, **values)) == ({code} if code else set())


def test_a_wrong_check_character(enterprise):
    enterprise.credit_code = "91350100M000100Y44"
    enterprise.save()
    assert found(enterprise) == {"credit_code_wrong"}


def test_contacts(enterprise):
    Contact.objects.update(doubt="无人接听")
    assert found(enterprise) == {"contacts_stale"}
    Contact.objects.update(doubt="", verified_on=TODAY - dt.timedelta(days=366))
    assert found(enterprise) == {"contacts_stale"}
    Contact.objects.all().delete()
    assert found(enterprise) == {"contacts_missing"}
    assert found(change(enterprise, status="closed")) == set()


def test_a_permit_that_ended_is_none(enterprise):
    Permit.objects.update(valid_until=TODAY - dt.timedelta(days=1))
    assert found(enterprise) == {"permit_missing"}
    Permit.objects.update(valid_until=TODAY)
    assert found(enterprise) == set()


def test_points(outlet):
    town = outlet.town
    change(outlet, lon=town.lon, lat=town.lat)
    assert found(outlet) == set()
    PointLimit.objects.filter(kind="hour").update(valid_until=TODAY - dt.timedelta(days=1))
    assert found(outlet) == {"limits_expired"}
    outlet.devices.update(enabled=False)
    assert found(outlet) == {"limits_expired", "point_without_device"}
    assert "point_outside_town" in found(change(outlet, lon=113.24, lat=22.66))


def test_a_device_without_a_connection_for_a_day(outlet):
    from zhihuan.bureau.acquisition.models import DeviceConnection

    device = change(outlet.devices.get(), placed=dt.date(2024, 1, 1))
    assert found(device) == {"device_silent"}
    DeviceConnection.objects.create(mn=device.mn, last_seen=timezone.now() - dt.timedelta(days=2))
    assert found(device) == {"device_silent"}
    DeviceConnection.objects.update(online=True)
    assert found(device) == set()


def test_asking_for_many_records_costs_one_question(outlet, django_assert_num_queries):
    with django_assert_num_queries(1):
        todos(MonitoringPoint, [outlet])


def test_more_keys_than_a_database_takes_parameters(enterprise):
    from zhihuan.bureau.registry.quality.among import Among

    keys = [enterprise.pk, *range(10_000_000, 10_040_000)]
    assert Enterprise.objects.filter(Among("pk", keys)).get() == enterprise


def test_many_codes_at_once_are_judged_like_each_alone():
    codes = ["91350100M000100Y43", "91350100M000100Y44", "", "91350100M000100Y", "é" * 18]
    alone = [len(c) == 18 and c.isascii() and not is_consistent(c) for c in codes]
    assert inconsistent(codes).tolist() == alone


def test_many_coordinates_at_once_are_judged_like_each_alone(db):
    town = find_town("三角镇")
    lon, lat = np.array([town.lon, 113.24, np.nan]), np.array([town.lat, 22.66, 22.0])
    told = outside_towns([town.code] * 3, lon, lat).tolist()
    assert told == [
        *(outside_town(town.code, *at) for at in zip(lon[:2], lat[:2], strict=True)),
        False,
    ]
    assert not outside_towns(["000000000"], lon[:1], lat[:1])[0]


def test_every_check_has_its_code_once_and_says_how_to_mend():
    codes = [each.code for each in checks_of()]
    assert len(set(codes)) == len(codes) >= 10
    assert all(check_of(code).mend for code in codes)
