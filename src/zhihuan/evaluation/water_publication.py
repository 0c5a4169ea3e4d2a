"""Files that automatic stations publish: displayed beside unrounded values, filtered items, stations.

    rows = as_measured(rows)                                   # one value an item: what takes part
    rows = with_waterbodies(rows, Path("stations.csv"))        # river or lake for each row

The published class is that of the unrounded values, of the items that the publisher did not filter.
A displayed ``--`` or ``*`` is missing even where an unrounded value stands beside it. Rivers and
lakes have different limits of total phosphorus; a publication does not tell which a station is on.
It refuses a station that is listed both as a river and as a lake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.columns import UNROUNDED, layout_of
from zhihuan.evaluation.errors import AskedError, Refusals
from zhihuan.evaluation.reading import open_source
from zhihuan.evaluation.rows import Rows, gathered
from zhihuan.evaluation.times import MISSING
from zhihuan.standards.surface_water.names import known_item

__all__ = ["as_measured", "once_each", "with_waterbodies"]

_FILTERED_ITEM = re.compile(r"[;；,，、\s]*([^=＝:：;；,，、]+)\s*[=＝:：]?[^;；,，、]*")
_UNKNOWN = "river"


def as_measured(rows: Rows) -> Rows:
    """The rows with one value an item: unrounded where there is one, missing where filtered."""
    columns, below = dict(rows.columns), dict(rows.below)
    for key in rows.columns:
        if key.endswith(UNROUNDED):
            _take_unrounded(columns, below, key)
    if "filtered" in rows:
        _leave_out(columns, rows["filtered"])
    return Rows(rows.numbers, columns, below)


def once_each(rows: Rows) -> Rows:
    """The rows without an observation that a later poll repeats: same station, same moment."""
    if "time" not in rows:
        return rows
    names, seen = _stations(rows), set()
    kept = np.ones(len(rows), dtype=bool)
    for place, key in enumerate(zip(*names, rows["time"].tolist(), strict=True)):
        kept[place] = key[-1] == MISSING or key not in seen
        seen.add(key)
    return rows if kept.all() else rows.take(kept)


def with_waterbodies(rows: Rows, path: Path | None) -> Rows:
    """The rows with river or lake: their own word, else that of the station list, else river.

    Raises FileRefusedError for a list that cannot be read, AskedError for one that contradicts
    itself.
    """
    own = rows.text("waterbody").copy()
    if path is not None:
        listed = _listed(path)
        of_rows = [
            listed.get((province, station), listed.get(("", station), ""))
            for province, station in zip(*_stations(rows), strict=True)
        ]
        own = np.where(own == "", np.array([*of_rows, ""], dtype=object)[:-1], own)
    own[own == ""] = _UNKNOWN
    return Rows(rows.numbers, {**rows.columns, "waterbody": own}, rows.below)


def _take_unrounded(columns: dict[str, Any], below: dict[str, Any], key: str) -> None:
    item, exact = key.removesuffix(UNROUNDED), columns.pop(key)
    exact_below = below.pop(key)
    shown, shown_below = columns.get(item, exact), below.get(item, exact_below)
    taken = ~np.isnan(shown) & ~np.isnan(exact)
    columns[item] = np.where(taken, exact, shown)
    below[item] = np.where(taken, exact_below, shown_below)


def _leave_out(columns: dict[str, Any], notes: NDArray[np.object_]) -> None:
    for note in {note for note in notes.tolist() if note}:
        where = notes == note
        for item in _filtered_items(note) & columns.keys():
            columns[item] = np.where(where, np.nan, columns[item])


def _filtered_items(note: str) -> set[str]:
    """nh3n and tp of ``nh3n=极值过滤;总磷=极值过滤``."""
    found = (known_item(name.strip()) for name in _FILTERED_ITEM.findall(note))
    return {item for item in found if item is not None}


def _stations(rows: Rows) -> tuple[list[str], list[str]]:
    return rows.text("province").tolist(), rows.text("station").tolist()


def _listed(path: Path) -> Mapping[tuple[str, str], str]:
    """River or lake by province and station, and by station alone where that is no question."""
    if not path.is_file():
        raise AskedError(f"--stations：没有文件 {path}")
    refusals = Refusals()
    rows = gathered(open_source(path, layout_of("water_stations"), None).pieces(refusals))
    if refusals.problems:
        raise AskedError(f"{path.name}：{refusals.problems[0]}")
    found: dict[tuple[str, str], str] = {}
    alone: dict[str, set[str]] = {}
    provinces, stations = _stations(rows)
    for place, word in enumerate(rows.text("waterbody").tolist()):
        key = provinces[place], stations[place]
        if not word:
            continue
        if found.setdefault(key, word) != word:
            raise AskedError(
                f"{path.name} 第 {int(rows.numbers[place])} 行：断面 {key[1]} 既是河流又是湖库；"
                "请只保留一种"
            )
        alone.setdefault(key[1], set()).add(word)
    sure = {("", station): words.pop() for station, words in alone.items() if len(words) == 1}
    return {**sure, **found}
