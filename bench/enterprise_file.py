"""The file of the enterprise with the most points of a city, when ten years have passed there.

Asks the real page through Django's test client, for an officer and for the enterprise itself: a first look in a
process that knows nothing, with the past quarters reckoned ahead as the platform does, one without, and a second look.
Processor time of this process; with SQLite and the embedded store that is all of it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bench._dose import add_doses, dose_of
from bench._enterprise_years import Years
from bench._figure import tell
from bench._registry_city import FEW, FULL, QUICK, Dose, fill
from bench._registry_people import ENTERPRISE, OFFICER, busiest_enterprise, readers
from bench._tables import make_tables

TARGET_MS = 300
_TIMES = 7


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "3,000 enterprises, two years")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhihuan-file-") as home:
        os.environ |= {"ZHIHUAN_HOME": home, "ZHIHUAN_LOG_LEVEL": "warning"}
        os.environ["ZHIHUAN_DATABASE_URL"] = ""
        os.environ.pop("ZHIHUAN_STORE_URL", None)
        _run(dose_of(chosen, FULL, QUICK, FEW), dose_of(chosen, 10, 2, 1))
    return 0


def _run(dose: Dose, count: int) -> None:
    from zhihuan.web.start import set_up

    set_up()
    from django.utils import timezone

    from zhihuan.bureau.acquisition.store import close_store, the_store

    make_tables()
    fill(dose)
    try:
        people = {each.kind: each for each in readers(4)}
        address = f"/registry/enterprises/{busiest_enterprise().code}/"
        _measure("as registered", people, address)
        years = Years(busiest_enterprise(), count, timezone.localdate())
        began = time.monotonic()
        rows = years.pass_by(the_store())
        _settle()
        note = f"{len(years.points)} points, {rows:,} hours written in {time.monotonic() - began:.0f} s"
        print(note, file=sys.stderr)
        _measure(f"{len(years.years)} years later", people, address)
    finally:
        close_store()


def _settle() -> None:
    """Until the engine has taken what was written: years come in seconds here."""
    from zhihuan.bureau.acquisition.store import the_store
    from zhihuan.telemetry.store import StoreUnavailable

    while True:
        try:
            the_store().events_within([("nobody", 0, 1)], limit=1)
        except StoreUnavailable:
            continue
        return


def _measure(when: str, people: dict[str, Any], address: str) -> None:
    from zhihuan.bureau.compliance.models import KeptQuarter

    for kind in (OFFICER, ENTERPRISE):
        look = _looker(people[kind], address)
        look()
        name = f"enterprise file {when}, {kind}"
        tell(f"{name}: queries", _queries(look), "queries", None, "second look")
        _tell(f"{name}: second look", [_cost(look) for _often in range(_TIMES)])
        _tell(f"{name}: first look of a process", [_first(look) for _often in range(_TIMES)])
        KeptQuarter.objects.all().delete()
        _tell(f"{name}: nothing reckoned before", [_first(look)], None)


def _tell(name: str, costs: list[tuple[float, float]], target: float | None = TARGET_MS) -> None:
    spent, clock = (statistics.median(each) for each in zip(*costs, strict=True))
    tell(
        name, spent, "ms", target, f"median of {len(costs)}, processor; {clock:.0f} ms by the clock"
    )


def _looker(reader: Any, address: str) -> Callable[[], None]:
    from django.test import Client

    browser = Client(SERVER_NAME="127.0.0.1")
    browser.cookies.load(reader.cookie)

    def look() -> None:
        response = browser.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{response.status_code} {address}")

    return look


def _queries(look: Callable[[], None]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        look()
    return len(asked)


def _first(look: Callable[[], None]) -> tuple[float, float]:
    from zhihuan.bureau.compliance.of_points import forget

    forget()
    return _cost(look)


def _cost(look: Callable[[], None]) -> tuple[float, float]:
    """Processor time and time by the clock [ms]."""
    began, clock = time.process_time(), time.perf_counter()
    look()
    return (time.process_time() - began) * 1000, (time.perf_counter() - clock) * 1000


if __name__ == "__main__":
    sys.exit(main())
