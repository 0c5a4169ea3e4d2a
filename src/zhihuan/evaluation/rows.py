"""Rows of measurements as arrays: what adapters judge.

rows["PM25"]        # float64 (n,), NaN is missing
rows.days           # datetime64[D] (n,), the day of Beijing of each row
rows.take(mask)     # some of them
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS

__all__ = ["Rows", "gathered"]


@dataclass(frozen=True, slots=True)
class Rows:
    """A piece of a file, or all of it. numbers: the row of the file (header = 1) of each element.

    columns by key: numbers float64, moments int64 epoch seconds, days datetime64[D], text object.
    below: for columns with a detection limit, which elements lie below it (their value is the
    limit).
    """

    numbers: NDArray[np.int64]
    columns: Mapping[str, NDArray[Any]]
    below: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    def __contains__(self, key: str) -> bool:
        return key in self.columns

    def __getitem__(self, key: str) -> NDArray[Any]:
        return self.columns[key]

    def number(self, key: str) -> NDArray[np.float64]:
        """A column of numbers; all NaN when the file has none."""
        found = self.columns.get(key)
        return np.full(len(self), np.nan) if found is None else found

    def text(self, key: str, default: str = "") -> NDArray[np.object_]:
        """A column of text; ``default`` everywhere when the file has none."""
        found = self.columns.get(key)
        return np.full(len(self), default, dtype=object) if found is None else found

    @property
    def days(self) -> NDArray[np.datetime64]:
        """The Beijing day of each row, from its day or its moment."""
        if "day" in self.columns:
            return self.columns["day"]
        return ((self.columns["time"] + BEIJING_OFFSET_SECONDS) // 86_400).astype("datetime64[D]")

    def take(self, which: NDArray[Any]) -> Rows:
        """The rows of a mask or of places."""
        return Rows(
            self.numbers[which],
            {key: column[which] for key, column in self.columns.items()},
            {key: mask[which] for key, mask in self.below.items()},
        )


def gathered(pieces: Iterable[Rows]) -> Rows:
    """All pieces as one. A file without a single good row gives empty columns."""
    found: Sequence[Rows] = list(pieces)
    if len(found) == 1:
        return found[0]
    if not found:
        return Rows(np.empty(0, dtype=np.int64), {})
    first = found[0]
    return Rows(
        np.concatenate([piece.numbers for piece in found]),
        {key: np.concatenate([piece[key] for piece in found]) for key in first.columns},
        {key: np.concatenate([piece.below[key] for piece in found]) for key in first.below},
    )
