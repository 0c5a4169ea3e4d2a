"""Break points of HJ 633: from a concentration to its individual index (IAQI).

    >>> from datetime import date
    >>> curve("PM25_24h", on=date(2026, 3, 1)).exact([60.0, 61.0])
    array([100., 101.], dtype=float32)

The index lies on straight lines between the break points and is rounded up to the next whole
number; an exact whole number stays. "Exact" is a statement about decimal concentrations, so the
reckoning is done on whole multiples of 10⁻⁹ of the unit: what is exact there divides exactly in
binary too, and the noise of a computed mean (35.00000000000001) does not lift the index by one.

It refuses to extrapolate: above the last break point stands what the edition says, NaN where it
has no index. NaN and negative concentrations have no index either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.reporting import round_reported
from zhihuan.standards.errors import OutsideEditionsError, ParameterFileError
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["Curve", "EditionOf", "Indices", "curve", "curves_of", "edition_for"]

Floats = NDArray[np.float64]
Indices = NDArray[np.float32]
EditionOf = Callable[[str], Edition]

_PARTS = 1e9  # of the unit; times the steepest rise and 10^4 µg/m³ still a whole number below 2^53
_NEAR_TIE = 0.4999
_BELOW, _ABOVE_AND_MISSING = 1, 2  # places of the table beside 0 … last


@dataclass(frozen=True, eq=False)
class Curve:
    """One column of the break-point table, ready to be used on arrays.

    column: pollutant and averaging time, ``PM25_24h``. nodes: concentrations [µg/m³; CO mg/m³],
    whole numbers from 0; indices: the IAQI at each. beyond: the IAQI above the last node, NaN
    when there is none; instead: the column whose index is reported then, "" when none.
    ends_early: the table has no break points up to the scale's top for it.
    decimals: of a reported concentration.
    """

    column: str
    nodes: Floats
    indices: Floats
    beyond: float
    instead: str
    ends_early: bool
    decimals: int

    @property
    def last(self) -> float:
        """The concentration at which the table ends [µg/m³; CO mg/m³]."""
        return float(self.nodes[-1])

    def piece_of(self, concentration: float) -> int:
        """Between which nodes a concentration in the table lies: the n-th and the next."""
        return int(self._pieces[int(np.ceil(concentration))])

    def exact(self, concentrations: ArrayLike) -> Indices:
        """The IAQI of each concentration, taken as it is (to nine decimals)."""
        values = np.asarray(concentrations, dtype=np.float64)
        with np.errstate(invalid="ignore"):
            parts = np.rint(values * _PARTS)
            valid = np.asarray((parts >= 0) & (parts <= self.last * _PARTS))
            found = self._rounded_up(np.where(valid, parts, 0.0)).astype(np.float32)
            outside = np.where(parts > 0, np.float32(self.beyond), np.float32(np.nan))
        return np.asarray(np.where(valid, found, outside), dtype=np.float32)

    def fill(self, concentrations: Floats, found: Indices, *, rounded: bool) -> None:
        """Write the IAQI of a flat array into ``found``; ``rounded``: to the decimals first.

        Reported concentrations are looked up in a table of all of them; what lies between two
        reported figures, and is not to be rounded, is reckoned.
        """
        scaled = concentrations * self._scale if self.decimals else concentrations
        whole = np.rint(scaled)
        if rounded:
            self._decide_ties(concentrations, scaled, whole)
        np.take(self._table, self._places(whole), out=found)
        if rounded:
            return
        between = np.not_equal(whole / self._scale if self.decimals else whole, concentrations)
        between &= ~np.isnan(concentrations)
        if between.any():
            found[between] = self.exact(concentrations[between])

    def _rounded_up(self, parts: Floats) -> Floats:
        piece = self._pieces[np.ceil(parts / _PARTS).astype(np.intp)]
        steps, start, width = (line[piece] for line in self._lines)
        climbed = (parts - start * _PARTS) * steps
        return np.asarray(self.indices[piece] + np.ceil(climbed / (width * _PARTS)))

    def _decide_ties(self, values: Floats, scaled: Floats, whole: Floats) -> None:
        """Decide on decimal digits what binary rounding may have decided on noise."""
        with np.errstate(invalid="ignore"):  # of infinities, when nobody checked
            near = np.abs(scaled - whole) > _NEAR_TIE
        if near.any():
            whole[near] = np.rint(round_reported(values[near], self.decimals) * self._scale)

    def _places(self, whole: Floats) -> NDArray[np.intp]:
        """Places in the table: one below zero, one above the last, one for NaN."""
        last = np.rint(self.last * self._scale)
        kept = np.minimum(whole, last + 1)
        np.maximum(kept, -_BELOW, out=kept)
        np.fmin(kept, last + _ABOVE_AND_MISSING, out=kept)  # fmin prefers a number to NaN
        kept += _BELOW
        return np.asarray(kept, dtype=np.intp)

    @cached_property
    def _scale(self) -> float:
        return float(10.0**self.decimals)

    @cached_property
    def _pieces(self) -> NDArray[np.intp]:
        """The piece in which the concentrations just below each whole number lie."""
        whole = np.arange(self.last + 1)
        return np.asarray(np.maximum(np.searchsorted(self.nodes, whole, side="left") - 1, 0))

    @cached_property
    def _lines(self) -> tuple[Floats, Floats, Floats]:
        return np.diff(self.indices), self.nodes[:-1], np.diff(self.nodes)

    @cached_property
    def _table(self) -> Indices:
        """The IAQI of every reported concentration, below zero first, NaN last."""
        reported = np.arange(np.rint(self.last * self._scale) + 1) / self._scale
        ends = [np.float32(np.nan)], [np.float32(self.beyond), np.float32(np.nan)]
        return np.concatenate([ends[0], self.exact(reported), ends[1]]).astype(np.float32)


def curve(column: str, *, on: date | None = None, edition: str | None = None) -> Curve:
    """The curve of one column on one day, or of a forced edition.

    column: ``SO2_24h SO2_1h NO2_24h NO2_1h CO_24h CO_1h O3_1h O3_8h PM10_24h PM25_24h``.
    Raises KeyError naming the columns, OutsideEditionsError, UnknownEditionError.
    Source: HJ 633-2012, table 1; HJ 633-2026, table 3.
    """
    found = curves_of(lambda name: edition_for(name, on, edition))
    if column not in found:
        raise KeyError(f"no column {column!r}; the table has: {', '.join(found)}")
    return found[column]


def edition_for(name: str, on: date | None, edition: str | None) -> Edition:
    """The edition of a quantity that a caller forced, else the one of the day.

    Raises OutsideEditionsError (also when the call names neither), UnknownEditionError.
    """
    if edition is not None:
        return parameter(name).named(edition)
    if on is None:
        raise OutsideEditionsError(
            f"{name} changed with the law; say on which day: on=date(2026, 3, 1), "
            "or force an edition: edition='HJ 633-2012'"
        )
    return parameter(name).on(on)


def curves_of(edition_of: EditionOf) -> Mapping[str, Curve]:
    """All curves of the editions that ``edition_of(parameter name)`` gives."""
    rows = edition_of("air/aqi/breakpoints").rows
    decimals = edition_of("air/aqi/decimals").table
    top = edition_of("air/aqi/scale_top").number
    ends = {row["column"]: row for row in edition_of("air/aqi/above_last_breakpoint").rows}
    columns = [column for column in rows[0] if column != "iaqi"]
    return {column: _curve(column, rows, ends.get(column), top, decimals) for column in columns}


def _curve(
    column: str,
    rows: tuple[Mapping[str, str], ...],
    end: Mapping[str, str] | None,
    top: float,
    decimals: Mapping[str, object],
) -> Curve:
    cells = [(float(row[column]), float(row["iaqi"])) for row in rows if row[column]]
    nodes, indices = np.array(cells).T
    if nodes[0] != 0 or (np.diff(nodes) <= 0).any() or (nodes != np.rint(nodes)).any():
        raise ParameterFileError(f"break points of {column} must be whole and grow from 0: {nodes}")
    beyond = top if end is None else float(end["iaqi"] or "nan")
    return Curve(
        column=column,
        nodes=np.ascontiguousarray(nodes),
        indices=np.ascontiguousarray(indices),
        beyond=beyond,
        instead=end["instead"] if end else "",
        ends_early=end is not None,
        decimals=int(str(decimals[column.partition("_")[0]])),
    )
