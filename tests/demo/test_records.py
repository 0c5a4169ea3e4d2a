"""The registry of the synthetic city is full enough to be looked at, wholly synthetic, and valid."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhihuan.bureau.registry.models import (
    ConstructionSite,
    Contact,
    Enterprise,
    Facility,
    Outlet,
    Permit,
    PermitTotal,
    Section,
    Vehicle,
)
from zhihuan.demo.city import build_city
from zhihuan.demo.load import load_accounts, load_city
from zhihuan.demo.records import load_records

pytestmark = pytest.mark.django_db

EVERY = (Contact, Permit, PermitTotal, Outlet, Facility, Section, ConstructionSite, Vehicle)


@pytest.fixture
def today() -> dt.date:
    load_city(build_city(60))
    load_accounts()
    load_records(timezone.localdate())
    return timezone.localdate()


def test_no_page_of_the_registry_is_empty_and_every_record_is_one_that_a_form_would_take(
    today: dt.date,
) -> None:
    for model in EVERY:
        rows = list(model.objects.all())
        assert rows, model
        for each in rows:
            each.full_clean()


def test_data_quality_has_something_to_find(today: dt.date) -> None:
    firms = Enterprise.objects.filter(synthetic=True)
    assert firms.filter(contacts=None).exists()
    assert firms.filter(permits=None).exists()
    assert Permit.objects.filter(valid_until__lt=today).exists()
    assert Permit.objects.filter(valid_until__gte=today).count() > firms.count() / 2


def test_loading_twice_changes_nothing(today: dt.date) -> None:
    before = [model.objects.count() for model in EVERY]
    load_records(today)
    assert [model.objects.count() for model in EVERY] == before


def test_vehicles_belong_to_the_carrier_with_an_account(today: dt.date) -> None:
    owners = {each.owner.kind for each in Vehicle.objects.select_related("owner")}
    assert owners == {"carrier", "bureau"}
