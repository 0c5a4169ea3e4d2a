"""SensorThings at size: a week of one Datastream out of a year, and Datastreams expanded into 1,000 Things.

Asks the real view through Django's test client, session, rights and gzip included, over SQLite and an
embedded store in a temporary home: 1,000 points of twelve factors with a day of hours each, one of them with
a year of minutes. A duty officer sees the whole city, an enterprise the ten points of its site.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench._dose import add_doses, dose_of
from bench._tables import make_tables

FACTORS = (
    "w01018", "w21003", "w21011", "w01001", "w00000", "w01019", "w21001", "w20122", "w20119",
    "w20111", "w20115", "w20120",
)  # fmt: skip
START = 1_780_243_200  # 2026-06-01 in Beijing
OWN_POINTS = 10
MINUTE, HOUR, DAY = 60, 3_600, 86_400
WEEK = 7 * DAY
TIMES = 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "200 points, 30 days of minutes")
    points, days = dose_of(parser.parse_args(), (1_000, 365), (200, 30), (10, 10))
    with tempfile.TemporaryDirectory(prefix="zhihuan-bench-") as home:
        os.environ["ZHIHUAN_HOME"] = home
        os.environ.pop("ZHIHUAN_DATABASE_URL", None)
        os.environ.pop("ZHIHUAN_STORE_URL", None)
        _run(points, days)


def _run(points: int, days: int) -> None:
    from zhihuan.web.start import set_up

    set_up()
    from django.conf import settings

    from zhihuan.bureau.acquisition.store import close_store, the_store

    settings.ZHIHUAN_API_PER_CALLER = settings.ZHIHUAN_API_PER_ADDRESS = 1_000_000
    make_tables()
    try:
        _register(points)
        the_store().write(_hours(points))
        for month in range(0, days, 30):
            the_store().write(_minutes(START - (month + 30) * DAY, 30))
        _measure(points, days)
    finally:
        close_store()


# ---- the city ----


def _register(points: int) -> None:
    from zhihuan.bureau.places.city import town_names
    from zhihuan.bureau.registry.models import (
        Device,
        Enterprise,
        MonitoringPoint,
        PointFactor,
        Site,
    )

    towns = list(town_names())
    firm = Enterprise.objects.create(
        code="E1", name="模拟企业", kind="enterprise", town_id=towns[0], no_code_reason="模拟",
        synthetic=True,
    )  # fmt: skip
    site = Site.objects.create(
        code="S1", name="主厂区", enterprise=firm, town_id=towns[0], synthetic=True
    )
    made = MonitoringPoint.objects.bulk_create(
        MonitoringPoint(
            code=f"P{n:05d}",
            name=f"模拟企业{n}号排口",
            kind="wastewater",
            town_id=towns[n % len(towns)],
            lon=113.2 + n % 100 / 250,
            lat=22.2 + n % 83 / 170,
            synthetic=True,
            site=site if n < OWN_POINTS else None,
        )
        for n in range(points)
    )
    Device.objects.bulk_create(Device(mn=_mn(n), point=point) for n, point in enumerate(made))
    PointFactor.objects.bulk_create(
        PointFactor(point=point, factor=factor, position=position)
        for point in made
        for position, factor in enumerate(FACTORS)
    )


def _mn(number: int) -> str:
    return f"BENCH{number:019d}"


def _person(role: str, place: Any) -> Any:
    from zhihuan.bureau.people.models import RoleGrant, User

    user = User.objects.create(username=role, display_name=role, organisation=place)
    RoleGrant.objects.create(user=user, role=role, organisation=place)
    return user


def _hours(points: int) -> Any:
    keys = itertools.product(range(points), FACTORS, range(24))
    return _batch(
        [(_mn(n), factor, 3, START + hour * HOUR, float(hour)) for n, factor, hour in keys]
    )


def _minutes(start: int, days: int) -> Any:
    times = range(start, start + days * DAY, MINUTE)
    values = np.random.default_rng(18_088).normal(40, 6, len(times)).round(2).tolist()
    return _batch(
        [(_mn(0), FACTORS[0], 2, at, value) for at, value in zip(times, values, strict=True)]
    )


def _batch(rows: list[tuple[str, str, int, int, float]]) -> Any:
    from zhihuan.telemetry.rows import Batch, MeasurementRows

    mns, factors, kinds, times, values = map(list, zip(*rows, strict=True))
    blank = [math.nan] * len(rows)
    columns = MeasurementRows(
        mn=mns, factor=factors, kind=kinds, time=times, value=values,
        minimum=values, maximum=values, total=blank, zs_value=blank, zs_minimum=blank,
        zs_maximum=blank, flag=["N"] * len(rows), received=[(at + 70) * 1000 for at in times],
        frame_id=[1] * len(rows),
    )  # fmt: skip
    return Batch(measurements=columns)


# ---- the questions ----


@dataclass(frozen=True, slots=True)
class Question:
    """entities: how many the answer must hold, None for whatever there is. target: [ms]."""

    name: str
    path: str
    options: dict[str, str]
    entities: int | None
    target: float | None = None


def _measure(points: int, days: int) -> None:
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.registry.models import Enterprise

    bureau = Organisation.objects.create(name="市局", kind="bureau")
    city = _asking(_person("duty_officer", bureau))
    firm = _asking(_person("enterprise_user", Enterprise.objects.get()))
    city("/Things", {"$top": "1"})  # series are remembered, files found
    minutes = f"one of {points * len(FACTORS) + 1:,} Datastreams, {days} days of minutes"
    for question in _of_observations(f"/Datastreams({_stream_of_minutes(city)})/Observations"):
        _tell(city, question, minutes)
    whole = f"{points:,} Things of {len(FACTORS)} Datastreams"
    for question in _of_things(points):
        _tell(city, question, whole)
    _tell(firm, Question("the same for an enterprise", "/Things", _EXPANDED, OWN_POINTS), whole)


def _of_observations(path: str) -> Iterator[Question]:
    week = {
        "$top": "11000",
        "$filter": f"phenomenonTime ge {_moment(-14)} and phenomenonTime lt {_moment(-7)}",
        "$orderby": "phenomenonTime",
    }
    yield Question("a week of one Datastream", path, week, WEEK // MINUTE, 300)
    array = week | {"$resultFormat": "dataArray"}
    yield Question("the same as data array", path, array, None)
    yield Question("its newest 1,000", path, {"$top": "1000"}, 1_000)
    yield Question("its count, bounded", path, {"$top": "1", "$count": "true"}, 1)


_EXPANDED = {"$top": "1000", "$expand": "Datastreams($top=10)"}
_BOX = (
    "st_within(Locations/location,"
    "geography'POLYGON((113.3 22.3,113.5 22.3,113.5 22.6,113.3 22.6,113.3 22.3))')"
)


def _of_things(points: int) -> Iterator[Question]:
    near = {"$filter": _BOX, "$count": "true", "$expand": "Locations"}
    yield Question("Things within a polygon", "/Things", near, None)
    deep = {"$top": "1000", "$expand": "Datastreams($top=10;$expand=Observations($top=1))"}
    yield Question("10 Datastreams of each, their newest values", "/Things", deep, points)
    yield Question("10 Datastreams of each Thing", "/Things", _EXPANDED, points, 1_000)


@dataclass(frozen=True, slots=True)
class Answer:
    """milliseconds: from the call to the last byte; processor: of them on the request's thread."""

    milliseconds: float
    processor: float
    packed: bytes

    def entities(self) -> list[Any]:
        is_packed = self.packed.startswith(b"\x1f\x8b")  # a small answer comes as it is
        plain = gzip.decompress(self.packed) if is_packed else self.packed
        found: list[Any] = json.loads(plain)["value"]
        return found


_Ask = Callable[[str, dict[str, str]], Answer]


def _asking(user: Any) -> _Ask:
    """How one person asks."""
    from django.test import Client

    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user)

    def ask(path: str, options: dict[str, str]) -> Answer:
        address, packed = f"/sensorthings/v1.1{path}", {"accept-encoding": "gzip"}
        began, worked = time.perf_counter(), time.thread_time()
        answer = browser.get(address, options, headers=packed)
        took, work = time.perf_counter() - began, time.thread_time() - worked
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code} {answer.content[:300]!r}")
        return Answer(took * 1000, work * 1000, answer.content)

    return ask


def _stream_of_minutes(ask: _Ask) -> int:
    said = f"properties/kind eq 'minute' and properties/factor eq '{FACTORS[0]}'"
    (found,) = ask("/Datastreams", {"$filter": said}).entities()
    return int(found["@iot.id"])


def _moment(days: int) -> str:
    from zhihuan.web.sensorthings.moments import shown

    return shown(START + days * DAY)


def _tell(ask: _Ask, question: Question, note: str) -> None:
    """The median of several, after one that warms up and is checked."""
    first = ask(question.path, question.options)
    found = len(first.entities())
    if question.entities is not None and found != question.entities:
        raise SystemExit(f"{question.name}: {found} entities instead of {question.entities}")
    answers = [ask(question.path, question.options) for _ in range(TIMES)]
    taken = [answer.milliseconds for answer in answers]
    work = statistics.median(answer.processor for answer in answers)
    line = {
        "bench": f"sensorthings: {question.name}, median",
        "figure": round(statistics.median(taken), 1),
        "unit": "ms",
        "target": question.target,
        "at_most": True,
        "note": f"{note}; of {TIMES}, slowest {max(taken):.0f} ms, processor {work:.0f} ms, "
        f"{len(first.packed) / 1024:.0f} KiB gzip",
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
