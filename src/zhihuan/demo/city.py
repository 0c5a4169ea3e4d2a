"""The synthetic city as plain data: sites, monitoring points, devices, limits, accounts.

``build_city`` is a function of its arguments: the same seed gives the same city on every machine.
Refuses to touch a database or a store: that is ``load`` and ``history``. Every name says 模拟.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from zhihuan.demo.geography import Town, inside, on_river, towns
from zhihuan.demo.packaged import packaged
from zhihuan.telemetry.simulator.chance import seed_from
from zhihuan.telemetry.simulator.faults.data import DataFault, DataFaultKind
from zhihuan.telemetry.simulator.kinds import kind_spec
from zhihuan.telemetry.simulator.mixture import device_number, sm4_key_for, speech_for, split_bytes
from zhihuan.telemetry.simulator.spec import DeviceSpec

__all__ = ["City", "CityLimit", "CityPoint", "CitySite", "build_city"]

_CODES = {
    "wastewater": "WW",
    "flue_gas": "FG",
    "voc": "VOC",
    "river": "SW",
    "noise": "NS",
    "ambient_air": "AQ",
    "power": "PW",
}
_METALS = ("w20121", "w20122", "w20116")
_OF_ENTERPRISES = ("wastewater", "flue_gas", "voc", "power")
_FOR_EVER = 4_000_000_000  # epoch seconds; far enough


@dataclass(frozen=True, slots=True)
class CitySite:
    """An invented enterprise, plant or station. industry_code: by GB/T 4754, "" for a station."""

    code: str
    name: str
    town: str
    industry: str
    industry_code: str
    address: str


@dataclass(frozen=True, slots=True)
class CityLimit:
    """A limit on one factor; see ``bureau.registry.models.PointLimit`` for the meanings."""

    factor: str
    kind: str
    upper: float | None
    lower: float | None
    basis: str
    clause: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class CityPoint:
    """A monitoring point with its device. factors: codes, the headline first. trouble: offline,
    exceeding, abnormal or "" — what the demo makes it show."""

    code: str
    name: str
    kind: str
    site: str
    town: str
    lon: float
    lat: float
    device: DeviceSpec
    factors: tuple[str, ...]
    limits: tuple[CityLimit, ...]
    trouble: str = ""


_Place = tuple[CitySite, tuple[float, float], Town]


@dataclass(slots=True)
class City:
    """Everything the demo shows. Synthetic throughout. strangers: devices that report but are not
    registered."""

    seed: int
    sites: list[CitySite] = field(default_factory=list)
    points: list[CityPoint] = field(default_factory=list)
    strangers: list[DeviceSpec] = field(default_factory=list)

    @property
    def devices(self) -> list[DeviceSpec]:
        """All devices, in the order of the points."""
        return [point.device for point in self.points]


def build_city(points: int = 260, seed: int = 2024, *, troubles_from: int = 0) -> City:
    """The city of this seed with about so many points, at least one of each kind.

    troubles_from: epoch seconds from which broken instruments are broken.
    """
    builder = _Builder(seed, troubles_from)
    for kind, count in _counts(points).items():
        for number in range(count):
            builder.add(kind, number)
    builder.city.strangers = list(_strangers(seed, points))
    return builder.city


def _strangers(seed: int, points: int) -> Iterator[DeviceSpec]:
    plan = packaged("composition")["strangers"]
    for number in range(points, points + plan["count"]):
        yield DeviceSpec(
            mn=device_number(seed, number),
            kind="wastewater",
            fleet_seed=seed,
            name=f"模拟·未登记设备{number - points + 1:02d}号",
            # nobody acknowledges a stranger: it must not keep trying
            wants_ack=False,
            reports=("realtime",),
            realtime_seconds=plan["realtime_seconds"],
        )


def _counts(points: int) -> dict[str, int]:
    shares: dict[str, int] = packaged("composition")["points"]
    total = sum(shares.values())
    counts = {kind: max(1, share * points // total) for kind, share in shares.items()}
    # what rounding lost goes to the largest kind, so that the city has the size asked for
    counts["wastewater"] = max(1, counts["wastewater"] + points - sum(counts.values()))
    return counts


class _Builder:
    """Draws one point after another from one seed."""

    def __init__(self, seed: int, troubles_from: int) -> None:
        self.city = City(seed)
        self._choice = random.Random(seed)  # noqa: S311 - reproducible on purpose
        self._troubles_from = troubles_from
        self._plan = packaged("composition")
        self._industries = packaged("industries")
        self._without: dict[str, list[_Place]] = {}
        self._enterprises: dict[tuple[str, str], int] = {}
        self._weights = [town.area_km2**0.5 for town in towns()]

    def add(self, kind: str, number: int) -> None:
        """Draw the next point of this kind."""
        site, place, town = self._shared_site(kind) or self._new_site(kind, number)
        trouble = self._trouble()
        code = f"{_CODES[kind]}-{number + 1:04d}"
        if code == self._plan["first_outlet"]["code"]:
            trouble = "exceeding"
        name = self._name(kind, number, site, town)
        device = self._device(kind, code, name, site, trouble)
        self.city.points.append(
            CityPoint(
                code=code,
                name=name,
                kind=kind,
                site=site.code,
                town=town.name,
                lon=place[0],
                lat=place[1],
                device=device,
                factors=_reported(device),
                limits=tuple(_limits(kind, device)),
                trouble=trouble,
            )
        )

    def _place(self, kind: str, number: int) -> tuple[tuple[float, float], Town]:
        if kind == "river" and number % 3 == 0:
            return on_river(self._choice)
        if number < len(towns()) and kind not in _OF_ENTERPRISES:
            town = towns()[number]  # every town has a station before any has two
        else:
            town = self._choice.choices(towns(), weights=self._weights)[0]
        pull = {"noise": 0.8, "ambient_air": 0.7, "river": 0.0}.get(kind, 0.35)
        return inside(town, self._choice, around_seat=pull), town

    def _shared_site(self, kind: str) -> _Place | None:
        """An enterprise that has other outlets but none of this kind, now and then."""
        open_sites = self._without.get(kind, [])
        if not open_sites or self._choice.random() >= self._plan["shared_site"]:
            return None
        site, place, town = open_sites.pop(self._choice.randrange(len(open_sites)))
        lon, lat = (round(axis + self._choice.uniform(-6e-4, 6e-4), 5) for axis in place)
        return site, (lon, lat), town

    def _new_site(self, kind: str, number: int) -> _Place:
        place, town = self._place(kind, number)
        found = self._site(kind, number, town), place, town
        monitors = self._industries["industries"].get(found[0].industry, {}).get("monitors", {})
        for other in monitors:
            if other != kind:
                self._without.setdefault(other, []).append(found)
        return found

    def _site(self, kind: str, number: int, town: Town) -> CitySite:
        industry = self._industry(kind, number, town)
        count = self._enterprises.get((town.code, industry), 0) + 1
        self._enterprises[town.code, industry] = count
        public = kind not in _OF_ENTERPRISES
        noun = "" if public or industry == self._industries["public"]["sewage_plant"] else "企业"
        site = CitySite(
            code=f"SITE-{len(self.city.sites) + 1:05d}",
            name=f"模拟·{town.short}{industry}{count:02d}号{noun}",
            town=town.name,
            industry=industry,
            industry_code=self._industry_code(industry),
            address=f"中山市{town.name}（模拟地址）",
        )
        self.city.sites.append(site)
        return site

    def _industry(self, kind: str, number: int, town: Town) -> str:
        public: dict[str, str] = self._industries["public"]
        if kind not in _OF_ENTERPRISES:
            return {
                "ambient_air": public["air_station"],
                "river": public["river_station"],
                "noise": public["noise_station"],
            }[kind]
        if kind == "wastewater" and number % self._plan["sewage_plant_every"] == 0:
            return public["sewage_plant"]
        candidates = self._industries["towns"].get(town.short, self._industries["default"])
        weights = [
            self._industries["industries"][name]["monitors"].get(kind, 0.2) for name in candidates
        ]
        return str(self._choice.choices(candidates, weights=weights)[0])

    def _industry_code(self, industry: str) -> str:
        public = self._industries["public"]
        if industry == public["sewage_plant"]:
            return str(public["sewage_plant_code"])
        return str(self._industries["industries"].get(industry, {}).get("code", ""))

    def _name(self, kind: str, number: int, site: CitySite, town: Town) -> str:
        if kind == "river":
            return f"模拟·{town.short}河段{number + 1:02d}号断面"
        plant = site.industry == self._industries["public"]["sewage_plant"]
        nouns = self._plan["names"].get("sewage_plant" if plant else kind)
        return f"{site.name} {self._choice.choice(nouns)}" if nouns else site.name

    def _trouble(self) -> str:
        draw = self._choice.random()
        for trouble, share in self._plan["troubles"].items():
            if draw < share:
                return str(trouble)
            draw -= share
        return ""

    def _device(self, kind: str, code: str, name: str, site: CitySite, trouble: str) -> DeviceSpec:
        index = len(self.city.points)
        seed = self.city.seed
        speech = speech_for(kind, seed, index)
        mn = device_number(seed, index, speech.version)
        metals = self._industries["industries"].get(site.industry, {}).get("metals", False)
        extra = _METALS if metals and kind == "wastewater" else ()
        headline = next(item.code for item in kind_spec(kind).factors if item.headline)
        raised = self._plan["raised_factor"].get(kind, headline)
        level = self._level(kind, code) if trouble == "exceeding" else 1.0
        return DeviceSpec(
            mn=mn,
            kind=kind,
            version=speech.version,
            surface_water=speech.surface_water,
            point_code=code,
            name=name,
            fleet_seed=seed,
            password=f"{seed_from(seed, mn, 'pw') % 1_000_000:06d}",
            key=sm4_key_for(seed, mn) if speech.encrypted else None,
            cipher_form=speech.encrypted or "raw",
            wants_ack=speech.wants_ack,
            factors=kind_spec(kind).default_factors() + extra if extra else (),
            aliases=self._vendor_codes(kind),
            minute_minutes=10,
            most_cp_bytes=split_bytes(index),
            silent=trouble == "offline",
            levels={raised: level} if level != 1.0 else {},
            faults=tuple(self._faults(mn, trouble)),
        )

    def _level(self, kind: str, code: str) -> float:
        """By what the headline of an exceeding outlet is multiplied."""
        first = self._plan["first_outlet"]
        return float(first["raised"] if code == first["code"] else self._plan["raised"][kind])

    def _vendor_codes(self, kind: str) -> dict[str, str]:
        codes: dict[str, str] = self._plan["vendor_aliases"].get(kind, {})
        return dict(codes) if codes and self._choice.random() < self._plan["vendor_codes"] else {}

    def _faults(self, mn: str, trouble: str) -> Iterator[DataFault]:
        begin = self._troubles_from
        if trouble == "abnormal":
            yield DataFault(DataFaultKind.INSTRUMENT_FAULT, mn, begin, _FOR_EVER)
        skew = self._plan["clock_skew"]
        if self._choice.random() < skew["share"]:
            yield DataFault(
                DataFaultKind.CLOCK_SKEW, mn, begin, _FOR_EVER, amount=float(skew["seconds"])
            )


def _reported(device: DeviceSpec) -> tuple[str, ...]:
    """The device's factors, the headline first."""
    codes = device.factors or device.kind_spec.default_factors()
    headline = next(item.code for item in device.kind_spec.factors if item.headline)
    return (headline, *(code for code in codes if code != headline))


def _limits(kind: str, device: DeviceSpec) -> Iterator[CityLimit]:
    table = packaged("limits")
    measured = set(device.factors or device.kind_spec.default_factors())
    for row in table["kinds"][kind]:
        if row["factor"] in measured:
            yield CityLimit(
                factor=row["factor"],
                kind=row["kind"],
                upper=row.get("upper"),
                lower=row.get("lower"),
                basis=row.get("basis", table["synthetic_basis"]),
                clause=row.get("clause", ""),
                valid_from=row.get("from", table["from_default"]),
                valid_until=row.get("until"),
            )
