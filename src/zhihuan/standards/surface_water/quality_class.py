"""Class names and class numbers of surface water: Ⅰ, II, 劣Ⅴ, "inferior V" are the same six classes.

    >>> class_number("劣Ⅴ类"), class_number("II"), class_number("—")
    (6, 2, 0)
    >>> class_names([1, 6, 0]).tolist()
    ['Ⅰ', '劣Ⅴ', '']

Numbers run from 1 (class I) to 6 (worse than V); 0 means that nothing could be judged. A text that
names no class is refused.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = [
    "CLASS_COLUMNS",
    "CLASS_NAMES",
    "INFERIOR",
    "NOT_JUDGED",
    "ClassNumbers",
    "class_name",
    "class_names",
    "class_number",
    "class_numbers",
    "target_numbers",
]

ClassNumbers = NDArray[np.uint8]

NOT_JUDGED = 0
INFERIOR = 6
CLASS_COLUMNS = {"I": "Ⅰ类", "II": "Ⅱ类", "III": "Ⅲ类", "IV": "Ⅳ类", "V": "Ⅴ类"}
CLASS_NAMES = ("", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
_ASCII_NAMES = ("", "I", "II", "III", "IV", "V", "inferior V")
_STYLES = {"published": CLASS_NAMES, "ascii": _ASCII_NAMES}

_FULL_WIDTH = str.maketrans("ⅠⅡⅢⅣⅤⅥⅰⅱⅲⅳⅴⅵ", "123456123456")
_NUMBERS = {
    text: number
    for texts in ("0123456", "-一二三四五六", ("-", "i", "ii", "iii", "iv", "v", "vi"))
    for number, text in enumerate(texts)
    if text != "-"
}
_BEYOND = {"", "5", "v", "五"}
_WORSE = re.compile(r"^(劣于|劣|inferiorto|inferior|worsethan|below|[>＞])|(inferior|plus|\+)$")
_ORNAMENT = re.compile(r"class|类水质|类水|类|级|[\s_()（）]")
_MISSING = {
    "",
    "-",
    "--",
    "—",
    "——",
    "*",
    "/",
    "nan",
    "none",
    "null",
    "na",
    "n/a",
    "无",
    "缺测",
    "未评价",
    "无法评价",
}


def class_number(name: object) -> int:
    """The number of one class, however it is written; 0 for an empty cell, a dash or None.

    name: Ⅲ, III, 3, 三类, Ⅲ类水质, 劣Ⅴ, inferior V, worse than V, >V, 6 …
    Raises InputRefusedError for a text that names no class.

    >>> class_number("worse than V"), class_number(3), class_number("Ⅱ类")
    (6, 3, 2)
    """
    # Unicode has numerals of its own (Ⅲ), which people mix with letters (III) and digits
    text = "" if name is None else str(name).strip().casefold().translate(_FULL_WIDTH)
    bare = _ORNAMENT.sub("", text.removesuffix(".0"))
    if bare in _MISSING:
        return NOT_JUDGED
    core = _WORSE.sub("", bare)
    number = _NUMBERS.get(core)
    if core == bare and number is not None:
        return number
    if core != bare and core in _BEYOND:
        return INFERIOR
    raise _not_a_class(name)


def class_numbers(names: ArrayLike) -> ClassNumbers:
    """The numbers of an array of class names or numbers, in its shape. Raises InputRefusedError."""
    given = np.asarray(names)
    if given.dtype.kind in "ui":
        return _checked(given)
    if given.dtype.kind == "f":
        return _checked(np.where(np.isnan(given), NOT_JUDGED, given))
    texts = np.array(["" if cell is None else str(cell) for cell in given.ravel().tolist()])
    if not texts.size:
        return np.zeros(given.shape, dtype=np.uint8)
    different, places = np.unique(texts, return_inverse=True)
    numbers = np.array([class_number(text) for text in different.tolist()], dtype=np.uint8)
    return numbers[places].reshape(given.shape)


def target_numbers(targets: ArrayLike) -> ClassNumbers:
    """Target classes as numbers 1 to 5; 0 where none is set. Raises InputRefusedError for 劣Ⅴ."""
    numbers = class_numbers(targets)
    rows = np.argwhere(np.atleast_1d(numbers) == INFERIOR)
    if rows.size:
        problem = "劣Ⅴ类没有限值，不能作为目标"
        raise InputRefusedError(
            [InputProblem(int(rows[0][0]), "目标类别", "劣Ⅴ", problem, "目标类别请填 Ⅰ 至 Ⅴ")]
        )
    return numbers


def class_name(number: int, *, style: str = "published") -> str:
    """The name of one class number: "Ⅲ"; style "ascii": "III", "inferior V"; "" for 0."""
    return _STYLES[style][number]


def class_names(numbers: ArrayLike, *, style: str = "published") -> NDArray[np.str_]:
    """The names of class numbers, in their shape; "" where nothing was judged."""
    return np.asarray(np.array(_STYLES[style])[np.asarray(numbers, dtype=np.uint8)])


def _checked(numbers: NDArray[np.generic]) -> ClassNumbers:
    exact = np.asarray(numbers, dtype=np.float64)
    wrong = np.argwhere(np.atleast_1d((exact < 0) | (exact > INFERIOR) | (exact % 1 != 0)))
    if wrong.size:
        raise _not_a_class(np.atleast_1d(exact)[tuple(wrong[0])], row=int(wrong[0][0]))
    return exact.astype(np.uint8)


def _not_a_class(name: object, row: int = -1) -> InputRefusedError:
    remedy = "请填 Ⅰ、Ⅱ、Ⅲ、Ⅳ、Ⅴ 或 劣Ⅴ（也可写 I–V、1–6），缺测留空"
    return InputRefusedError([InputProblem(row, "水质类别", name, "不是水质类别", remedy)])
