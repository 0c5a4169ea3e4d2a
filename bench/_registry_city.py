"""A registry of a real city's size, invented whole: 60,000 enterprises and 100,000 points in 24 towns.

Towns differ as they do in a real city (the largest has fifteen times the smallest), a few works have
dozens of outlets and most have one, a fifth of what is registered has gaps. Rows go in by bulk insert,
so nothing here proves a rule of the forms. ``people`` gives those who look at it, each already signed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from random import Random
from typing import Any

from bench._chinese_names import Names

CITY = "中山市"
_PORTION = 2_000
_TODAY = dt.date(2026, 11, 1)
_FACTORS = {
    "wastewater": ("w01018", "w21003", "w21011", "w01001"),
    "flue_gas": ("a34013", "a21026", "a21002"),
    "voc": ("a24088",),
    "noise": ("n00b00",),
    "power": ("e01011",),
}
_KINDS = ("wastewater", "flue_gas", "voc", "noise", "power")
_KIND_WEIGHTS = (30, 30, 20, 5, 15)


@dataclass(frozen=True, slots=True)
class Dose:
    """How many of each noun; the rest follows from these."""

    enterprises: int
    points: int

    @property
    def vehicles(self) -> int:
        return self.enterprises // 2

    @property
    def construction_sites(self) -> int:
        return self.enterprises // 12

    @property
    def sections(self) -> int:
        return max(self.enterprises // 60, 10)


FULL, QUICK, FEW = Dose(60_000, 100_000), Dose(3_000, 5_000), Dose(120, 200)


def fill(dose: Dose, seed: int = 2026) -> None:
    """Put the whole city into an empty, migrated database, and let the planner look at it."""
    from django.db import transaction

    with transaction.atomic():
        city = _City(dose, Random(seed))
        city.enterprises()
        city.sites()
        city.permits()
        city.points()
        city.devices_and_limits()
        city.rivers()
        city.others()
    analyse()


def analyse() -> None:
    """Let the planner look at what was written, as a city that has stood for a day has done."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


class _City:
    def __init__(self, dose: Dose, chance: Random) -> None:
        from zhihuan.bureau.places.models import Town

        self.dose, self.chance, self.names = dose, chance, Names(chance)
        self.towns = list(Town.objects.order_by("code"))
        chance.shuffle(self.towns)
        # the n-th town has 1/n^0.8 of the first one's: skewed as towns are
        self.shares = list(accumulate(1 / (n + 1) ** 0.8 for n in range(len(self.towns))))

    def town(self) -> Any:
        return self.chance.choices(self.towns, cum_weights=self.shares)[0]

    def place(self, town: Any, known: float = 1.0) -> dict[str, float | None]:
        """Around the seat of the town; unknown for some."""
        if self.chance.random() > known:
            return {"lon": None, "lat": None}
        return {
            "lon": round(self.chance.gauss(town.lon, 0.02), 6),
            "lat": round(self.chance.gauss(town.lat, 0.02), 6),
        }

    def enterprises(self) -> None:
        """Organisations first, then what an enterprise has more; one in ten has no credit code, every
        twentieth belongs to a group of three hundred."""
        from zhihuan.bureau.people.models import Organisation
        from zhihuan.bureau.registry.industries import industries
        from zhihuan.bureau.registry.models import Enterprise

        codes = [code for code in industries() if len(code) == 4]
        self.group = Organisation.objects.create(
            name=f"{CITY}公用事业集团有限公司", kind="other", synthetic=True
        )
        rows = [self._enterprise(n, codes) for n in range(self.dose.enterprises)]
        names = [f.name for f in Organisation._meta.concrete_fields if not f.primary_key]
        above = [Organisation(**{name: getattr(row, name) for name in names}) for row in rows]
        _insert(Organisation, above)
        for row, made in zip(rows, above, strict=True):
            row.pk = row.organisation_ptr_id = made.pk
        for portion in _portions(above):
            Organisation.fill_paths(portion)
        _insert(Enterprise, rows, Enterprise._meta.local_concrete_fields)
        self.all = rows

    def _enterprise(self, n: int, industries: list[str]) -> Any:
        from zhihuan.bureau.people.credit_code import check_character
        from zhihuan.bureau.registry.models import Enterprise

        chance, town = self.chance, self.town()
        coded = chance.random() < 0.9
        first = f"91442000MA{n:07d}"
        return Enterprise(
            name=self.names.company(CITY, town.name.removesuffix("街道").removesuffix("镇")),
            kind="enterprise",
            parent=self.group if n % 200 == 7 else None,
            credit_code=first + check_character(first) if coded else "",
            no_code_reason="" if coded else "个体养殖",
            code=f"QY{n:08d}",
            industry=chance.choice(industries) if chance.random() < 0.95 else "",
            town=town,
            address=self.names.address(town.name),
            legal_representative=self.names.person(),
            level=chance.choices(("key", "simplified", "registered", "none"), (6, 14, 60, 20))[0],
            status=chance.choices(("operating", "suspended", "building", "closed"), (80, 8, 4, 8))[
                0
            ],
            synthetic=True,
            **self.place(town, 0.9),
        )

    def sites(self) -> None:
        """One works each, a second one for every twentieth; outlets and facilities of two thirds."""
        from zhihuan.bureau.registry.models import Contact, Facility, Outlet, Site

        chance = self.chance
        self.works = [
            Site(
                code=f"S{enterprise.code[2:]}{letter}",
                name=f"{enterprise.name}{'二厂' if letter == 'B' else ''}",
                enterprise=enterprise,
                town=enterprise.town,
                address=enterprise.address,
                lon=enterprise.lon,
                lat=enterprise.lat,
                synthetic=True,
            )
            for n, enterprise in enumerate(self.all)
            for letter in ("AB" if n % 20 == 0 else "A")
        ]
        _insert(Site, self.works)
        self.outlets = [
            Outlet(
                site=site,
                number=f"{kind}{place + 1:03d}",
                name=f"{word}排放口{place + 1}",
                medium=medium,
            )
            for site in self.works
            if chance.random() < 0.66
            for kind, word, medium in (("DW", "废水", "water"), ("DA", "废气", "gas"))
            for place in range(min(int(chance.paretovariate(1.3)), 20))
            if place < 2 or kind == "DA"
        ]
        _insert(Outlet, self.outlets)
        _insert(
            Facility,
            [
                Facility(
                    site=outlet.site,
                    number=f"T{outlet.number[1:]}",
                    name="处理设施",
                    kind="treatment",
                    process="活性炭吸附",
                    outlet=outlet,
                )
                for outlet in self.outlets
                if chance.random() < 0.5
            ],
        )
        _insert(
            Contact,
            [
                Contact(
                    enterprise=enterprise,
                    name=self.names.person(),
                    duty="环保负责人",
                    phone=self.names.phone(),
                    verified_on=_TODAY - dt.timedelta(days=chance.randint(0, 800)),
                )
                for enterprise in self.all
                for _n in range(chance.choice((0, 1, 1, 1, 2, 3)))
            ],
        )

    def permits(self) -> None:
        """Whoever must hold one mostly does; every tenth permit has ended."""
        from zhihuan.bureau.registry.models import Permit

        self.permit_of = {
            enterprise.pk: Permit(
                enterprise=enterprise,
                number=f"{enterprise.credit_code or enterprise.code}001P",
                issued_by=f"{CITY}生态环境局",
                valid_from=(begun := _TODAY - dt.timedelta(days=self.chance.randint(30, 1900))),
                valid_until=begun + dt.timedelta(days=1826)
                if self.chance.random() < 0.9
                else begun + dt.timedelta(days=20),
            )
            for enterprise in self.all
            if enterprise.level != "none" and self.chance.random() < 0.6
        }
        _insert(Permit, list(self.permit_of.values()))

    def points(self) -> None:
        """At outlets as long as there are any, over and over: some have many."""
        from zhihuan.bureau.registry.models import MonitoringPoint

        chance = self.chance
        self.made = []
        for n in range(self.dose.points):
            outlet = chance.choice(self.outlets)
            kind = chance.choices(_KINDS, _KIND_WEIGHTS)[0]
            self.made.append(
                MonitoringPoint(
                    code=f"P{n:08d}",
                    name=f"{outlet.site.name}{outlet.name}",
                    kind=kind,
                    site=outlet.site,
                    outlet=outlet,
                    town=outlet.site.town,
                    synthetic=True,
                    **self.place(outlet.site.town),
                )
            )
        _insert(MonitoringPoint, self.made)

    def devices_and_limits(self) -> None:
        """A device each but for every fiftieth point; the limits of the permit, hourly and daily."""
        from zhihuan.bureau.registry.models import Device, PointFactor, PointLimit

        chance = self.chance
        _insert(
            Device,
            (
                Device(
                    mn=f"442000{n:018d}",
                    point=point,
                    version=chance.choice((0, 1, 1, 2, None)),
                    system_type="32" if point.kind == "wastewater" else "31",
                    placed=_TODAY - dt.timedelta(days=chance.randint(0, 3000)),
                    enabled=chance.random() < 0.95,
                )
                for n, point in enumerate(self.made)
                if n % 50
            ),
        )
        _insert(
            PointFactor,
            (
                PointFactor(point=point, factor=factor, position=position)
                for point in self.made
                for position, factor in enumerate(_FACTORS[point.kind])
            ),
        )
        _insert(
            PointLimit,
            (
                PointLimit(
                    point=point,
                    factor=_FACTORS[point.kind][0],
                    kind=kind,
                    upper=80,
                    permit=self.permit_of.get(point.site.enterprise_id),
                    basis="GB 4287-2012",
                    valid_from=dt.date(2020, 1, 1),
                )
                for point in self.made
                for kind in ("hour", "day")
            ),
        )

    def rivers(self) -> None:
        from zhihuan.bureau.registry.models import River, Section, SectionTarget

        rivers = [
            River(code=f"R{n:05d}", name=f"{self.names.person()}涌", basin="中顺大围")
            for n in range(self.dose.sections)
        ]
        _insert(River, rivers)
        sections = [
            Section(code=f"D{n:05d}", name=f"{river.name}断面{n}", river=river, town=self.town())
            for n, river in enumerate(self.chance.choices(rivers, k=self.dose.sections * 2))
        ]
        _insert(Section, sections)
        targets = [
            SectionTarget(section=each, year=2026, water_class=3, basis="年度目标")
            for each in sections
        ]
        _insert(SectionTarget, targets)

    def others(self) -> None:
        """Vehicles and construction sites; those who own and build are enterprises of the city."""
        from zhihuan.bureau.registry.models import ConstructionSite, Vehicle

        chance = self.chance
        _insert(
            Vehicle,
            (
                Vehicle(
                    plate=f"粤T{n // 10_000 % 10}{n % 10_000:04d}"
                    if n < 100_000
                    else f"粤TD{n % 100_000:05d}",
                    owner_id=chance.choice(self.all).pk,
                    use=chance.choice(("waste", "sludge", "muck", "diesel")),
                    fuel=chance.choice(("diesel", "gas", "electric")),
                    stage=chance.randint(3, 6),
                    synthetic=True,
                )
                for n in range(self.dose.vehicles)
            ),
        )
        _insert(
            ConstructionSite,
            (
                ConstructionSite(
                    code=f"GD{n:06d}",
                    name=f"{town.name}{self.names.person()}路改造工程{n}标",
                    kind=chance.choice(("building", "municipal", "traffic", "water")),
                    contractor_id=chance.choice(self.all).pk,
                    town=town,
                    area_m2=chance.randint(500, 90_000),
                    begun=_TODAY - dt.timedelta(days=chance.randint(0, 900)),
                    synthetic=True,
                    **self.place(town),
                )
                for n, town in enumerate(self.town() for _n in range(self.dose.construction_sites))
            ),
        )


def _insert(model: Any, rows: Iterable[Any], fields: Any = None) -> None:
    """Bulk insert below Django's door, which is closed to inherited models."""
    for portion in _portions(rows):
        if fields is None:
            model._base_manager.bulk_create(portion)
        else:
            model._base_manager._insert(portion, fields, using="default", raw=True)


def _portions(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(rows)
    while portion := list(islice(rest, _PORTION)):
        yield portion
