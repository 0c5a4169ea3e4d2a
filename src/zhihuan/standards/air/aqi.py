"""Air quality index: AQI, individual indices, primary and exceeding pollutants, level.

    >>> from datetime import date
    >>> judged = hourly_aqi({"PM25": [40, 80], "O3": [210, 90]}, on=date(2024, 7, 1))
    >>> judged.aqi, judged.primary_at(0), judged.level
    (array([105., 107.], dtype=float32), ('O3',), array([3, 3], dtype=int8))

The AQI is the largest individual index. HJ 633-2012 and HJ 633-2026 differ in the PM break points,
in rounding before the index, in the items of the daily report, above the last break point and in
the term of exceeding pollutants; the day chooses, and one call may span both.

It refuses to judge what is not there: an AQI is reckoned from the pollutants that are, and whether
it may be published is asked of ``publication``. NaN is missing; an AQI without any pollutant is NaN,
its level 0. Negative, absurd and unit-swapped concentrations are refused with words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.aqi_blocks import Block, Mask, fill
from zhihuan.standards.air.aqi_derivation import derived
from zhihuan.standards.air.aqi_rules import ITEMS, Rules, rule_spans, rules_of
from zhihuan.standards.air.breakpoints import Indices
from zhihuan.standards.air.law import Place, place_of
from zhihuan.standards.air.levels import Level, level_of, sensitive_groups
from zhihuan.standards.air.plausible import refuse_bad_series
from zhihuan.standards.dated import Days, When, as_days
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["AirQualityIndex", "daily_aqi", "hourly_aqi"]

Floats = NDArray[np.float64]

# Given beside the items, looked at only where the edition reports their index instead.
_INSTEAD = MappingProxyType({"hourly": ("SO2_24h",), "daily": ()})


@dataclass(frozen=True, slots=True)
class AirQualityIndex:
    """Judged records; all arrays have the shape of the records.

    report: hourly or daily. aqi: whole numbers, NaN where no pollutant had an index.
    iaqi: item to its indices, NaN where it had none. level: 1–6, 0 where there is no AQI.
    primary, exceeding: bit masks, bit k for the k-th of ``items``; 0 for none. Exceeding
    pollutants are a term of the 2012 edition alone. concentrations: as given;
    days: NaT where only an edition was forced.
    """

    report: str
    items: tuple[str, ...]
    aqi: Indices
    iaqi: Mapping[str, Indices]
    level: NDArray[np.int8]
    primary: Mask
    exceeding: Mask
    concentrations: Mapping[str, Floats]
    days: Days
    edition: str | None

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the records."""
        return self.aqi.shape

    def rules_at(self, index: int | Place = ()) -> Rules:
        """The rules that governed the record at ``index``."""
        day = self.days[place_of(index)]
        return rules_of(self.report, day.astype(object), self.edition)

    def primary_at(self, index: int | Place = ()) -> tuple[str, ...]:
        """The primary pollutants of a record; empty up to AQI 50 and without AQI."""
        return self.names_in(int(self.primary[place_of(index)]))

    def exceeding_at(self, index: int | Place = ()) -> tuple[str, ...] | None:
        """The exceeding pollutants (超标污染物) of a record; None where the edition has no such term."""
        if np.isinf(self.rules_at(index).exceeding_above):
            return None
        return self.names_in(int(self.exceeding[place_of(index)]))

    def names_in(self, mask: int) -> tuple[str, ...]:
        """The items whose bits are set.

        >>> daily_aqi({"PM10": 120, "PM25": 60}, edition="HJ 633-2026").names_in(0b110000)
        ('PM10', 'PM25')
        """
        return tuple(item for bit, item in enumerate(self.items) if mask >> bit & 1)

    def level_at(self, index: int | Place = ()) -> Level | None:
        """The level of a record with its name, colours and advice; None without AQI."""
        place = place_of(index)
        aqi = float(self.aqi[place])
        rules = self.rules_at(place)
        return None if np.isnan(aqi) else level_of(aqi, edition=rules.editions["levels"].name)

    def sensitive_at(self, index: int | Place = ()) -> dict[str, str]:
        """Which people should take care, by item with an index above 100; empty before 2026."""
        place = place_of(index)
        found = {item: float(indices[place]) for item, indices in self.iaqi.items()}
        return sensitive_groups(found, edition=self.rules_at(place).editions["levels"].name)

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the record at ``index``."""
        place = place_of(index)
        given = {name: float(values[place]) for name, values in self.concentrations.items()}
        return derived(self.rules_at(place), given, self.days[place].astype(object))


def hourly_aqi(
    concentrations: Mapping[str, ArrayLike],
    *,
    on: When | None = None,
    edition: str | None = None,
    checked: bool = True,
) -> AirQualityIndex:
    """The AQI of hourly records, as the real-time report gives it.

    concentrations: 1 h means [µg/m³; CO mg/m³] under ``SO2 NO2 CO O3 PM10 PM25``, shapes that
    broadcast; NaN or a missing key is a missing pollutant. ``SO2_24h`` may stand beside them: the
    2012 edition reports its index where SO2 is above 800. on: day or days the hours lie in (the
    hour labelled 00:00 belongs to the day before), broadcast too; edition: forces one, then ``on``
    may be left out. checked=False leaves out the search for impossible values, not the rules.
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError.
    Source: HJ 633-2012, 4, 5.1.3, 6.2 (in force 2016-01-01, in 74 cities from 2013, to
    2026-02-28); HJ 633-2026, 4.2–4.3 (from 2026-03-01). 1 h PM is put on the daily PM columns:
    2026 by 4.2.4, 2012 by practice (all of 11 462 published records come out).
    Rounding: the index up to a whole number; since 2026 the concentration first, half to even.
    """
    return _judged("hourly", concentrations, on, edition, checked=checked)


def daily_aqi(
    concentrations: Mapping[str, ArrayLike],
    *,
    on: When | None = None,
    edition: str | None = None,
    checked: bool = True,
) -> AirQualityIndex:
    """The AQI of days, as the daily report gives it.

    concentrations: daily means [µg/m³; CO mg/m³] under ``SO2 NO2 CO PM10 PM25``, the largest 8 h
    running mean under ``O3_8h``, and under ``O3_1h`` the largest 1 h mean, an item of the 2012
    edition only (later it is left aside). Else as ``hourly_aqi``.
    Source: HJ 633-2012, 4, 5.1.2, 6.2; HJ 633-2026, 4.2–4.3.
    """
    return _judged("daily", concentrations, on, edition, checked=checked)


def _judged(
    report: str,
    concentrations: Mapping[str, ArrayLike],
    on: When | None,
    edition: str | None,
    *,
    checked: bool,
) -> AirQualityIndex:
    columns = _columns(report, concentrations)
    if checked:
        _refuse_bad(columns)
    days = _days(report, on, edition)
    shape = np.broadcast_shapes(days.shape, *(values.shape for values in columns.values()))
    days = np.broadcast_to(days, shape)
    columns = {name: np.broadcast_to(values, shape) for name, values in columns.items()}
    block = Block.empty(len(ITEMS[report]), int(np.prod(shape)))
    flat = {name: values.reshape(-1) for name, values in columns.items()}
    for span in rule_spans(report, days, edition):
        fill(block, ITEMS[report], flat, span.rules, span.where.reshape(-1))
    return AirQualityIndex(
        report=report,
        items=ITEMS[report],
        aqi=block.aqi.reshape(shape),
        iaqi=MappingProxyType(
            {item: row.reshape(shape) for item, row in zip(ITEMS[report], block.iaqi, strict=True)}
        ),
        level=block.level.reshape(shape),
        primary=block.primary.reshape(shape),
        exceeding=block.exceeding.reshape(shape),
        concentrations=MappingProxyType(columns),
        days=days,
        edition=edition,
    )


def _columns(report: str, concentrations: Mapping[str, ArrayLike]) -> dict[str, Floats]:
    known = (*ITEMS[report], *_INSTEAD[report])
    unknown = [name for name in concentrations if name not in known]
    if unknown or not concentrations:
        raise InputRefusedError([_unknown(name, known) for name in unknown or ["（无）"]])
    return {name: decimal_floats(values) for name, values in concentrations.items()}


def _refuse_bad(columns: Mapping[str, Floats]) -> None:
    problems: list[InputProblem] = []
    for name, values in columns.items():  # two items may be of one pollutant
        try:
            refuse_bad_series({name.partition("_")[0]: values})
        except InputRefusedError as error:
            problems += error.problems
    if problems:
        raise InputRefusedError(problems)


def _unknown(name: str, known: Sequence[str]) -> InputProblem:
    remedy = f"请使用：{'、'.join(known)}"
    return InputProblem(-1, "污染物", name, "本报告没有这一项目", remedy)


def _days(report: str, on: When | None, edition: str | None) -> Days:
    if on is None:
        rules_of(report, None, edition)  # raises when neither is said
        return np.asarray(np.datetime64("NaT", "D"))
    return as_days(on)
