"""What HJ 633 rules in one edition, gathered from its dated quantities and ready for arrays.

    for span in rule_spans("hourly", days):
        judge(span.rules, span.where)

Which concentration goes on which curve, whether it is rounded first, above which index a pollutant
is primary or exceeding, and where the levels end. It refuses to mix editions: on each day every
quantity is the one of that day, and a forced edition is forced for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.air.breakpoints import Curve, curves_of, edition_for
from zhihuan.standards.dated import Days
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["ITEMS", "REPORTS", "RuleSpan", "Rules", "rule_spans", "rules_of"]

_FOLDER = "air/aqi"
_QUANTITIES = (
    "breakpoints", "above_last_breakpoint", "scale_top", "rounding_before_index",
    "rounding_of_index", "decimals", "hourly_items", "daily_items", "primary_above", "exceeding_above", "levels",
    "missing_rule", "missing_publish_above",
)  # fmt: skip
_NAMES = tuple(f"{_FOLDER}/{name}" for name in _QUANTITIES)

# The items of each report over all editions; their places are the bits of the masks.
ITEMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hourly": ("SO2", "NO2", "CO", "O3", "PM10", "PM25"),
        "daily": ("SO2", "NO2", "CO", "O3_8h", "PM10", "PM25", "O3_1h"),
    }
)
REPORTS = tuple(ITEMS)


@dataclass(frozen=True, eq=False, slots=True)
class Rules:
    """One report's rules in one edition.

    columns: item to its column of the break points; curves: all columns; editions: quantity
    (``breakpoints``) to the edition it stands in; forced: the caller chose the edition.
    rounded_first: concentrations are rounded to their decimals before the index.
    exceeding_above: infinite where the edition knows no exceeding pollutants.
    level_ends: largest AQI of each level but the last.
    """

    report: str
    columns: Mapping[str, str]
    curves: Mapping[str, Curve]
    editions: Mapping[str, Edition]
    forced: bool
    rounded_first: bool
    primary_above: float
    exceeding_above: float
    level_ends: NDArray[np.float64]

    def curve_of(self, item: str) -> Curve | None:
        """The curve of a report's item; None where the edition does not use the item."""
        column = self.columns.get(item)
        return None if column is None else self.curves[column]


@dataclass(frozen=True, slots=True)
class RuleSpan:
    """Rules and the elements they govern; ``where`` has the shape of the days."""

    rules: Rules
    where: NDArray[np.bool_]


def rules_of(report: str, on: date | None, edition: str | None = None) -> Rules:
    """The rules of a report (``hourly``, ``daily``) on one day, or of a forced edition.

    Raises KeyError for another report, OutsideEditionsError, UnknownEditionError.
    """
    if edition is not None:
        return _forced(report, edition)
    return _built(report, lambda name: edition_for(name, on, None), forced=False)


def rule_spans(report: str, days: Days, edition: str | None = None) -> Iterator[RuleSpan]:
    """The rules that govern ``days``, each with its mask; nothing for no days.

    Raises OutsideEditionsError for a day without rules, UnknownEditionError.
    """
    if edition is not None:
        yield RuleSpan(_forced(report, edition), np.ones(days.shape, dtype=bool))
        return
    starts = _starts()
    places = np.searchsorted(starts, days, side="right") - 1
    if not places.size:
        return
    if places.min() < 0:
        parameter(_NAMES[0]).on(days.min().astype(object))  # raises, with the words for that day
    for place in range(int(places.min()), int(places.max()) + 1):
        where = np.asarray(places == place)
        if where.any():
            yield RuleSpan(_since(report, starts[place].astype(object)), where)


@cache
def _starts() -> Days:
    """The days on which any of the quantities changes, sorted."""
    editions = [edition for name in _NAMES for edition in parameter(name).editions]
    first = {edition.in_force_from for edition in editions}
    after = {e.in_force_until + timedelta(days=1) for e in editions if e.in_force_until}
    return np.array(sorted(first | after), dtype="datetime64[D]")


@cache
def _since(report: str, start: date) -> Rules:
    return _built(report, lambda name: parameter(name).on(start), forced=False)


@cache
def _forced(report: str, edition: str) -> Rules:
    return _built(report, lambda name: parameter(name).named(edition), forced=True)


def _built(report: str, edition_of: Callable[[str], Edition], *, forced: bool) -> Rules:
    if report not in ITEMS:
        raise KeyError(f"no report {report!r}; there are: {', '.join(REPORTS)}")
    editions = {name: edition_of(f"{_FOLDER}/{name}") for name in _QUANTITIES}
    items = [row for row in editions[f"{report}_items"].rows if row["report"] == report]
    ends = [float(row["highest"]) for row in editions["levels"].rows if row["highest"]]
    return Rules(
        report=report,
        columns=MappingProxyType({row["item"]: row["column"] for row in items}),
        curves=curves_of(edition_of),
        editions=MappingProxyType(editions),
        forced=forced,
        rounded_first=editions["rounding_before_index"].text == "half_even",
        primary_above=editions["primary_above"].number,
        exceeding_above=threshold(editions["exceeding_above"]),
        level_ends=np.array(ends),
    )


def threshold(edition: Edition) -> float:
    """The number above which something holds; infinite where the edition has no such rule."""
    return np.inf if edition.value == "none" else edition.number
