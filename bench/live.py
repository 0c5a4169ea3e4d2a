"""The live page with 10 000 points: how long its data take, from the request to the last byte.

Asks the real view through Django's test client, login and gzip included, over SQLite and an
embedded store in a temporary home. Each point has five factors with a real-time and an hourly value.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import statistics
import tempfile
import time
from typing import Any

from bench._dose import add_doses, dose_of
from bench._figure import tell
from bench._tables import make_tables

FACTORS = ("w01018", "w21003", "w21011", "w01001", "w00000")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "1 000 points")
    points = dose_of(parser.parse_args(), 10_000, 1_000, 50)
    with tempfile.TemporaryDirectory(prefix="zhihuan-bench-") as home:
        os.environ["ZHIHUAN_HOME"] = home
        os.environ.pop("ZHIHUAN_DATABASE_URL", None)
        os.environ.pop("ZHIHUAN_STORE_URL", None)
        _run(points)


def _run(points: int) -> None:
    from zhihuan.web.start import set_up

    set_up()
    from django.conf import settings

    from zhihuan.bureau.acquisition.store import close_store

    settings.ZHIHUAN_LIVE_SECONDS = 0
    make_tables()
    try:
        _register(points)
        _report(points, age_seconds=60)
        _measure(points)
    finally:
        close_store()


def _register(points: int) -> None:
    from zhihuan.bureau.people.models import User
    from zhihuan.bureau.places.city import town_names
    from zhihuan.bureau.registry.models import Device, MonitoringPoint, PointFactor, PointLimit

    towns = list(town_names())
    User.objects.create_superuser(
        "bench", password=None, synthetic=True
    )  # no second factor is asked of it
    made = MonitoringPoint.objects.bulk_create(
        [
            MonitoringPoint(
                code=f"P{n:05d}",
                name=f"模拟企业{n}号排口",
                kind="wastewater",
                town_id=towns[n % len(towns)],
                lon=113.2 + n % 100 / 250,
                lat=22.2 + n % 83 / 170,
                synthetic=True,
            )
            for n in range(points)
        ]
    )
    Device.objects.bulk_create(
        [Device(mn=f"BENCH{n:019d}", point=point) for n, point in enumerate(made)]
    )
    PointFactor.objects.bulk_create(
        [
            PointFactor(point=point, factor=factor, position=position)
            for point in made
            for position, factor in enumerate(FACTORS)
        ]
    )
    PointLimit.objects.bulk_create(
        [
            PointLimit(
                point=point,
                factor="w01018",
                kind=kind,
                upper=50,
                basis="GB 4287-2012",
                valid_from=dt.date(2015, 1, 1),
            )
            for point in made
            for kind in ("realtime", "hour")
        ]
    )


def _report(points: int, age_seconds: int) -> None:
    """A real-time and an hourly value of every factor of every point."""
    from zhihuan.bureau.acquisition.store import the_store
    from zhihuan.telemetry.kinds import Kind
    from zhihuan.telemetry.rows import Batch, MeasurementRows

    now, chance, nan = int(time.time()), random.Random(7), float("nan")
    kinds = ((Kind.REALTIME, now - age_seconds), (Kind.HOUR, now // 3600 * 3600 - 3600))
    keys = [
        (f"BENCH{n:019d}", factor, kind, at)
        for n in range(points)
        for factor in FACTORS
        for kind, at in kinds
    ]
    for start in range(0, len(keys), 20_000):
        part = keys[start : start + 20_000]
        count = len(part)
        blank = [nan] * count
        rows = MeasurementRows(
            mn=[key[0] for key in part],
            factor=[key[1] for key in part],
            kind=[int(key[2]) for key in part],
            time=[key[3] for key in part],
            value=[chance.gauss(40, 6) for _ in part],
            minimum=blank,
            maximum=blank,
            total=blank,
            zs_value=blank,
            zs_minimum=blank,
            zs_maximum=blank,
            flag=["N"] * count,
            received=[(now - age_seconds) * 1000] * count,
            frame_id=[1] * count,
        )
        the_store().write(Batch(measurements=rows))


def _measure(points: int) -> None:
    from django.test import Client

    from zhihuan.bureau.people.models import User

    browser = Client(SERVER_NAME="localhost")
    browser.force_login(User.objects.get())
    note = f"{points} points, {len(FACTORS)} factors"
    first, size = _timed(browser, "/live/points.json")
    _tell("points.json, first after start", first, 2_000, f"{note}; registry and store read whole")
    again = [_timed(browser, "/live/points.json")[0] for _ in range(9)]
    _tell("points.json, median", statistics.median(again), 500, f"{note}; {size} bytes gzip")
    _tell("points.json, slowest of 9", max(again), 500, note)
    _report(points, age_seconds=1)
    _tell(
        "points.json, every value new",
        _timed(browser, "/live/points.json")[0],
        1_000,
        f"{note}; {points * len(FACTORS) * 2} rows arrived since the last look",
    )
    pages = [_timed(browser, "/live/?state=exceeding&page=2")[0] for _ in range(5)]
    _tell("list page, median", statistics.median(pages), 150, note)


def _timed(browser: Any, address: str) -> tuple[float, int]:
    began = time.perf_counter()
    response = browser.get(address, headers={"accept-encoding": "gzip"})
    took = (time.perf_counter() - began) * 1000
    assert response.status_code == 200, response.status_code
    return took, len(response.content)


def _tell(figure_of: str, milliseconds: float, target: float, note: str) -> None:
    tell(f"live: {figure_of}", milliseconds, "ms", target, note)


if __name__ == "__main__":
    main()
