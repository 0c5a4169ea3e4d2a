"""The rules again, written one row at a time in plain Python: an oracle that shares no code.

Reads like the printed text (HJ 212-2017, annex C notes to C.16–C.18, annex D) and knows nothing of
NumPy, of grouping or of parameter files.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import Any

HOUR, DAY, OFFSET = 3600, 86400, 8 * 3600


def start_of(time: int, length: int) -> int:
    return (time + OFFSET) // length * length - OFFSET


def by_period(rows: list[dict[str, Any]], length: int) -> dict[tuple[str, str, int], list[Any]]:
    groups: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for row in rows:
        groups[row["mn"], row["factor"], start_of(row["time"], length)].append(row)
    return groups


def is_usable(row: dict[str, Any]) -> bool:
    return row.get("flag", "N") in ("N", "") and math.isfinite(row["value"])


def flue_gas_hours(rows: list[dict[str, Any]], interval_minutes: int) -> dict[Any, Any]:
    """Formula (24), k ≥ 45 min; mark N when ≥ 75 % of the minutes are normal, else D."""
    found = {}
    for key, members in by_period(rows, HOUR).items():
        good = sorted(row["value"] for row in members if is_usable(row))
        normal = sum(row.get("flag", "N") in ("N", "") for row in members)
        mark = "N" if 100 * normal >= 75 * len(members) else "D"
        found[key] = {
            "value": math.fsum(good) / len(good) if good else math.nan,
            "mark": mark,
            "valid_count": len(good),
            "valid": bool(good) and mark == "N" and len(good) * interval_minutes >= 45,
        }
    return found


def wastewater_hours(rows: list[dict[str, Any]], interval_minutes: int) -> dict[Any, Any]:
    """Formulas (1)–(13): volumes summed, masses summed, mean = 1000 · mass / volume."""
    flow = {
        (row["mn"], row["time"]): row["value"] * interval_minutes * 60 / 1000
        for row in rows
        if row["factor"] == "w00000" and is_usable(row)
    }
    found = {}
    for key, members in by_period(rows, HOUR).items():
        good = [row for row in members if is_usable(row)]
        bad = Counter(row["flag"] for row in members if row.get("flag", "N") not in ("N", ""))
        mark = min(bad, key=lambda one: (-bad[one], one)) if bad else "N"
        volumes = [flow.get((row["mn"], row["time"]), math.nan) for row in good]
        pairs = [
            (row["value"], volume)
            for row, volume in zip(good, volumes, strict=True)
            if math.isfinite(volume)
        ]
        volume = math.fsum(volume for _, volume in pairs)
        mass = math.fsum(value * one / 1000 for value, one in pairs)
        if key[1] == "w00000":
            value, total = volume * 1000 / HOUR, volume
            value = value if good else math.nan
            total = total if good else math.nan
        else:
            plain = math.fsum(row["value"] for row in good) / len(good) if good else math.nan
            value = 1000 * mass / volume if volume > 0 else plain
            total = mass if pairs else math.nan
        found[key] = {
            "value": value,
            "total": total,
            "mark": mark,
            "valid_count": len(good),
            "valid": bool(good) and mark == "N",
        }
    return found


def flue_gas_days(hours: dict[Any, Any]) -> dict[Any, Any]:
    """Formula (25): m ≥ 20 valid hours; mark by 75 % of the hours' marks."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for (mn, factor, start), hour in sorted(hours.items()):
        groups[mn, factor, start_of(start, DAY)].append(hour)
    found = {}
    for key, members in groups.items():
        good = [hour["value"] for hour in members if hour["valid"]]
        normal = sum(hour["mark"] == "N" for hour in members)
        mark = "N" if 100 * normal >= 75 * len(members) else "D"
        found[key] = {
            "value": math.fsum(good) / len(good) if good else math.nan,
            "mark": mark,
            "valid_count": len(good),
            "valid": len(good) >= 20 and mark == "N",
        }
    return found
