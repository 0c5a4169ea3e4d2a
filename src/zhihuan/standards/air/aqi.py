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

from zhihuan.standards.air.aqi_derivation import derived
from zhihuan.standards.air.aqi_rules import ITEMS, Rules, rule_spans, rules_of
from zhihuan.standards.air.breakpoints import Curve, Indices
from zhihuan.standards.air.decimal_floats import decimal_floats
from zhihuan.standards.air.law import Place, place_of
from zhihuan.standards.air.plausible import refuse_bad_series
from zhihuan.standards.dated import Days, When, as_days
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["AirQualityIndex", "daily_aqi", "hourly_aqi"]

Floats = NDArray[np.float64]
Mask = NDArray[np.uint8]

_CHUNK = 1 << 14  # records a time: what is made on the way stays in the processor's cache
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
    block = _Block.empty(len(ITEMS[report]), int(np.prod(shape)))
    flat = {name: values.reshape(-1) for name, values in columns.items()}
    for span in rule_spans(report, days, edition):
        _fill_span(block, ITEMS[report], flat, span.rules, span.where.reshape(-1))
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


@dataclass(frozen=True, slots=True)
class _Block:
    """Room for the results of flat records."""

    iaqi: Indices  # (items, records)
    aqi: Indices
    level: NDArray[np.int8]
    primary: Mask
    exceeding: Mask

    @classmethod
    def empty(cls, items: int, records: int) -> _Block:
        return cls(
            np.full((items, records), np.nan, dtype=np.float32),
            np.empty(records, dtype=np.float32),
            np.empty(records, dtype=np.int8),
            np.empty(records, dtype=np.uint8),
            np.empty(records, dtype=np.uint8),
        )

    def part(self, chosen: slice) -> _Block:
        """A view of some records."""
        return _Block(
            self.iaqi[:, chosen],
            self.aqi[chosen],
            self.level[chosen],
            self.primary[chosen],
            self.exceeding[chosen],
        )

    def take(self, other: _Block, where: NDArray[np.bool_]) -> None:
        """Take over the marked records of another block."""
        np.copyto(self.iaqi, other.iaqi, where=where)
        np.copyto(self.aqi, other.aqi, where=where)
        np.copyto(self.level, other.level, where=where)
        np.copyto(self.primary, other.primary, where=where)
        np.copyto(self.exceeding, other.exceeding, where=where)


def _fill_span(
    block: _Block,
    items: Sequence[str],
    columns: Mapping[str, Floats],
    rules: Rules,
    where: NDArray[np.bool_],
) -> None:
    """Judge the marked records, chunk by chunk; a chunk of two editions is judged by each."""
    for start in range(0, len(where), _CHUNK):
        chosen = slice(start, start + _CHUNK)
        marked = where[chosen]
        if not marked.any():
            continue
        part = {name: values[chosen] for name, values in columns.items()}
        if marked.all():
            _fill(block.part(chosen), items, part, rules)
            continue
        aside = _Block.empty(len(items), len(marked))
        _fill(aside, items, part, rules)
        block.part(chosen).take(aside, marked)


def _fill(block: _Block, items: Sequence[str], columns: Mapping[str, Floats], rules: Rules) -> None:
    given = [item for item in items if item in columns and rules.curve_of(item) is not None]
    rows = [block.iaqi[items.index(item)] for item in given]
    for item, row in zip(given, rows, strict=True):
        curve = rules.curves[rules.columns[item]]
        curve.fill(columns[item], row, rounded=rules.rounded_first)
        if curve.instead in columns:
            _report_instead(curve, columns[item], rules, columns[curve.instead], row)
    block.aqi[...] = np.nan
    for row in rows:
        np.fmax(block.aqi, row, out=block.aqi)
    _mark(block, [items.index(item) for item in given], rows, rules)
    ends = np.searchsorted(rules.level_ends, block.aqi, side="left") + 1
    np.copyto(block.level, np.where(np.isnan(block.aqi), 0, ends), casting="unsafe")


def _report_instead(
    curve: Curve, values: Floats, rules: Rules, others: Floats, row: Indices
) -> None:
    """Above the last break point the index of another averaging time is reported."""
    above = np.isnan(row) & (values > curve.last)
    if above.any():
        found = np.empty(int(above.sum()), dtype=np.float32)
        rules.curves[curve.instead].fill(others[above], found, rounded=rules.rounded_first)
        row[above] = found


def _mark(block: _Block, bits: Sequence[int], rows: Sequence[Indices], rules: Rules) -> None:
    """Set the bits of the items that are largest above 50, and of those above 100."""
    block.primary[...] = 0
    block.exceeding[...] = 0
    threshold = np.where(block.aqi > rules.primary_above, block.aqi, np.float32(np.inf))
    for bit, row in zip(bits, rows, strict=True):
        block.primary[...] |= np.left_shift(row == threshold, bit, dtype=np.uint8, casting="unsafe")
        if np.isfinite(rules.exceeding_above):
            above = row > rules.exceeding_above
            block.exceeding[...] |= np.left_shift(above, bit, dtype=np.uint8, casting="unsafe")
