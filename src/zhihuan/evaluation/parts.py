"""Rows judged in several calls (one a limit, one a method), put back in the order of the file.

parts = Parts(len(rows))
for places in groups(keys):
    parts.add(places, judge(values[places]))
parts.column(lambda judged: judged.verdict), parts.derivation(7)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.derivation import Derivation

__all__ = ["Parts", "groups"]


class Explained(Protocol):
    """A judgement that tells the reasons of its elements."""

    def derivation(self, index: int, /) -> Derivation:
        """The reasons of the element at ``index``."""


Judgement = TypeVar("Judgement", bound=Explained)


class Parts(Generic[Judgement]):
    """Judgements of disjoint rows that together cover all of them."""

    def __init__(self, size: int) -> None:
        self._judged: list[tuple[NDArray[np.intp], Judgement]] = []
        self._part = np.zeros(size, dtype=np.intp)
        self._place = np.zeros(size, dtype=np.intp)

    def add(self, places: NDArray[np.intp], judged: Judgement) -> None:
        """The judgement whose k-th element is the row ``places[k]``."""
        self._part[places] = len(self._judged)
        self._place[places] = np.arange(len(places))
        self._judged.append((places, judged))

    def column(self, of: Callable[[Judgement], NDArray[Any]]) -> NDArray[Any]:
        """One array over all rows, out of the same array of each judgement."""
        arrays = [of(judged) for _places, judged in self._judged]
        whole = np.empty(len(self._part), dtype=np.result_type(*arrays))
        for (places, _judged), array in zip(self._judged, arrays, strict=True):
            whole[places] = array
        return whole

    def derivation(self, row: int) -> Derivation:
        """The reasons of one row."""
        _places, judged = self._judged[int(self._part[row])]
        return judged.derivation(int(self._place[row]))


def groups(keys: Sequence[NDArray[Any]]) -> Iterator[tuple[tuple[str, ...], NDArray[np.intp]]]:
    """The rows of each distinct combination of keys, with the combination as texts."""
    code = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        _words, place = np.unique(key.astype(str), return_inverse=True)
        code = np.unique(code * (int(place.max(initial=0)) + 1) + place, return_inverse=True)[1]
    order = np.argsort(code, kind="stable")
    for places in np.split(order, np.flatnonzero(np.diff(code[order])) + 1):
        if len(places):
            yield tuple(str(key[places[0]]) for key in keys), places
