"""The packaged tables of the annex to 粤环发〔2021〕7号, by number.

Three CSV files as they were parsed from the printed annex (cases, factors, bands), and ``readings.yaml``
for what the parse lost. The words govern: sums are read from a band's text, not from columns derived
from it. A table that cannot be read is a defect of ours and an error, never skipped.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from zhihuan.bureau.discretion.errors import TableFileError, TableRefusedError
from zhihuan.bureau.discretion.reading_bands import band_table
from zhihuan.bureau.discretion.reading_weights import weight_table
from zhihuan.bureau.discretion.table import BandTable, WeightTable

__all__ = ["packaged_rows", "readings", "table", "tables"]

_WEIGHTS = "权重累加"


def table(number: str) -> WeightTable | BandTable:
    """The table of that number (2.7). Raises TableRefusedError when there is none."""
    found = tables().get(number)
    if found is None:
        raise TableRefusedError(f"没有编号为“{number}”的裁量表；编号形如 2.7，请从列表中选择")
    return found


@cache
def tables() -> Mapping[str, WeightTable | BandTable]:
    """All of them, in the order of the annex."""
    factors, bands = _by_case("gd2022_factors"), _by_case("gd2022_bands")
    found: dict[str, WeightTable | BandTable] = {}
    for case in packaged_rows("gd2022_cases"):
        number = case["case_id"]
        try:
            if case["mode"] == _WEIGHTS and number not in readings()["bands_among_weights"]:
                found[number] = weight_table(case, factors[number], readings())
            else:
                rows = bands.get(number) or _as_bands(factors[number])
                found[number] = band_table(case, rows, readings())
        except (KeyError, ValueError) as error:
            raise TableFileError(f"表 {number}: {error!r}") from error
    return found


@cache
def readings() -> Mapping[str, Any]:
    """What ``readings.yaml`` mends."""
    loaded: dict[str, Any] = yaml.safe_load(_text("readings.yaml"))
    return loaded


def packaged_rows(name: str) -> list[dict[str, str]]:
    """The rows of a packaged CSV file, as text."""
    return list(csv.DictReader(_text(f"annex/{name}.csv").splitlines()))


def _by_case(name: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in packaged_rows(name):
        found.setdefault(row["case_id"], []).append(row)
    return found


def _as_bands(factors: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of factors that are bands: the level runs into the band's base (…直接经济损失的1倍…)."""
    found = []
    for row in factors:
        level, base, fine = row["level"].partition("直接经济损失")
        conditions = {"cond1": row["factor"], "cond2": level, "cond3": "", "cond4": ""}
        fines = {"fine_band_unit": base + fine, "fine_band_person": row["weight_pct"]}
        found.append(conditions | fines)
    return found


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8-sig")
