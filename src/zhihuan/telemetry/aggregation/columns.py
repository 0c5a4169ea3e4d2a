"""Measurement rows of many devices as arrays, names told apart by small integers.

What the store hands over and what the arithmetic wants to see differ in one thing: text. Here text
columns become ``Coded``: each distinct text once, and an integer a row. It refuses unequal columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

__all__ = ["Coded", "CodedMeasurements"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column: row i holds ``names[codes[i]]``."""

    names: tuple[str, ...]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Sequence[str] | NDArray[np.object_]) -> Coded:
        """Encode a plain text column."""
        encoded = pa.array(texts, type=pa.string()).dictionary_encode()
        names = tuple(encoded.dictionary.to_pylist())
        return cls(names=names, codes=encoded.indices.to_numpy(zero_copy_only=False))

    def __len__(self) -> int:
        return len(self.codes)

    def texts(self) -> NDArray[np.object_]:
        """The plain text column."""
        return np.array(self.names, dtype=np.object_)[self.codes]

    def where(self, rows: NDArray[np.bool_]) -> Coded:
        """The rows of a mask, the same names."""
        if rows.all():
            return self
        return Coded(self.names, self.codes[rows])

    def is_text(self, text: str) -> NDArray[np.bool_]:
        """Which rows hold this text."""
        return self.looked_up([name == text for name in self.names], False).astype(np.bool_)

    def looked_up(self, of_name: Sequence[Any], nothing: Any) -> NDArray[Any]:
        """A value per distinct text, given to each row. nothing: any value of that type."""
        return np.array(of_name or [nothing])[self.codes]

    def followed_by(self, other: Coded) -> Coded:
        """This column and the other's rows after it, under merged names."""
        names = tuple(dict.fromkeys(self.names + other.names))
        place = {name: number for number, name in enumerate(names)}
        moved = other.looked_up([place[name] for name in other.names], 0)
        return Coded(names, np.concatenate([self.codes, moved]).astype(np.int32))


@dataclass(frozen=True, slots=True)
class CodedMeasurements:
    """One row per (mn, factor, time) of one kind; columns as ``store.MeasurementRows``.

    time: epoch seconds UTC. Missing numbers are NaN, a mark not sent is "".
    """

    mn: Coded
    factor: Coded
    flag: Coded
    time: NDArray[np.int64]
    value: Floats
    minimum: Floats
    maximum: Floats
    total: Floats
    zs_value: Floats
    zs_minimum: Floats
    zs_maximum: Floats

    def __post_init__(self) -> None:
        lengths = {field.name: len(getattr(self, field.name)) for field in fields(self)}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"columns of unequal length: {lengths}")

    def __len__(self) -> int:
        return len(self.time)

    def where(self, rows: NDArray[np.bool_]) -> CodedMeasurements:
        """The rows of a mask."""
        texts = ("mn", "factor", "flag")
        return CodedMeasurements(
            **{name: getattr(self, name).where(rows) for name in texts},
            **{
                field.name: getattr(self, field.name)[rows]
                for field in fields(self)
                if field.name not in texts
            },
        )
