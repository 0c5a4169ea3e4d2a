"""A small registry: two towns, an enterprise in each with all that hangs on it, and who looks after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client


@dataclass
class Works:
    """An enterprise with one of everything."""

    enterprise: Any
    site: Any
    outlet: Any
    facility: Any
    point: Any
    device: Any
    permit: Any
    limit: Any
    contact: Any


@pytest.fixture
def works(db: None) -> Callable[..., Works]:
    """``works("三角镇", number=1)``: an enterprise in that town."""
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry import models

    def make(town_name: str, number: int = 1) -> Works:
        town = find_town(town_name)
        enterprise = models.Enterprise.objects.create(
            code=f"QY{number:06d}",
            name=f"中山市{town_name}模拟印染厂{number}号",
            kind=Organisation.Kind.ENTERPRISE,
            no_code_reason="模拟",
            industry="1713",
            town=town,
            lon=town.lon,
            lat=town.lat,
            level="key",
            synthetic=True,
        )
        site = models.Site.objects.create(
            code=f"S{number:03d}", name=f"厂区{number}", enterprise=enterprise, town=town
        )
        outlet = models.Outlet.objects.create(
            site=site, number="DW001", name="总排口", medium="water"
        )
        facility = models.Facility.objects.create(
            site=site, number="TW001", name="污水站", kind="treatment", outlet=outlet
        )
        permit = models.Permit.objects.create(
            enterprise=enterprise,
            number=f"PERMIT{number:012d}",
            valid_from=dt.date(2024, 1, 1),
            valid_until=dt.date(2034, 1, 1),
        )
        point = models.MonitoringPoint.objects.create(
            code=f"WS-{number:03d}",
            name=f"总排口{number}",
            kind="wastewater",
            site=site,
            outlet=outlet,
            town=town,
            lon=town.lon,
            lat=town.lat,
            synthetic=True,
        )
        models.PointFactor.objects.create(point=point, factor="w01018", position=0)
        limit = models.PointLimit.objects.create(
            point=point,
            factor="w01018",
            kind="hour",
            upper=80,
            permit=permit,
            basis="GB 4287-2012",
            valid_from=dt.date(2024, 1, 1),
        )
        device = models.Device.objects.create(
            mn=f"44200000000000000000{number:04d}",
            point=point,
            version=1,
            system_type="32",
            password="123456",
            placed=dt.date(2024, 1, 1),
        )
        contact = models.Contact.objects.create(
            enterprise=enterprise, name="张三丰", phone="13812345678", duty="环保主任"
        )
        return Works(enterprise, site, outlet, facility, point, device, permit, limit, contact)

    return make


@pytest.fixture
def ours(works: Callable[..., Works]) -> Works:
    """The works in 三角镇."""
    return works("三角镇", 1)


@pytest.fixture
def theirs(works: Callable[..., Works]) -> Works:
    """The works in 小榄镇."""
    return works("小榄镇", 2)


@pytest.fixture
def branch(db: None) -> Any:
    """The branch that looks after 三角镇 alone."""
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town

    bureau, _made = Organisation.objects.get_or_create(name="市生态环境局", kind="bureau")
    found = Organisation.objects.create(name="三角分局", kind="branch", parent=bureau)
    found.towns.set([find_town("三角镇")])
    return found


@pytest.fixture(autouse=True)
def _fresh_board() -> None:
    """What pages keep in memory belongs to another test's registry."""
    from zhihuan.web.live.board import board

    board().forget()


@pytest.fixture
def sign_in(person: Any) -> Callable[..., Client]:
    """``sign_in("registrar", at=branch)``: a browser of somebody who holds that role there."""

    def make(role: str, at: Any = None) -> Client:
        browser = Client()
        browser.force_login(person(role, name=f"{role}-{at.pk if at else 0}", at=at))
        return browser

    return make
