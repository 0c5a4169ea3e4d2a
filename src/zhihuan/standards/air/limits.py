"""Concentration limits of GB 3095: by pollutant, averaging time, class of the zone, and day.

    >>> from datetime import date
    >>> days = [date(2025, 12, 31), date(2026, 3, 1), date(2031, 1, 1)]
    >>> limit("PM25", "annual", on=days)
    array([35., 30., 25.])

Three stages: GB 3095-2012 until 2026-02-28, GB 3095-2026 with transition limits until 2030-12-31 and
with its own from 2031. First-class limits hold in zone 1 (nature reserves, parks), second-class ones
in zone 2 (where people live and work). It refuses pairs the standard has no limit for, such as a
yearly CO: there is no number to compare with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.air.plausible import refuse_bad_series
from zhihuan.standards.air.reporting import (
    decimals_in,
    decimals_law,
    name_of,
    round_reported,
    unit_of,
)
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.parameters import Edition

__all__ = ["AVERAGING_NAMES", "LimitJudgement", "against_limit", "functional_zones", "limit"]

Floats = NDArray[np.float64]

_LIMITS = "air/limits"
_ZONES = "air/functional_zones"
_MULTIPLE_DECIMALS = "air/evaluation/exceedance_decimals"
AVERAGING_NAMES: Mapping[str, str] = {
    "1h": "1 小时平均",
    "24h": "日平均",
    "mda8": "日最大 8 小时平均",
    "quarter": "季平均",
    "annual": "年平均",
}
_WITHIN = {1: "达标", 0: "超标", -1: "缺数据，无法评价"}


@dataclass(frozen=True, slots=True)
class LimitJudgement:
    """Concentrations against their limits, all in one shape.

    within: 1 attains, 0 exceeds, -1 cannot be judged (missing). reported: what was compared, after
    rounding to the reporting decimals; limits: of the day; multiple: (C − S)/S of what exceeds,
    two decimals, 0 where it attains, NaN where it cannot be judged.
    """

    pollutant: str
    averaging: str
    area_class: int
    concentrations: Floats
    reported: Floats
    limits: Floats
    within: NDArray[np.int8]
    multiple: Floats
    laws: tuple[Law, Law, Law]

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the judgement at ``index``."""
        place, unit = place_of(index), unit_of(self.pollutant)
        name = f"{name_of(self.pollutant)} {AVERAGING_NAMES[self.averaging]}"
        result = _WITHIN[int(self.within[place])]
        value, shown = float(self.concentrations[place]), float(self.reported[place])
        bound, multiple = float(self.limits[place]), float(self.multiple[place])
        steps: list[Step] = []
        if not np.isnan(value):
            sign = "≤" if self.within[place] else ">"
            steps = [
                Step("修约", f"{value:.12g}", f"{shown:.12g}", rounding="GB/T 8170"),
                Step("与限值比较", f"{shown:.12g} {sign} {bound:g}", result, deciding=True),
            ]
        exceeds = int(self.within[place]) == 0
        if exceeds:
            how = f"({shown:.12g}−{bound:g})÷{bound:g}"
            steps.append(Step("超标倍数", how, f"{multiple:g}", rounding="GB/T 8170"))
        return Derivation(
            title=f"{name}浓度达标评价",
            conclusion=f"{name}：{result}",
            basis=tuple(law.basis_at(place) for law in self.laws[: 3 if exceeds else 2]),
            facts=(
                Fact(name, "缺测" if np.isnan(value) else f"{value:.12g}", unit),
                Fact(f"{'一二'[self.area_class - 1]}级浓度限值", f"{bound:g}", unit),
            ),
            steps=tuple(steps),
        )


def limit(
    pollutant: str,
    averaging: str,
    *,
    on: When | None = None,
    edition: str | None = None,
    area_class: int = 2,
) -> Floats:
    """The limit in force on each day [µg/m³; CO mg/m³], in the shape of ``on``.

    pollutant: SO2 NO2 CO O3 PM10 PM25 TSP NOX PB BAP. averaging: 1h, 24h, mda8 (O3), quarter (Pb),
    annual. area_class: 1 or 2. edition: ``GB 3095-2012``, ``GB 3095-2026 过渡期``, ``GB 3095-2026``.
    Raises KeyError naming the pairs there are, OutsideEditionsError, UnknownEditionError.
    Source: GB 3095-2012, tables 1, 2; GB 3095-2026, tables 1, 2, 4.4 (from 2026-03-01). Table 2
    (TSP, NOX, PB, BAP) is applied as the ministry or the province decides (4.5).
    """
    law = _limit_law(on, edition)
    return law.numbers(lambda found: _limit_in(found, pollutant, averaging, area_class))


def against_limit(  # noqa: PLR0913 - two of them choose the edition
    concentrations: ArrayLike,
    pollutant: str,
    averaging: str,
    *,
    on: When | None = None,
    edition: str | None = None,
    area_class: int = 2,
    checked: bool = True,
) -> LimitJudgement:
    """Whether concentrations attain the limit of their day, and by how much they exceed it.

    concentrations: [µg/m³; CO mg/m³], any shape that broadcasts with ``on``; NaN: cannot be judged.
    Else as ``limit``. A concentration equal to the limit attains it.
    Raises also InputRefusedError.
    Source: GB 3095 as ``limit``; HJ 663-2013 for rounding before the comparison and the multiple
    B = (C − S)/S (second hand). Rounding: GB/T 8170, to the reporting decimals; multiple 2.
    """
    given = decimal_floats(concentrations)
    if checked:
        refuse_bad_series({pollutant: given})
    law = _limit_law(on, edition)
    bounds = law.numbers(lambda found: _limit_in(found, pollutant, averaging, area_class))
    given, bounds = np.broadcast_arrays(given, bounds)
    digits, multiples = _rounding_laws(on, edition)
    reported = _reported(given, digits, pollutant)
    within = np.where(np.isnan(reported), -1, reported <= bounds).astype(np.int8)
    excess = np.where(within == 0, (reported - bounds) / bounds, 0.0)
    excess = np.where(within < 0, np.nan, excess)
    laws = (law, digits, multiples)
    places = int(multiples.spans[0].edition.number) if multiples.spans else 0
    rounded = round_reported(excess, places)
    return LimitJudgement(
        pollutant, averaging, area_class, given, reported, bounds, within, rounded, laws
    )


def functional_zones(*, on: When | None = None, edition: str | None = None) -> dict[int, str]:
    """Which places belong to zone 1 and to zone 2 (Chinese), on one day.

    Source: GB 3095-2012, 4.1 (second hand); GB 3095-2026, 4.1.
    """
    found = governing(_ZONES, decides="环境空气功能区", on=on, edition=edition).edition_at(())
    return {int(str(zone)): str(text) for zone, text in found.table.items()}


def _limit_law(on: When | None, edition: str | None) -> Law:
    return governing(_LIMITS, decides="浓度限值", on=on, edition=edition)


def _rounding_laws(on: When | None, edition: str | None) -> tuple[Law, Law]:
    """Rounding is HJ 663's: a forced edition of GB 3095 takes the one of its own last day."""
    when = on
    if edition is not None:
        forced = _limit_law(None, edition).edition_at(())
        when = forced.in_force_until or forced.in_force_from
    return decimals_law(when, None), governing(
        _MULTIPLE_DECIMALS, decides="超标倍数的修约位数", on=when
    )


def _reported(given: Floats, law: Law, pollutant: str) -> Floats:
    found = np.full(given.shape, np.nan)
    for span in law.spans:
        where = np.broadcast_to(span.where, given.shape)
        found[where] = round_reported(given[where], decimals_in(span.edition, pollutant))
    return found


def _limit_in(edition: Edition, pollutant: str, averaging: str, area_class: int) -> float:
    if area_class not in (1, 2):
        raise KeyError(f"area_class is {area_class!r}; zones and limits have class 1 and 2")
    for row in edition.rows:
        if (row["pollutant"], row["averaging"]) == (pollutant, averaging):
            return float(row[f"class{area_class}"])
    pairs = ", ".join(f"{row['pollutant']} {row['averaging']}" for row in edition.rows)
    raise KeyError(f"{edition.name} limits no {pollutant} {averaging}; it has: {pairs}")
