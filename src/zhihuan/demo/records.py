"""What the registry keeps beside the points of the synthetic city: contacts, permits, outlets and facilities, a river with its
sections, construction sites, vehicles. All say 模拟. A few lack something or ran out, so that data quality has work to show.

Loading twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.registry.models import (
    ConstructionSite,
    Contact,
    Enterprise,
    Facility,
    MonitoringPoint,
    Outlet,
    Permit,
    PermitTotal,
    River,
    Section,
    SectionTarget,
    Site,
    Vehicle,
)

__all__ = ["load_records"]

_YEARS = 5 * 365
#: Days since a contact was verified, in turn; None: the enterprise has no contact.
_VERIFIED = (20, 90, 160, 300, 500, 45, None)
#: Days until a permit ends, in turn; None: the enterprise has no permit.
_ENDS = (900, 400, 1500, 50, 700, -12, 1100, None)
_MARK = "（模拟）"
_WATER, _GAS = ("wastewater",), ("flue_gas", "voc")
_PLANT = {
    "wastewater": ("废水处理站", "调节—生化—沉淀", "500 m³/d"),
    "flue_gas": ("废气治理设施", "布袋除尘＋碱液喷淋", "20000 m³/h"),
    "voc": ("有机废气治理设施", "二级活性炭吸附", "15000 m³/h"),
}
_WORKS = (
    ("building", "模拟住宅楼工程"), ("municipal", "模拟道路改造工程"), ("water", "模拟河涌清淤工程"), ("demolition", "模拟旧厂房拆除工程"),
)  # fmt: skip
_VEHICLES = (
    ("粤TMN001", "waste", "diesel", 6), ("粤TMN002", "waste", "diesel", 5), ("粤TMN003", "sludge", "diesel", 6),
    ("粤TMN004", "muck", "diesel", 5), ("粤TDM0005", "monitoring", "electric", None),
)  # fmt: skip


@transaction.atomic
def load_records(today: dt.date) -> None:
    """Call it after the city and its accounts."""
    if Permit.objects.exists():
        return
    firms = list(Enterprise.objects.filter(synthetic=True).select_related("town").order_by("code"))
    Contact.objects.bulk_create(_contacts(firms, today))
    permits = Permit.objects.bulk_create(_permits(firms, today))
    PermitTotal.objects.bulk_create(_totals(permits, today.year))
    _outlets()
    _waters(today.year)
    _passing(today)


def _contacts(firms: list[Enterprise], today: dt.date) -> Iterator[Contact]:
    for number, firm in enumerate(firms):
        ago = _VERIFIED[number % len(_VERIFIED)]
        if ago is not None:
            yield Contact(
                enterprise=firm, name=f"模拟联系人{number + 1:03d}", duty="环保负责人", phone=f"0760-0000{number + 1:04d}",
                verified_on=today - dt.timedelta(ago),
            )  # fmt: skip


def _permits(firms: list[Enterprise], today: dt.date) -> Iterator[Permit]:
    for number, firm in enumerate(firms):
        left = _ENDS[number % len(_ENDS)]
        if left is not None:
            until = today + dt.timedelta(left)
            yield Permit(
                enterprise=firm, number=f"模拟许可{firm.code.removeprefix('ENT-')}", issued_by="中山市生态环境局（演示）",
                valid_from=until - dt.timedelta(_YEARS), valid_until=until,
            )  # fmt: skip


def _totals(permits: list[Permit], year: int) -> Iterator[PermitTotal]:
    rows = MonitoringPoint.objects.filter(kind="wastewater", site__enterprise__isnull=False)
    with_water = set(rows.values_list("site__enterprise", flat=True))
    for permit in permits:
        if permit.enterprise_id in with_water:
            yield PermitTotal(permit=permit, factor="w01018", year=year, tonnes="12.5")
            yield PermitTotal(permit=permit, factor="w21003", year=year, tonnes="1.2")


def _outlets() -> None:
    """An outlet for each monitoring point of an enterprise, and what treats what comes out there."""
    kinds = (*_WATER, *_GAS)
    points = MonitoringPoint.objects.filter(
        synthetic=True, kind__in=kinds, site__enterprise__isnull=False
    )
    numbers: dict[tuple[int, str], int] = {}
    for point in points.select_related("site").order_by("code"):
        site: Site = point.site  # type: ignore[assignment]  # filtered
        prefix = "DW" if point.kind in _WATER else "DA"
        numbers[site.pk, prefix] = number = numbers.get((site.pk, prefix), 0) + 1
        outlet = Outlet.objects.create(
            site=site, number=f"{prefix}{number:03d}", name=point.name.rpartition(" ")[2], lon=point.lon, lat=point.lat,
            medium=Outlet.Medium.WATER if prefix == "DW" else Outlet.Medium.GAS,
            receiving="模拟河涌" if prefix == "DW" else "大气", height_m=None if prefix == "DW" else 15.0,
        )  # fmt: skip
        name, process, capacity = _PLANT[point.kind]
        Facility.objects.create(
            site=site, number=f"T{prefix[1]}{number:03d}", name=name + _MARK, kind=Facility.Kind.TREATMENT,
            process=process, capacity=capacity, outlet=outlet,
        )  # fmt: skip


def _waters(year: int) -> None:
    """One river, with a section at each river station of the city."""
    stations = MonitoringPoint.objects.filter(synthetic=True, kind="river", town__isnull=False)
    river = River.objects.create(
        code="MN-R01", name="模拟河", kind=River.Kind.RIVER, basin="模拟联围"
    )
    levels = Section.Level.values
    for number, point in enumerate(stations.order_by("code")[:8]):
        section = Section.objects.create(
            code=f"MN-S{number + 1:02d}", name=point.name, river=river, level=levels[number % len(levels)], town=point.town,
            lon=point.lon, lat=point.lat,
        )  # fmt: skip
        SectionTarget.objects.create(
            section=section, year=year, water_class=3 + number % 2, basis="模拟目标"
        )


def _passing(today: dt.date) -> None:
    """What comes and goes: construction sites and vehicles."""
    sites = Site.objects.filter(synthetic=True).select_related("town").order_by("-code")
    for number, ((kind, name), place) in enumerate(zip(_WORKS, sites[: len(_WORKS)], strict=False)):
        ConstructionSite.objects.create(
            code=f"MN-G{number + 1:02d}", name=name, kind=kind, builder="模拟建设单位", town=place.town, address=place.address,
            area_m2=6000.0 + 2500 * number, begun=today - dt.timedelta(200 + 40 * number), synthetic=True,
        )  # fmt: skip
    carrier = Organisation.objects.filter(synthetic=True, kind=Organisation.Kind.CARRIER).first()
    bureau = Organisation.objects.filter(synthetic=True, kind=Organisation.Kind.BUREAU).first()
    for plate, use, fuel, stage in _VEHICLES:
        owner = bureau if use == "monitoring" else carrier
        Vehicle.objects.create(
            plate=plate, use=use, fuel=fuel, stage=stage, owner=owner, synthetic=True
        )
