"""What a result row begins with (where, when), and words put together from masks.

{**label_columns(rows), "水质类别": found.names}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.times import MISSING
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS

__all__ = ["joined", "label_columns", "moment_texts", "texts_of", "words_of"]

_LABELS = {"province": "省份", "city": "城市", "station": "点位"}


def label_columns(rows: Rows) -> dict[str, NDArray[Any]]:
    """Where and when each row is: the label columns the file has, then 时间 or 日期."""
    found: dict[str, NDArray[Any]] = {}
    if "time" in rows:
        found["时间"] = moment_texts(rows["time"])
    if "day" in rows:
        found["日期"] = rows["day"]
    found |= {name: rows[key] for key, name in _LABELS.items() if key in rows}
    return found


def moment_texts(seconds: NDArray[np.int64]) -> NDArray[np.str_]:
    """Epoch seconds as Beijing time: ``2026-03-01 08:00``; with seconds where any has them. A missing
    moment is empty."""
    known = seconds != MISSING
    stamps = (np.where(known, seconds, 0) + BEIJING_OFFSET_SECONDS).astype("datetime64[s]")
    if not (seconds[known] % 60).any():
        stamps = stamps.astype("datetime64[m]")
    texts = np.char.replace(np.datetime_as_string(stamps), "T", " ")
    return texts if known.all() else np.where(known, texts, "")


def words_of(
    mask: NDArray[np.bool_], items: Sequence[str], name_of: Callable[[str], str] = str
) -> NDArray[np.object_]:
    """The names of the items a mask (items, rows) holds for each row, joined by 、."""
    names = [name_of(item) for item in items]
    packed = np.packbits(mask.T, axis=1)
    patterns, places = np.unique(packed, axis=0, return_inverse=True)
    chosen = np.unpackbits(patterns, axis=1, count=len(items)).astype(bool)
    words = ["、".join(name for name, on in zip(names, row, strict=True) if on) for row in chosen]
    return np.array(words or [""], dtype=object)[places.ravel()]


def joined(first: Derivation, second: Derivation) -> Derivation:
    """Two derivations of one result as one: what both rest on is told once."""
    facts = [*first.facts, *(fact for fact in second.facts if fact not in first.facts)]
    return Derivation(
        title=first.title,
        conclusion=f"{first.conclusion}；{second.conclusion}",
        basis=tuple(dict.fromkeys([*first.basis, *second.basis])),
        facts=tuple(facts),
        steps=(*first.steps, *second.steps),
        cautions=tuple(dict.fromkeys([*first.cautions, *second.cautions])),
    )


def texts_of(codes: NDArray[Any], words: Mapping[int, str]) -> NDArray[np.object_]:
    """Small whole numbers as their words; an unknown one is empty."""
    found = np.full(codes.shape, "", dtype=object)
    for code, word in words.items():
        found[codes == code] = word
    return found
