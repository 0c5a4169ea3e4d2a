"""Exceedance by law: a city's hour judged, and a year of one outlet judged again.

    python -m bench.exceedance [--quick]

Outlets of eight factors, each with an hourly and a daily limit of its own permit, report a day of hours into
a real embedded store; half are stacks, half are sewers. Measured is the round as the platform runs it at the
last hour of the day: read, judge, compare with what is kept. Then one outlet's past year is judged anew.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
import time
from typing import Any

import numpy as np

from bench._dose import add_doses, dose_of
from bench._figure import tell
from bench._tables import make_tables

FULL, QUICK, FEW = 2_000, 200, 2
GAS = ("a34013", "a21026", "a21002", "a21005", "a21001", "a20057", "a21018", "a21024")
WATER = ("w01018", "w21003", "w21011", "w21001", "w01012", "w20122", "w20121", "w00000")
HOUR, DAY = 3600, 86_400
MIDNIGHT = 1_780_243_200  # 2026-06-01 00:00 in Beijing
PORTION = 400_000


def main() -> None:
    """Run both parts and print one JSON object a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, f"{QUICK} outlets")
    outlets = dose_of(parser.parse_args(), FULL, QUICK, FEW)
    with tempfile.TemporaryDirectory() as home:
        _platform(home)
        points = _registered(outlets)
        _told(outlets, points)


def _platform(home: str) -> None:
    os.environ |= {"ZHIHUAN_HOME": home, "DJANGO_SETTINGS_MODULE": "zhihuan.web.settings"}
    os.environ.pop("ZHIHUAN_DATABASE_URL", None)
    os.environ.pop("ZHIHUAN_STORE_URL", None)
    import django

    django.setup()

    make_tables()


def _told(outlets: int, points: list[int]) -> None:
    from zhihuan.bureau.exceedance.models import Episode
    from zhihuan.bureau.exceedance.rounds import judge

    _report(outlets, MIDNIGHT, 24)
    now = dt.datetime.fromtimestamp(MIDNIGHT + DAY + 600, dt.UTC)
    span = (MIDNIGHT, MIDNIGHT + DAY)
    first, found = _timed(lambda: judge(points, span, now))
    again, _same = _timed(lambda: judge(points, span, now))
    note = (
        f"{outlets:,} outlets x 8 factors, 24 hours read, {Episode.objects.count():,} episodes kept"
    )
    _tell("hour of a city, judged again", again, 5.0, note)
    _tell("the same, all episodes new", first, None, f"{found.found:,} written and told")
    _report(1, MIDNIGHT - 364 * DAY, 364 * 24)
    year = (MIDNIGHT - 364 * DAY, MIDNIGHT + DAY)
    judge(points[:1], year, now)
    seconds, _done = _timed(lambda: judge(points[:1], year, now))
    _tell("past year of one outlet, judged again", seconds, 2.0, "365 days x 8 factors")


def _timed(run: Any) -> tuple[float, Any]:
    started = time.perf_counter()
    done = run()
    return time.perf_counter() - started, done


def _registered(outlets: int) -> list[int]:
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.models import Town
    from zhihuan.bureau.registry.models import Device, MonitoringPoint, PointLimit

    # what goes up becomes a clue, whose sheet the bureau issues
    Organisation.objects.create(name="模拟生态环境局", kind=Organisation.Kind.BUREAU)
    town = Town.objects.order_by("code").first()
    points = MonitoringPoint.objects.bulk_create(
        MonitoringPoint(
            code=f"OUT-{n:05d}", name=f"排口{n}", kind="wastewater" if n % 2 else "flue_gas",
            town=town, lon=113.4, lat=22.6, synthetic=True,
        )
        for n in range(outlets)
    )  # fmt: skip
    Device.objects.bulk_create(
        Device(mn=_mn(n), point=point, placed=dt.date(2020, 1, 1)) for n, point in enumerate(points)
    )
    PointLimit.objects.bulk_create(
        [
            PointLimit(
                point=point, factor=factor, kind=kind, upper=80.0 + n % 7, basis=f"排污许可证{n}",
                clause="表1", valid_from=dt.date(2019, 1, 1 + n % 28),
            )
            for n, point in enumerate(points)
            for factor in _factors(n)
            for kind in ("hour", "day")
        ],
        batch_size=2_000,
    )  # fmt: skip
    return [point.pk for point in points]


def _mn(number: int) -> str:
    return f"44200000000000000{number:07d}"


def _factors(number: int) -> tuple[str, ...]:
    return WATER if number % 2 else GAS


def _report(outlets: int, start: int, hours: int) -> None:
    """Hourly means around half the limit, one in some two hundred beyond it."""
    from zhihuan.bureau.acquisition.store import the_store
    from zhihuan.telemetry.rows import Batch

    dice = np.random.default_rng(6)
    batch = Batch()
    for number in range(outlets):
        for factor in _factors(number):
            values = dice.gamma(6.0, 6.0, hours)
            _append(batch.measurements, number, factor, start, values.tolist())
        if len(batch.measurements) >= PORTION:
            the_store().write(batch)
            batch = Batch()
    if not batch.is_empty:
        the_store().write(batch)


def _append(rows: Any, number: int, factor: str, start: int, values: list[float]) -> None:
    count, nan = len(values), float("nan")
    times = [start + HOUR * place for place in range(count)]
    columns = {
        "mn": [_mn(number)] * count, "factor": [factor] * count, "kind": [3] * count,
        "time": times, "value": values, "flag": ["N"] * count, "frame_id": [1] * count,
        "received": [1000 * (each + HOUR + 60) for each in times],
    }  # fmt: skip
    empty = ("minimum", "maximum", "total", "zs_value", "zs_minimum", "zs_maximum")
    for name, column in (columns | dict.fromkeys(empty, [nan] * count)).items():
        getattr(rows, name).extend(column)


def _tell(what: str, figure: float, target: float | None, note: str) -> None:
    tell(f"exceedance: {what}", figure, "s", target, note, digits=3)


if __name__ == "__main__":
    main()
