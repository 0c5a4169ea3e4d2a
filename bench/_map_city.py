"""Fills ZHIHUAN_HOME with the demo's city and one fresh value a factor: ``python -m bench._map_city N``.

For bench/map_page.py. Uses the demo's own points, limits and accounts, but writes the values as
columns instead of playing past frames: ten thousand points in half a minute.
"""

from __future__ import annotations

import math
import sys
import time
from contextlib import closing

from bench._tables import make_tables
from zhihuan.demo.city import City, build_city
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import Batch
from zhihuan.telemetry.store import open_store
from zhihuan.web import start

_SEED = 2024


def main() -> None:
    start.set_up()
    from django.conf import settings

    from zhihuan.demo.load import load_accounts, load_city

    make_tables()
    city = build_city(int(sys.argv[1]), _SEED, troubles_from=int(time.time()))
    load_city(city)
    load_accounts()
    with closing(open_store(settings.ZHIHUAN_STORE_URL)) as store:
        store.migrate()
        store.write(fresh_values(city, int(time.time())))


def fresh_values(city: City, now: int) -> Batch:
    """One hourly value of each factor of each point; troubled points exceed, or are marked."""
    batch = Batch()
    for point in city.points:
        uppers = {limit.factor: limit.upper for limit in point.limits if limit.upper}
        for factor in point.factors:
            usual = 0.6 * uppers.get(factor, 40.0)
            row = {
                "mn": point.device.mn,
                "factor": factor,
                "kind": Kind.HOUR,
                "time": now // 3600 * 3600 - 3600,
                "value": usual * 2 if point.trouble == "exceeding" else usual,
                "flag": "D" if point.trouble == "abnormal" else "N",
                "received": (now - (86_400 if point.trouble == "offline" else 5)) * 1000,
                "frame_id": 0,
            }
            for name in batch.measurements.__slots__:
                getattr(batch.measurements, name).append(row.get(name, math.nan))
    return batch


if __name__ == "__main__":
    main()
