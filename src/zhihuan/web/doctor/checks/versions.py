"""Versions of what the platform stands on."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import version

from zhihuan import __version__
from zhihuan.web.doctor.diagnosis import Diagnosis, fine, warning
from zhihuan.web.doctor.patient import Patient

_OLDEST_SQLITE = (3, 37)
#: Until when python.org mends defects of a version (PEP 664, 693, 719, 745): year and month.
_PYTHON_ENDS = {(3, 11): (2027, 10), (3, 12): (2028, 10), (3, 13): (2029, 10), (3, 14): (2030, 10)}


def look(patient: Patient) -> Iterator[Diagnosis]:
    yield judge_sqlite(sqlite3.sqlite_version_info)
    yield judge_python(sys.version_info[:2], (patient.now.year, patient.now.month))
    named = ", ".join(f"{name} {version(name)}" for name in ("django", "chdb", "uvicorn"))
    yield fine(f"zhihuan {__version__}, {named}")


def judge_sqlite(found: tuple[int, ...]) -> Diagnosis:
    told = f"SQLite {'.'.join(map(str, found))}"
    if found < _OLDEST_SQLITE:
        return warning(told, "Versions before 3.37 are not tried.", "Use a newer Python or system.")
    return fine(told)


def judge_python(found: tuple[int, ...], month: tuple[int, int]) -> Diagnosis:
    """month: (year, month) now."""
    told = f"Python {'.'.join(map(str, found))}"
    ends = _PYTHON_ENDS.get((found[0], found[1]))
    if ends is not None and month > ends:
        return warning(
            f"{told} gets no more mending since {ends[0]}-{ends[1]:02}",
            "Holes found in it stay open.",
            "Set the platform up anew on a newer one (docs/upgrade.md).",
        )
    return fine(told)
