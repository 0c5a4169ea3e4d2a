"""All results as CSV (UTF-8 with a byte order mark, so that Excel reads it)."""

from __future__ import annotations

import csv
from typing import TextIO

from zhihuan.evaluation.evaluating import Evaluation
from zhihuan.evaluation.writers.values import ROW, texts

__all__ = ["write_csv"]


def write_csv(evaluation: Evaluation, file: TextIO, *, reasons: bool = False) -> None:
    """One line a result, as it is judged; with ``reasons`` the derivation's text last."""
    writer = csv.writer(file)
    headed = False
    for judged in evaluation.pieces():
        if not headed:
            file.write("\ufeff")
            writer.writerow([ROW, *judged.columns, *(["评价依据与过程"] if reasons else [])])
            headed = True
        columns = [texts(values) for values in judged.columns.values()]
        if reasons:
            columns.append([judged.derivation(place).text() for place in range(len(judged))])
        writer.writerows(zip(judged.numbers.tolist(), *columns, strict=True))
