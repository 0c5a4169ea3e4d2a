"""Whether measured values can be judged at all: signs, units mixed up, orders of magnitude.

Each quantity declares in ``quantities/<subject>.yaml`` the unit the functions take, the range a
plausible value lies in, and what an implausible one probably is (a PM2.5 of 0.035 is probably
mg/m³); its code is ``<subject>/<item>``. ``problems_of`` finds, ``refuse_bad`` raises. NaN is a missing value and
never a problem. It refuses to repair: the words say what to mend, the caller mends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import yaml
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["Quantity", "problems_of", "quantity", "refuse_bad", "suspects"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measurable quantity as the functions of this package take it.

    low, high: the plausible range [unit]; zero is plausible when low is 0. mistaken: for values
    below ``low`` or above ``high``, the unit they were probably given in.
    """

    code: str
    name: str
    unit: str
    low: float
    high: float
    below: str = ""
    above: str = ""
    zero: bool = True
    negative: bool = False


@cache
def _quantities(subject: str) -> dict[str, Quantity]:
    source = files("zhihuan.standards") / "quantities" / f"{subject}.yaml"
    entries = yaml.safe_load(source.read_text(encoding="utf-8")) if source.is_file() else {}
    return {
        f"{subject}/{item}": Quantity(code=f"{subject}/{item}", **fields)
        for item, fields in entries.items()
    }


def quantity(code: str) -> Quantity:
    """The declared quantity of this code, ``air/PM25``. Raises KeyError naming it."""
    try:
        return _quantities(code.partition("/")[0])[code]
    except KeyError:
        raise KeyError(f"no quantity {code!r} under standards/quantities/") from None


def problems_of(code: str, values: ArrayLike, *, most: int = 100) -> list[InputProblem]:
    """What is wrong with the values of a quantity, the first ``most`` places.

    values: float64, any shape; rows are counted along the first axis. Infinite, negative,
    implausibly small and implausibly large values are problems; NaN is not.
    """
    declared, array = quantity(code), np.asarray(values, dtype=np.float64)
    suspect = suspects(code, array)
    if not suspect.any():
        return []
    places = np.argwhere(np.atleast_1d(suspect))[:most]
    return [_problem(declared, np.atleast_1d(array), place) for place in places]


def suspects(code: str, values: ArrayLike) -> NDArray[np.bool_]:
    """Which values of a quantity are problems, in the shape of ``values``; NaN is none.

    >>> suspects("air/PM25", [35.0, 0.035, -1.0, float("nan")]).tolist()
    [False, True, True, False]
    """
    declared, array = quantity(code), np.asarray(values, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        suspect = np.isinf(array) | (array > declared.high) | (array < declared.low)
        if declared.zero:
            suspect &= array != 0
    return np.asarray(suspect)


def refuse_bad(columns: Iterable[tuple[str, ArrayLike]]) -> None:
    """Raise InputRefusedError with all problems of the (code, values) pairs; else nothing."""
    problems = [problem for code, values in columns for problem in problems_of(code, values)]
    if problems:
        raise InputRefusedError(problems)


def _problem(
    declared: Quantity, array: NDArray[np.float64], place: NDArray[np.intp]
) -> InputProblem:
    value = float(array[tuple(place)])
    problem, remedy = _words(declared, value)
    return InputProblem(
        int(place[0]), declared.name, f"{value:g} {declared.unit}".rstrip(), problem, remedy
    )


def _words(declared: Quantity, value: float) -> tuple[str, str]:
    unit = declared.unit
    span = f"{declared.low:g}–{declared.high:g} {unit}".rstrip()
    if np.isinf(value):
        return "不是有限的数", "缺测请留空，不要填无穷大"
    if value < 0 and not declared.negative:
        return "浓度或数值不能为负", "仪器零点漂移的负值应先按规范审核；缺测请留空"
    small = value < declared.low
    size, other = ("小", declared.below) if small else ("大", declared.above)
    guess = f"，可能是以 {other} 为单位" if other else ""
    return f"{size}得不合常理（常见范围 {span}）{guess}", _remedy(unit, small=small)


def _remedy(unit: str, *, small: bool) -> str:
    """Converting mends only what has a unit: a pH of 71 is a slip of the pen."""
    if not unit:
        return "请核对原始记录，更正或剔除"
    return f"请换算为 {unit} 再评价" if small else f"请换算为 {unit}，或核实后剔除"
