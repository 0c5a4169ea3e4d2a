"""Packaged tables of the standards: CSV files whose rows a dated edition names.

    for row in table_rows("gb3838_2002/basic_items"):
        print(row["item"], row["I"])

A table holds one edition's numbers and nothing else; when they hold, and where they are printed,
stands in the parameter file that names the table. Cells are text, stripped; an empty cell means
what the parameter file's description says. It refuses ragged rows.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from zhihuan.standards.errors import ParameterFileError

__all__ = ["table_rows"]


@cache
def table_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """All rows of ``tables/<name>.csv`` (UTF-8, first line the column names), read once.

    Raises ParameterFileError when there is no such table or a row has too many or too few cells.
    """
    source = files("zhihuan.standards") / "tables" / f"{name}.csv"
    if not name or not source.is_file():
        raise ParameterFileError(f"there is no packaged table {name!r} under standards/tables/")
    header, *rows = csv.reader(source.read_text(encoding="utf-8").splitlines())
    return tuple(_row(name, number, header, cells) for number, cells in enumerate(rows, start=2))


def _row(name: str, number: int, header: list[str], cells: list[str]) -> Mapping[str, str]:
    if len(cells) != len(header):
        raise ParameterFileError(
            f"tables/{name}.csv, line {number}: {len(cells)} cells under {len(header)} columns"
        )
    return MappingProxyType(dict(zip(header, map(str.strip, cells), strict=True)))
