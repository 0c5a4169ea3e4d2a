"""Text that repeats, as codes into its distinct values: found once, used by sorting and by both
engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zhihuan.telemetry.store.errors import RowsRefused

__all__ = ["Coded", "coded"]


@dataclass(frozen=True, slots=True)
class Coded:
    """``names[codes[i]]`` is the text of row i. names: distinct, in the order of their bytes, so
    that codes sort as the text does."""

    names: tuple[str, ...]
    codes: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: NDArray[np.int64]) -> Coded:
        """These rows only; names not used any more stay."""
        return Coded(self.names, self.codes[rows])


def coded(where: str, values: Sequence[str] | NDArray[Any]) -> Coded:
    """The codes of ``values``; raises ``RowsRefused`` naming ``where`` when one is no text."""
    try:
        encoded = pa.array(values, pa.string()).dictionary_encode()
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError) as error:
        raise RowsRefused(f"{where}: {error}; expected text") from error
    if encoded.null_count:
        raise RowsRefused(f"{where} of row {encoded.is_null().index(True)} is None; expected text")
    names = np.array(encoded.dictionary.to_pylist(), dtype=object)
    order = _byte_order(names)
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    codes = np.asarray(encoded.indices)
    return Coded(tuple(names[order].tolist()), rank[codes])


def _byte_order(names: NDArray[np.object_]) -> NDArray[np.int64]:
    """By UTF-8 bytes, which is by code points: how the engine sorts."""
    return np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
