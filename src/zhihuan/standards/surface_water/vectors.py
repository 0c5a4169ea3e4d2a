"""The worked cases of surface water, computed by the functions of this package.

    KINDS["station_class"]({"ph": 7.1, "nh3n": "0.18"}, "")     # {"class": "Ⅱ"}

A case's ``topic`` says what it wants. Inputs are taken as cases write them: numbers or texts, items
under any of their names, missing keys and nulls are missing values. A case that names no day is
judged by the newest editions. Published results without inputs cannot be computed: null.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np

from zhihuan.standards.parameters import Edition, parameter, parameter_names
from zhihuan.standards.rounding import round_half_even_array
from zhihuan.standards.surface_water.black_odour_rural import rural_black_odour
from zhihuan.standards.surface_water.black_odour_urban import black_odour
from zhihuan.standards.surface_water.city_index import cwqi
from zhihuan.standards.surface_water.classification import WaterClass, water_class
from zhihuan.standards.surface_water.digits import without_noise
from zhihuan.standards.surface_water.exceedance import exceedance_of
from zhihuan.standards.surface_water.means import keep_digits, mean_of, rounded
from zhihuan.standards.surface_water.names import known_item
from zhihuan.standards.surface_water.quality_class import class_name
from zhihuan.standards.surface_water.reported import Reported, read_reported
from zhihuan.standards.surface_water.shares import count_percentages
from zhihuan.standards.surface_water.trophic import trophic_index, trophic_weights

__all__ = ["KINDS"]

Input = Mapping[str, Any]
Output = dict[str, Any]

# the unit a case may write behind an item; only the units the functions take
_UNITS = {"chla": ("mg_m3", "ug_l"), "sd": ("m",), "orp": ("mv",), "fc": ("count_l",)}
_NESTED = ("items", "values", "measured", "concentrations")
_DAYS = ("date", "day", "on", "obs_time", "time")
_TRUE = {"true", "1", "yes", "是"}


def station_class(case: Input, _standard: str) -> Output:
    """The class of one record; null where it holds no item that takes part."""
    judged = _judged(case)
    return {"class": class_name(int(judged.codes)) or None if judged else None}


def exceedance_multiple(case: Input, _standard: str) -> Output:
    """The class, and the multiples of the items beyond the target, one decimal."""
    judged = _judged(case)
    if judged is None:
        return {"class": None, "over_target": {}}
    over = exceedance_of(judged, target=case.get("target_class"))
    beyond = {
        item.removesuffix("_lake"): float(over.reported(item))
        for item, exceeds in zip(over.items, over.exceeding, strict=True)
        if exceeds and not np.isnan(over.multiple(item))
    }
    name = class_name(int(judged.codes), style="ascii")
    return {"class": name or None, "over_target": beyond}


def rounding(case: Input, _standard: str) -> Output:
    """One value rounded to decimals, or to those of an item; zero keeps a significant digit."""
    value, on = read_reported(case["value"]).values, _day(case)
    if case.get("decimals") is not None:
        found = keep_digits(value, int(case["decimals"]), on=on)
    else:
        use = str(case.get("use", "assessment"))
        found = rounded(value, str(case["item"]), on=on, use=use)
    return {"value": _number(found)}


def ph_mean(case: Any, _standard: str) -> Output:
    """The mean of pH values through the hydrogen ion."""
    given = case if isinstance(case, list) else next(iter(_part(case, ("values", "ph")).values()))
    mean = mean_of(given, "ph", on=_day(case if isinstance(case, Mapping) else {})).values
    return {"value": _number(mean), **_to_decimals("value", mean)}


def black_odour_urban(case: Input, _standard: str) -> Output:
    """The grade of one sample: none, mild, severe; null where nothing was measured."""
    values = _black_odour_values(case)
    if not values:
        return {"grade": None}
    day = _day(case, default=_newest_counting(set(values)))
    clear, depth = _true(case.get("clear_to_bed")), _positive(case.get("depth_cm"))
    found = black_odour(values, on=day, depth_cm=depth, clear_to_bed=clear)
    return {"grade": str(found.names) or None}


def black_odour_rural(case: Input, _standard: str) -> Output:
    """Whether one sample of rural water is black-odorous; null where nothing was measured."""
    values = {item: value for item, value in _black_odour_values(case).items() if item != "orp"}
    if not values:
        return {"grade": None, "black_odorous": None}
    found = rural_black_odour(values, on=_day(case), depth_cm=_positive(case.get("depth_cm")))
    judged = bool(found.codes)
    return {
        "grade": str(found.names) or None,
        "black_odorous": bool(found.codes == 2) if judged else None,
    }


def class_percentages(case: Input, _standard: str) -> Output:
    """Each count as a percentage of all sections, one decimal."""
    counts = {str(name): float(count or 0) for name, count in case["counts"].items()}
    total = case.get("n", case.get("total"))
    whole = None if total is None else float(total)
    return {"pct_1dp": count_percentages(counts, on=_day(case), total=whole)}


def cwqi_of(case: Input, _standard: str) -> Output:
    """The index of each item and their sum; items given as null are not part of the list."""
    given = {name: cell for name, cell in _nested(case).items() if _item(name) is not None}
    values = {name: cell for name, cell in given.items() if not _is_missing(cell)}
    found = cwqi(
        {str(_item(n)): c for n, c in values.items()}, on=_day(case), waterbody=_lake(case)
    )
    single = {
        name: _number(round_half_even_array(without_noise(found.single[str(_item(name))]), 6))
        for name in values
        if _item(name) in found.single
    }
    return {"per_item": single, "sum_4dp": _number(found.reported), "sum": _number(found.total)}


def trophic(case: Input, _standard: str) -> Output:
    """Weights from (squared) correlations, or the index and grade of a lake's concentrations."""
    squares = case.get("r2") or {item: float(r) ** 2 for item, r in (case.get("r") or {}).items()}
    if squares:
        weights = trophic_weights({item: float(r2) for item, r2 in squares.items()})
        return {"w_4dp": {item: float(round_half_even_array(w, 4)) for item, w in weights.items()}}
    values = {name: cell for name, cell in _nested(case).items() if _item(name) is not None}
    found = trophic_index({str(_item(n)): cell for n, cell in values.items()}, on=_day(case))
    single = {name: _number(found.single[str(_item(name))]) for name in values}
    total = {"tli": _number(found.total), **_to_decimals("tli", found.total)}
    return {"per_item": single, **total, "grade": str(found.grades) or None}


def published_only(_case: Input, _standard: str) -> Output:
    """A published index whose inputs were never published: nothing to compute it from."""
    return {"cwqi_4dp": None}


KINDS: Mapping[str, Callable[[Any, str], Output]] = MappingProxyType(
    {
        "station_class": station_class,
        "exceedance_multiple": exceedance_multiple,
        "rounding": rounding,
        "ph_mean": ph_mean,
        "black_odour_urban": black_odour_urban,
        "black_odour_rural": black_odour_rural,
        "class_percentages": class_percentages,
        "cwqi": cwqi_of,
        "cwqi_published_output_only": published_only,
        "tli": trophic,
    }
)


# ---- reading a case --------------------------------------------------------------------------------


def _judged(case: Input) -> WaterClass | None:
    """The class of a case's items; None where it has none that takes part."""
    listed = parameter("surface_water/evaluated_items").on(_day(case)).table["items"]
    given = {name: cell for name, cell in _nested(case).items() if _item(name) is not None}
    values = {str(_item(name)): cell for name, cell in given.items()}
    if not isinstance(listed, list) or not values.keys() & set(listed):
        return None
    return water_class(values, on=_day(case), waterbody=_lake(case))


def _nested(case: Input) -> Input:
    return next((case[key] for key in _NESTED if isinstance(case.get(key), Mapping)), case)


def _part(case: Input, keys: tuple[str, ...]) -> Input:
    return {key: case[key] for key in keys if key in case}


def _item(name: str) -> str | None:
    """The item a key of a case means, its unit behind it or not."""
    found = known_item(name)
    if found is not None:
        return found
    for item, units in _UNITS.items():
        for unit in units:
            stem = re.sub(rf"_?{unit}$", "", str(name).casefold())
            if stem != str(name).casefold() and known_item(stem) == item:
                return item
    return None


def _black_odour_values(case: Input) -> dict[str, Reported]:
    """sd, do, nh3n and orp of a case; missing ones, and negative ones but orp, left out."""
    values = {}
    for name, cell in _nested(case).items():
        item = known_item(str(name).casefold().removesuffix("_cm").removesuffix("_mv"))
        if item not in {"sd", "do", "nh3n", "orp"} or _is_missing(cell):
            continue
        read = read_reported(cell)
        if item == "orp" or read.values >= 0:
            values[item] = read
    return values


def _newest_counting(items: set[str]) -> date:
    """The first day of the newest edition that counts all these items; else of the newest."""

    def counts(edition: Edition) -> bool:
        listed = edition.table["items"]
        return isinstance(listed, list) and items <= set(listed)

    editions = parameter("surface_water/black_odour_counted").editions
    return next((e.in_force_from for e in reversed(editions) if counts(e)), _newest_day())


def _day(case: Input, *, default: date | None = None) -> date:
    for key in _DAYS:
        text = str(case.get(key) or "")
        if re.match(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text[:10])
    return default or _newest_day()


def _newest_day() -> date:
    """A day on which the newest edition of everything here is in force."""
    names = [name for name in parameter_names() if name.startswith("surface_water/")]
    return max(parameter(name).editions[-1].in_force_from for name in names)


def _lake(case: Input) -> Any:
    if case.get("lake") is not None:
        return _true(case["lake"])
    return str(case.get("waterbody") or case.get("water_body") or "river")


def _true(cell: object) -> bool:
    return str(cell).strip().casefold() in _TRUE


def _positive(cell: Any) -> float:
    """A depth; missing or negative ones are unknown."""
    value = float(read_reported(cell).values) if cell is not None else math.nan
    return value if value >= 0 else math.nan


def _is_missing(cell: Any) -> bool:
    return bool(np.isnan(read_reported(np.asarray(cell, dtype=object)).values).all())


def _to_decimals(key: str, value: Any) -> Output:
    """A value to one, two and four decimals, half to even: cases say in the key which they mean."""
    return {f"{key}_{n}dp": _number(round_half_even_array(value, n)) for n in (1, 2, 4)}


def _number(value: Any) -> float | None:
    number = float(value)
    return None if math.isnan(number) else number
