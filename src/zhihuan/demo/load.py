"""Puts the synthetic city into the bureau's tables: points, devices, limits, people.

One transaction; loading twice changes nothing. Refuses a registry that holds other points, real
ones above all, and a home with a real person's account: the demo's password is printed. It deletes
nothing, for what was ordered and received is evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from zhihuan.bureau.people.credit_code import check_character
from zhihuan.bureau.people.models import Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import ROLES
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.models import (
    Device,
    Enterprise,
    FactorAlias,
    MonitoringPoint,
    PointFactor,
    PointLimit,
    Site,
)
from zhihuan.demo.city import City, CityPoint
from zhihuan.demo.packaged import packaged

__all__ = [
    "OccupiedHomeError",
    "is_loaded",
    "load_accounts",
    "load_city",
    "refuse_real_accounts",
]

_BATCH = 1000


class OccupiedHomeError(RuntimeError):
    """The home holds other points or real accounts; the demo keeps away from them."""


def is_loaded(city: City) -> bool:
    """Whether this very city is in the registry."""
    found = MonitoringPoint.objects.filter(synthetic=True, devices__mn=city.points[-1].device.mn)
    return bool(found.exists() and MonitoringPoint.objects.count() == len(city.points))


def refuse_real_accounts() -> None:
    """OccupiedHomeError when a real person's account is here. Works before the first migration."""
    if User._meta.db_table not in connection.introspection.table_names():
        return
    if (real := User.objects.filter(synthetic=False).count()) > 0:
        raise OccupiedHomeError(
            f"this home holds {real} accounts of real people; the demo adds accounts whose password "
            "is public and so keeps away: set ZHIHUAN_HOME to an empty folder"
        )


@transaction.atomic
def load_city(city: City) -> None:
    """Create all points with devices, factors and limits; OccupiedHomeError when others are there."""
    if is_loaded(city):
        return
    refuse_real_accounts()
    if (others := MonitoringPoint.objects.count()) > 0:
        raise OccupiedHomeError(
            f"this home holds {others} points that are not of the city asked for; the demo needs a "
            "home of its own: set ZHIHUAN_HOME to an empty folder, or ask for the same --points "
            "and --seed as before"
        )
    towns = {site.town: find_town(site.town) for site in city.sites}
    sites = _created(Site, [_site(site, towns) for site in city.sites])
    by_code = {site.code: site for site in sites}
    points = _created(MonitoringPoint, [_point(point, by_code, towns) for point in city.points])
    devices = _created(
        Device, [_device(point, row) for point, row in zip(city.points, points, strict=True)]
    )
    pairs = list(zip(city.points, points, strict=True))
    _created(
        PointFactor,
        [
            PointFactor(point=row, factor=code, position=position)
            for point, row in pairs
            for position, code in enumerate(point.factors)
        ],
    )
    _created(PointLimit, [_limit(row, limit) for point, row in pairs for limit in point.limits])
    _created(
        FactorAlias,
        [
            FactorAlias(device=device, alias=alias, factor=code)
            for point, device in zip(city.points, devices, strict=True)
            for code, alias in point.device.aliases.items()
        ],
    )


@transaction.atomic
def load_accounts() -> list[dict[str, str]]:
    """Create the demo's organisations and accounts; what to show of each: name, role, what for.

    OccupiedHomeError when a real account exists, whatever its name.
    """
    refuse_real_accounts()
    table = packaged("accounts")
    for entry in table["organisations"]:
        parent = Organisation.objects.filter(name=entry.get("parent", "")).first()
        Organisation.objects.update_or_create(
            name=entry["name"],
            defaults={"kind": entry["kind"], "parent": parent, "synthetic": True},
        )[0].towns.set([find_town(name) for name in entry.get("towns", ())])
    password = make_password(table["password"])
    for entry in table["accounts"]:
        _account(entry, password)
    return [
        {
            "username": str(entry["username"]),
            "role": str(ROLES[entry["role"]].name),
            "shows": str(entry["shows"]),
        }
        for entry in table["accounts"]
    ]


def _account(entry: Mapping[str, Any], password: str) -> None:
    # Looked up as a synthetic one: a real account of this name is never found, so never changed.
    user, _created = User.objects.update_or_create(
        username=entry["username"],
        synthetic=True,
        defaults={
            "display_name": entry["display_name"],
            "organisation": Organisation.objects.get(name=entry["organisation"]),
            "is_staff": entry.get("staff", False),
            "is_superuser": False,
            "password": password,
        },
    )
    RoleGrant.objects.get_or_create(
        user=user,
        role=entry["role"],
        organisation=user.organisation,
        defaults={"reason": "演示"},
    )


def _created(model: Any, rows: list[Any]) -> list[Any]:
    created: list[Any] = model.objects.bulk_create(rows, batch_size=_BATCH)
    return created


def _site(site: Any, towns: Mapping[str, Town]) -> Site:
    return Site(
        code=site.code,
        name=site.name,
        enterprise=_enterprise(site, towns[site.town]) if site.industry_code else None,
        town=towns[site.town],
        address=site.address,
        synthetic=True,
    )


def _enterprise(site: Any, town: Town) -> Enterprise:
    return Enterprise.objects.create(
        code=site.code.replace("SITE", "ENT"),
        name=site.name,
        kind=Organisation.Kind.ENTERPRISE,
        credit_code=_credit_code(site.code),
        legal_representative="李某",
        industry=site.industry_code,
        town=town,
        address=site.address,
        level=Enterprise.Level.KEY,  # whoever must have automatic monitoring is under key management
        synthetic=True,
    )


def _credit_code(site: str) -> str:
    """Of the right form and check character, and nobody's: there is no division 990000."""
    number = int("".join(filter(str.isdigit, site)) or 0)
    first = f"91990000MA{number:07d}"
    return first + check_character(first)


def _point(
    point: CityPoint, sites: Mapping[str, Site], towns: Mapping[str, Town]
) -> MonitoringPoint:
    return MonitoringPoint(
        code=point.code,
        name=point.name,
        kind=point.kind,
        site=sites[point.site],
        town=towns[point.town],
        lon=point.lon,
        lat=point.lat,
        synthetic=True,
    )


def _device(point: CityPoint, row: MonitoringPoint) -> Device:
    spec = point.device
    return Device(
        mn=spec.mn,
        point=row,
        system_type=spec.st,
        version=int(spec.version),
        surface_water=spec.surface_water,
        crc=spec.crc.value,
        encrypted=spec.key is not None,
        password=spec.password,
        keys=spec.key.hex() if spec.key else "",
        realtime_seconds=spec.realtime_every_seconds,
        minute_minutes=spec.minute_every_minutes,
    )


def _limit(row: MonitoringPoint, limit: Any) -> PointLimit:
    return PointLimit(
        point=row,
        factor=limit.factor,
        kind=limit.kind,
        upper=limit.upper,
        lower=limit.lower,
        basis=limit.basis,
        clause=limit.clause,
        valid_from=limit.valid_from,
        valid_until=limit.valid_until,
    )
