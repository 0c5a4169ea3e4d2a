"""Two towns, an enterprise in each with everything that hangs on it, and programs of many rights."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from zhihuan.bureau.access import rates as rates_module
from zhihuan.bureau.access.issuing import issue
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import (
    ConstructionSite,
    Device,
    Enterprise,
    Facility,
    MonitoringPoint,
    Outlet,
    Permit,
    PermitTotal,
    PointFactor,
    PointLimit,
    River,
    Section,
    SectionTarget,
    Site,
    Vehicle,
)


@pytest.fixture(autouse=True)
def fresh_rates(monkeypatch):
    monkeypatch.setattr(rates_module, "_rates", rates_module.Rates())


EXCEEDED, DAY = dt.datetime(2026, 3, 1, tzinfo=dt.UTC), dt.timedelta(days=1)


def furnish(number: int, town_name: str) -> SimpleNamespace:
    """One town's enterprise with site, outlet, facility, point, device, permit and limit, and beside
    it a section, a construction site and a vehicle."""
    town = find_town(town_name)
    enterprise = Enterprise.objects.create(
        code=f"E{number}", name=f"{town_name}某印染厂", kind="enterprise", town=town,
        no_code_reason="测试", industry="1713", lon=113.4, lat=22.6, synthetic=True,
    )  # fmt: skip
    site = Site.objects.create(
        code=f"S{number}", name="主厂区", enterprise=enterprise, town=town, synthetic=True
    )
    outlet = Outlet.objects.create(site=site, number="DW001", name="总排口", medium="water")
    facility = Facility.objects.create(
        site=site, number="TW001", name="污水处理站", kind="treatment", outlet=outlet
    )
    point = MonitoringPoint.objects.create(
        code=f"WS-{number}", name="总排口", kind="wastewater", site=site, outlet=outlet,
        town=town, lon=113.4 + number / 100, lat=22.6, synthetic=True,
    )  # fmt: skip
    device = Device.objects.create(
        mn=f"4420001234567890123400{number:02}", point=point, version=1, password="123456"
    )
    device.keys = "0123456789abcdef"
    device.save()
    PointFactor.objects.create(point=point, factor="w01018")
    permit = Permit.objects.create(
        enterprise=enterprise, number=f"9144200{number}", valid_from=dt.date(2024, 1, 1)
    )
    PermitTotal.objects.create(permit=permit, factor="w01018", year=2025, tonnes="12.5")
    limit = PointLimit.objects.create(
        point=point, factor="w01018", upper=50, basis="GB 4287-2012", permit=permit,
        valid_from=dt.date(2015, 1, 1),
    )  # fmt: skip
    episode = Episode.objects.create(
        point=point, factor="w01018", span="day", first_at=EXCEEDED, end_at=EXCEEDED + DAY, periods=1,
        standing=1, worst_at=EXCEEDED, worst_value=60.0, excess=10.0, multiple=0.2, derivation={},
        limit_words="≤ 50 mg/L", basis="GB 4287-2012", stage="verifying",
    )  # fmt: skip
    river = River.objects.create(code=f"R{number}", name=f"{town_name}河")
    section = Section.objects.create(
        code=f"D{number}", name="桥下", river=river, town=town, lon=113.4, lat=22.6
    )
    SectionTarget.objects.create(section=section, year=2025, water_class=4, basis="水十条")
    works = ConstructionSite.objects.create(
        code=f"G{number}", name="某工地", kind="building", town=town, contractor=enterprise,
        lon=113.4, lat=22.6,
    )  # fmt: skip
    vehicle = Vehicle.objects.create(plate=f"粤T1234{number}", use="waste", owner=enterprise)
    return SimpleNamespace(
        town=town, enterprise=enterprise, site=site, outlet=outlet, facility=facility, point=point,
        device=device, permit=permit, limit=limit, river=river, section=section, works=works,
        vehicle=vehicle, episode=episode,
    )  # fmt: skip


@pytest.fixture
def here(db):
    return furnish(1, "三角镇")


@pytest.fixture
def there(db):
    return furnish(2, "小榄镇")


@pytest.fixture
def branch(here):
    """The branch that looks after the first town."""
    bureau = Organisation.objects.get_or_create(name="市生态环境局", kind="bureau")[0]
    made = Organisation.objects.create(name="三角分局", kind="branch", parent=bureau)
    made.towns.add(here.town)
    return made


class Program:
    """A program with a token: ``get``, ``post``, ``patch`` like a browser."""

    def __init__(self, client, token: str) -> None:
        self._client, self._headers = client, {"authorization": f"Bearer {token}"}

    def get(self, address: str, **headers: str):
        return self._client.get(address, headers=self._headers | headers)

    def post(self, address: str, document, **headers: str):
        return self._client.post(
            address, document, "application/json", headers=self._headers | headers
        )

    def patch(self, address: str, document, **headers: str):
        return self._client.patch(
            address, document, "application/json", headers=self._headers | headers
        )


@pytest.fixture
def program_of(client, person):
    """``program_of("企业用户", at=enterprise)``: with all of that person's rights as scopes, or
    only those given."""

    def make(role: str, *, scopes=(), at=None) -> Program:
        owner = person(role, at=at, name=f"{role}-{at.pk if at else 0}")
        end = timezone.now() + dt.timedelta(days=1)
        wanted = scopes or owner.get_all_permissions()
        token = issue(owner, name="测试程序", scopes=wanted, expires_at=end, by=owner)
        return Program(client, token.text)

    return make
