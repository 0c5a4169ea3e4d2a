"""Flat records judged chunk by chunk, into arrays that are there already.

    block = Block.empty(items=6, records=len(pm25))
    fill(block, ITEMS["hourly"], {"PM25": pm25}, rules, everywhere)

The arithmetic of ``aqi``, apart from its shapes and words. What is made on the way is one chunk
long and stays in the processor's cache, so memory is the input, the results and a little. It
refuses nothing: its callers have checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.air.aqi_rules import Rules
from zhihuan.standards.air.breakpoints import Curve, Indices

__all__ = ["Block", "Mask", "fill"]

Floats = NDArray[np.float64]
Mask = NDArray[np.uint8]

_CHUNK = 1 << 14  # records


@dataclass(frozen=True, slots=True)
class Block:
    """Room for the results of flat records."""

    iaqi: Indices  # (items, records)
    aqi: Indices
    level: NDArray[np.int8]
    primary: Mask
    exceeding: Mask

    @classmethod
    def empty(cls, items: int, records: int) -> Block:
        return cls(
            np.full((items, records), np.nan, dtype=np.float32),
            np.empty(records, dtype=np.float32),
            np.empty(records, dtype=np.int8),
            np.empty(records, dtype=np.uint8),
            np.empty(records, dtype=np.uint8),
        )

    def part(self, chosen: slice) -> Block:
        """A view of some records."""
        return Block(
            self.iaqi[:, chosen],
            self.aqi[chosen],
            self.level[chosen],
            self.primary[chosen],
            self.exceeding[chosen],
        )

    def take(self, other: Block, where: NDArray[np.bool_]) -> None:
        """Take over the marked records of another block."""
        np.copyto(self.iaqi, other.iaqi, where=where)
        np.copyto(self.aqi, other.aqi, where=where)
        np.copyto(self.level, other.level, where=where)
        np.copyto(self.primary, other.primary, where=where)
        np.copyto(self.exceeding, other.exceeding, where=where)


def fill(
    block: Block,
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
            _judge(block.part(chosen), items, part, rules)
            continue
        aside = Block.empty(len(items), len(marked))
        _judge(aside, items, part, rules)
        block.part(chosen).take(aside, marked)


def _judge(block: Block, items: Sequence[str], columns: Mapping[str, Floats], rules: Rules) -> None:
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


def _mark(block: Block, bits: Sequence[int], rows: Sequence[Indices], rules: Rules) -> None:
    """Set the bits of the items that are largest above 50, and of those above 100."""
    block.primary[...] = 0
    block.exceeding[...] = 0
    threshold = np.where(block.aqi > rules.primary_above, block.aqi, np.float32(np.inf))
    for bit, row in zip(bits, rows, strict=True):
        block.primary[...] |= np.left_shift(row == threshold, bit, dtype=np.uint8, casting="unsafe")
        if np.isfinite(rules.exceeding_above):
            above = row > rules.exceeding_above
            block.exceeding[...] |= np.left_shift(above, bit, dtype=np.uint8, casting="unsafe")
