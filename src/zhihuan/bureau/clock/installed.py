"""What due dates rest on in this installation: a digest that changes whenever one of them might."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

import zhihuan
from zhihuan.bureau.clock.work_calendar import WorkCalendar, published_calendar

__all__ = ["digest_of_installed"]

_FILES = ("laws.yaml", "time_limits.yaml", "own_limits.yaml")


@cache
def digest_of_installed() -> str:
    """SHA-256 (hex) of the published calendar, the time limits with their laws, and the version of the software, whose
    way to reckon may have been mended."""
    parts = [zhihuan.__version__, _days_of(published_calendar())]
    parts += [files(__package__).joinpath(name).read_text(encoding="utf-8") for name in _FILES]
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()


def _days_of(calendar: WorkCalendar) -> str:
    """Every year with the days on which it differs from the week."""
    return "\n".join(
        f"{year} {sorted(map(str, notice.off))} {sorted(map(str, notice.worked))}"
        for year, notice in sorted(calendar.notices.items())
    )
