"""Prepares a home for the demo: databases, the city, its accounts, its past; once.

What was done is written to ``demo.json`` in the home, so a second start does nothing but read it.
Refuses a home that holds other points or accounts of real people, before it changes a table.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from zhihuan.demo.city import City, build_city
from zhihuan.demo.history import write_history
from zhihuan.telemetry.simulator.fleet_file import write_fleet

__all__ = ["Furnishing", "Progress", "furnish"]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Furnishing:
    """What the demo's home holds. born: epoch seconds at which the city was built."""

    points: int
    days: float
    seed: int
    born: int


def furnish(home: Path, wanted: Furnishing, progress: Progress) -> tuple[City, bool]:
    """Make the home ready; the city, and whether anything had to be done.

    progress: called with (what is being done, done, in all).
    """
    known = _read(home)
    born = known.born if known else wanted.born
    city = build_city(wanted.points, wanted.seed, troubles_from=born)
    if known is None:
        _refuse_real_accounts()
    _migrate(progress)
    if known is not None and asdict(known) == asdict(wanted) | {"born": born} and _loaded(city):
        return city, False
    born = wanted.born
    city = build_city(wanted.points, wanted.seed, troubles_from=born)
    _load(city, progress)
    _fill(city, wanted, progress)
    _judge(wanted, progress)
    write_fleet(fleet_path(home), [*city.devices, *city.strangers])
    _marker(home).write_text(json.dumps(asdict(wanted)), "utf-8")
    return city, True


def fleet_path(home: Path) -> Path:
    """The fleet file of the demo's devices."""
    return home / "demo-fleet.yaml"


def _marker(home: Path) -> Path:
    return home / "demo.json"


def _read(home: Path) -> Furnishing | None:
    try:
        return Furnishing(**json.loads(_marker(home).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _refuse_real_accounts() -> None:
    from zhihuan.demo.load import refuse_real_accounts

    refuse_real_accounts()


def _migrate(progress: Progress) -> None:
    from django.core.management import call_command

    progress("准备数据库", 0, 1)
    call_command("migrate", verbosity=0, interactive=False)
    progress("准备数据库", 1, 1)


def _loaded(city: City) -> bool:
    from zhihuan.demo.load import is_loaded

    return is_loaded(city)


def _load(city: City, progress: Progress) -> None:
    from django.utils import timezone

    from zhihuan.demo.business import load_lines
    from zhihuan.demo.load import load_accounts, load_city
    from zhihuan.demo.past_cases import load_past_cases
    from zhihuan.demo.records import load_records
    from zhihuan.demo.staffing import load_staff

    progress("登记点位、设备与限值", 0, 1)
    load_city(city)
    load_accounts()
    load_staff(timezone.localdate())
    load_records(timezone.localdate())
    load_lines(timezone.localdate())
    load_past_cases(timezone.localdate())
    progress("登记点位、设备与限值", 1, 1)


def _fill(city: City, wanted: Furnishing, progress: Progress) -> None:
    from django.conf import settings

    from zhihuan.telemetry.store import open_store

    with closing(open_store(settings.ZHIHUAN_STORE_URL)) as store:
        store.migrate()
        write_history(
            store,
            city,
            wanted.days,
            int(time.time()),
            progress=lambda done, total: progress("补写历史数据", done, total),
        )


def _judge(wanted: Furnishing, progress: Progress) -> None:
    """Episodes of exceedance out of that past."""
    from datetime import timedelta

    from django.utils import timezone

    from zhihuan.bureau.acquisition.store import close_store
    from zhihuan.demo.exceedance import load_episodes, place_devices
    from zhihuan.demo.marks import load_marks

    progress("判定超标", 0, 1)
    place_devices(timezone.localdate() - timedelta(days=max(int(wanted.days) - 1, 0)))
    load_episodes()
    load_marks()
    close_store()
    progress("判定超标", 1, 1)
