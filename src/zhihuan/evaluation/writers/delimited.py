"""All results as CSV (UTF-8 with a byte order mark, so that Excel reads it)."""

from __future__ import annotations

from typing import Any, TextIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from zhihuan.evaluation.evaluating import Evaluation
from zhihuan.evaluation.subject import Judged
from zhihuan.evaluation.writers.values import ROW

__all__ = ["write_csv"]

REASONS = "评价依据与过程"


def write_csv(evaluation: Evaluation, file: TextIO, *, reasons: bool = False) -> None:
    """One line a result, as it is judged; with ``reasons`` the derivation's text last."""
    headed = False
    for judged in evaluation.pieces():
        table = _table(judged, reasons=reasons)
        text = pa.BufferOutputStream()
        pa_csv.write_csv(table, text, pa_csv.WriteOptions(include_header=not headed))
        file.write(("" if headed else "\ufeff") + text.getvalue().to_pybytes().decode())
        headed = True


def _table(judged: Judged, *, reasons: bool) -> pa.Table:
    columns = {ROW: pa.array(judged.numbers)}
    columns |= {name: _cells(values) for name, values in judged.columns.items()}
    if reasons:
        columns[REASONS] = pa.array([judged.derivation(n).text() for n in range(len(judged))])
    return pa.table(columns)


def _cells(values: NDArray[Any]) -> pa.Array:
    """NaN becomes an empty cell, whole numbers lose their point, yes and no are words."""
    if values.dtype == bool:
        values = np.where(values, "是", "否")
    return pa.array(values.tolist() if values.dtype.kind == "U" else values, from_pandas=True)
