"""Amounts for hours that nobody validly measured, as the standards fill them: dated rules.

    filled = substitutes("flue_gas", gaps_of(kg, gap, capture_rates(gap, stopped, days)), days)

Three ways, chosen by the text of a dated parameter: the largest hour among the last valid ones
(HJ 75-2017), the mean of the neighbours (HJ/T 75-2007), the mean of the span before the gap
(HJ/T 356-2007). Which hours are gaps, and what becomes of the result, is ``amounts``' affair. It
refuses to fill where the rule gives nothing: such hours stay NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.dated import Days, spans_in_force
from zhihuan.standards.parameters import parameter

__all__ = ["Gaps", "capture_rates", "gaps_of", "substitutes"]

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Gaps:
    """One series of hours with its gaps; all arrays (hours,).

    value: NaN in gaps and stopped hours. gap: unmeasured while running. length: hours of the gap
    an hour lies in, 0 outside. first: the place of its gap's first hour. valid_before: how many
    valid hours lie before each hour. capture: rate of valid hours of each hour's quarter.
    """

    value: Floats
    gap: Booleans
    length: Places
    first: Places
    valid_before: Places
    capture: Floats


def gaps_of(value: Floats, gap: Booleans, capture: Floats) -> Gaps:
    """Number the gaps of one series; a stop ends a gap. value: (hours,), NaN where not valid."""
    places = np.arange(len(value))
    begins = gap & ~np.concatenate(([False], gap[:-1]))
    number = np.cumsum(begins) - 1
    lengths = np.bincount(number[gap], minlength=1)
    firsts = places[begins] if begins.any() else np.zeros(1, dtype=np.intp)
    inside = np.maximum(number, 0)
    valid = ~np.isnan(value)
    return Gaps(
        value=value, gap=gap,
        length=np.where(gap, lengths[inside], 0),
        first=np.where(gap, firsts[inside], 0),
        valid_before=np.cumsum(valid) - valid,
        capture=capture,
    )  # fmt: skip


def capture_rates(invalid: Booleans, stopped: Booleans, days: Days) -> Floats:
    """The share of valid hours among the running hours of each hour's quarter, (hours,).

    Counted over the hours given: give whole quarters. NaN where a quarter has no running hour.
    Source: HJ 75-2017, 12 (from memory): (hours − invalid − stopped) ÷ (hours − stopped).
    """
    months = days.astype("datetime64[M]").astype(np.int64)
    quarter, which = np.unique(months // 3, return_inverse=True)
    running = np.bincount(which, weights=~stopped, minlength=len(quarter))
    lost = np.bincount(which, weights=invalid & ~stopped, minlength=len(quarter))
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = np.where(running > 0, (running - lost) / running, np.nan)
    return np.asarray(rates[which])


def substitutes(name: str, gaps: Gaps, days: Days, *, edition: str | None = None) -> Floats:
    """What the rule ``emission/substitution/<name>`` puts into each gap hour; NaN elsewhere, and
    where it offers nothing. Each hour follows the edition of its own day."""
    found = np.full(gaps.value.shape, np.nan)
    for span in spans_in_force(parameter(f"emission/substitution/{name}"), days, edition=edition):
        table = span.edition.table
        offered = _RULES[str(table["rule"])](gaps, table)
        found = np.where(span.where & gaps.gap, offered, found)
    return found


def _largest_of_valid_hours(gaps: Gaps, table: Mapping[str, object]) -> Floats:
    valid = gaps.value[~np.isnan(gaps.value)]
    found = np.full(gaps.value.shape, np.nan)
    bands = table["bands"]
    assert isinstance(bands, list)  # noqa: S101 - a packaged file, tested
    for band in bands:
        longest = band["longest_gap_hours"]
        here = (
            gaps.gap & np.isnan(found) & (gaps.valid_before > 0)
            & (gaps.capture >= band["capture_from"]) & (gaps.capture < band["capture_below"])
            & (gaps.length <= (np.inf if longest is None else longest))
        )  # fmt: skip
        if here.any():
            found[here] = _rolling_largest(valid, band["valid_hours"])[gaps.valid_before[here] - 1]
    return found


def _neighbour_mean(gaps: Gaps, table: Mapping[str, object]) -> Floats:
    longest = table["longest_gap_hours"]
    assert isinstance(longest, int)  # noqa: S101 - a packaged file, tested
    valid = gaps.value[~np.isnan(gaps.value)]
    both = gaps.gap & (gaps.valid_before > 0) & (gaps.valid_before < len(valid))
    here = both & (gaps.length <= longest)
    found = np.full(gaps.value.shape, np.nan)
    before = gaps.valid_before[here]
    found[here] = (valid[before - 1] + valid[before]) / 2.0
    return found


def _mean_of_preceding_span(gaps: Gaps, _: Mapping[str, object]) -> Floats:
    valid = ~np.isnan(gaps.value)
    sums = np.concatenate(([0.0], np.cumsum(np.where(valid, gaps.value, 0.0))))
    counts = np.concatenate(([0], np.cumsum(valid)))
    begin = np.maximum(gaps.first - gaps.length, 0)
    total, count = sums[gaps.first] - sums[begin], counts[gaps.first] - counts[begin]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(gaps.gap & (count > 0), total / count, np.nan)


def _rolling_largest(values: Floats, window: int) -> Floats:
    """The largest of the last ``window`` values at each place (fewer at the start), in one pass.

    Running maxima forward and backward inside blocks of ``window``: any window is the tail of one
    block and the head of the next.
    """
    padded = np.full(-(-len(values) // window) * window, -np.inf)
    padded[: len(values)] = values
    blocks = padded.reshape(-1, window)
    head = np.maximum.accumulate(blocks, axis=1).reshape(-1)
    tail = np.maximum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].reshape(-1)
    found = head[: len(values)]
    found[window - 1 :] = np.maximum(found[window - 1 :], tail[: max(len(values) - window + 1, 0)])
    return found


_RULES: Mapping[str, Callable[[Gaps, Mapping[str, object]], Floats]] = {
    "largest_of_valid_hours": _largest_of_valid_hours,
    "neighbour_mean": _neighbour_mean,
    "mean_of_preceding_span": _mean_of_preceding_span,
}
