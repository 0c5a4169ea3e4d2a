"""A band table from its packaged rows: a tree of conditions, each row a path.

The parse filled cells down that were merged in print. So a level that has a single row of its own
asks nothing more, whatever stands behind it (造成重大生态环境影响 … 100万元), and a dash asks nothing
either. The fine of persons, merged over several rows, holds for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zhihuan.bureau.discretion.bound import Bound, bound_of
from zhihuan.bureau.discretion.errors import TableFileError
from zhihuan.bureau.discretion.statute import tiers_of
from zhihuan.bureau.discretion.table import BandRow, BandTable, Factor, Level

__all__ = ["band_table"]

ACT = "违法行为"
_COLUMNS = ("cond1", "cond2", "cond3", "cond4")
_NOTHING = {"", "/", "—", "——"}
Path = tuple[str, ...]


def band_table(
    case: Mapping[str, str], rows: list[dict[str, str]], readings: Mapping[str, Any]
) -> BandTable:
    """The table. Raises TableFileError, KeyError, ValueError for rows that cannot be read."""
    number = case["case_id"]
    blocks = readings["blocks"].get(number, {})
    names = readings["bands_among_weights"].get(number) or _names(case["band_header"])
    names = [ACT, *names] if blocks else names
    paths = [
        _path(row, index, len(names) - bool(blocks), readings, number)
        for index, row in enumerate(rows)
    ]
    if blocks:
        paths = [(_block(blocks, index), *path) for index, path in enumerate(paths)]
    found = _rows(paths, rows)
    return BandTable(
        number=number,
        category=case["category"],
        title=case["violation"],
        violated=case["violated_articles_old_law"],
        penalty=case["penalty_articles_old_law"],
        tiers=tiers_of(case["statutory_fine_old_law"]),
        factors=_factors(names, found),
        is_check=any(row.get("parse_flag") for row in rows),
        notes=tuple(_notes(number, rows, found, readings)),
        rows=found,
    )


def _names(header: str) -> list[str]:
    """违法行为/区域类型/整改情况/罚款 → 区域类型, 整改情况."""
    return [each for each in header.split("/")[1:] if "罚款" not in each and each != "处罚标准"]


def _path(
    row: Mapping[str, str], index: int, width: int, readings: Mapping[str, Any], number: str
) -> Path:
    moved = readings["rows"].get(number, {}).get(index)
    cells = moved or [row[each] for each in _COLUMNS]
    if any(cells[width:]):
        raise TableFileError(f"第{index + 1}行的条件多于表头")
    mended = readings["levels"].get(number, {})
    return tuple(mended.get(each, each) for each in cells[:width])


def _block(blocks: Mapping[int, str], index: int) -> str:
    return blocks[max(first for first in blocks if first <= index)]


def _rows(paths: list[Path], rows: list[dict[str, str]]) -> tuple[BandRow, ...]:
    found = []
    person: Bound | None = None
    asked = _asked(paths)
    for index, row in enumerate(rows):
        told = row["fine_band_person"]
        if told:
            person = None if told in _NOTHING else bound_of(told)
        found.append(BandRow(asked[index], bound_of(row["fine_band_unit"]), person))
    return tuple(found)


def _asked(paths: list[Path]) -> list[tuple[str | None, ...]]:
    """Each path with None for what its row does not ask."""
    found: list[list[str | None]] = [[None] * len(path) for path in paths]
    _ask(paths, range(len(paths)), 0, found)
    return [tuple(each) for each in found]


def _ask(
    paths: list[Path], among: Iterable[int], place: int, found: list[list[str | None]]
) -> None:
    groups: dict[str, list[int]] = {}
    for index in among:
        if place < len(paths[index]):
            groups.setdefault(paths[index][place], []).append(index)
    for level, members in groups.items():
        for index in members:
            found[index][place] = None if level in _NOTHING else level
        if len(members) > 1:
            _ask(paths, members, place + 1, found)


def _factors(names: list[str], rows: tuple[BandRow, ...]) -> tuple[Factor, ...]:
    """The factors with the levels that some row asks for, in the order of the table."""
    return tuple(Factor(name, _levels(rows, place)) for place, name in enumerate(names))


def _levels(rows: tuple[BandRow, ...], place: int) -> tuple[Level, ...]:
    asked = (level for row in rows if (level := row.levels[place]))
    return tuple(Level(name) for name in dict.fromkeys(asked))


def _notes(
    number: str,
    rows: list[dict[str, str]],
    found: tuple[BandRow, ...],
    readings: Mapping[str, Any],
) -> Iterable[str]:
    if number in readings["blocks"]:
        yield "表内“违法行为”一栏据附件1原文补录"
    if number in readings["rows"] or number in readings["levels"]:
        yield "部分档次在解析时断行，已按附件1原文补全"
    if any(row.get("parse_flag") for row in rows):
        yield "含“警告”档，本档不处罚款（check），请对照附件1原文核对"
    if number in readings["misprints"]:
        yield readings["misprints"][number]
    yield from dict.fromkeys(row.unit.doubt for row in found if row.unit.doubt)
    yield from dict.fromkeys(row.person.doubt for row in found if row.person and row.person.doubt)
