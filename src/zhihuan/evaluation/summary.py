"""What a report says of all results together, gathered piece by piece.

    summary = Summary(subject)
    summary.add(judged)
    summary.tallies["空气质量级别"]["良"], summary.basis

Counts of the words in the tallied columns, mean and extremes of the figures, and the law the results
rest on: for each span of days between two changes of the subject's parameters, and for each word
tallied in it, one result's derivation is drawn up and its basis kept; and those of a score of results
spread over each piece.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.subject import Judged, Subject
from zhihuan.standards.derivation import Basis
from zhihuan.standards.parameters import parameter, parameter_names

__all__ = ["Figures", "Summary"]

UNJUDGED = "无法评价"
_SAMPLED = 20


@dataclass(slots=True)
class Figures:
    """Of the numbers of one column: how many, their sum, the extremes; averaged: a mean has sense."""

    averaged: bool = True
    count: int = 0
    total: float = 0.0
    low: float = float("inf")
    high: float = float("-inf")

    @property
    def mean(self) -> float:
        """The arithmetic mean; NaN of nothing, and where it has no sense."""
        return self.total / self.count if self.count and self.averaged else float("nan")

    def add(self, values: NDArray[np.float64]) -> None:
        """Take more numbers in; NaN is left out."""
        known = values[~np.isnan(values)]
        if len(known):
            self.count += len(known)
            self.total += float(known.sum())
            self.low = min(self.low, float(known.min()))
            self.high = max(self.high, float(known.max()))


class Summary:
    """All results together. results: how many; basis: the law, in the order it was met."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._explained: set[tuple[int, str]] = set()
        self._basis: dict[Basis, None] = {}
        self.cautions: dict[str, None] = {}
        self.results = 0
        self.tallies: dict[str, Counter[str]] = {name: Counter() for name in subject.tallies}
        self.figures: dict[str, Figures] = {
            **{name: Figures() for name in subject.figures},
            **{name: Figures(averaged=False) for name in subject.extremes},
        }

    @property
    def basis(self) -> tuple[Basis, ...]:
        """The law the results rest on."""
        return tuple(self._basis)

    def add(self, judged: Judged) -> None:
        """Take a piece in."""
        self.results += len(judged)
        for name, counter in self.tallies.items():
            if name in judged.columns:
                words, counts = np.unique(judged.columns[name].astype(str), return_counts=True)
                counter.update(
                    {word or UNJUDGED: int(n) for word, n in zip(words, counts, strict=True)}
                )
        for name, figures in self.figures.items():
            if name in judged.columns:
                figures.add(judged.columns[name].astype(np.float64))
        self._explain(judged)

    def _explain(self, judged: Judged) -> None:
        spans = np.searchsorted(_changes(self._subject.folders), judged.days, side="right")
        words = np.full(len(judged), "", dtype=object)
        for name in self.tallies:
            if name in judged.columns:
                words = words + "|" + judged.columns[name].astype(str).astype(object)
        _words, codes = np.unique(words.astype(str), return_inverse=True)
        _pairs, firsts = np.unique(spans * (codes.max(initial=0) + 1) + codes, return_index=True)
        for place in firsts.tolist():
            key = (int(spans[place]), str(words[place]))
            if key not in self._explained:
                self._explained.add(key)
                self._take(judged, place)
        for place in np.linspace(
            0, len(judged) - 1, min(len(judged), _SAMPLED), dtype=int
        ).tolist():
            self._take(judged, place)

    def _take(self, judged: Judged, place: int) -> None:
        derivation = judged.derivation(place)
        self._basis.update(dict.fromkeys(derivation.basis))
        self.cautions.update(dict.fromkeys(derivation.cautions))


@cache
def _changes(folders: tuple[str, ...]) -> NDArray[np.datetime64]:
    """The days on which any parameter below the folders changes."""
    names = [
        name for name in parameter_names() if any(name.startswith(f"{one}/") for one in folders)
    ]
    days = {edition.in_force_from for name in names for edition in parameter(name).editions}
    return np.array(sorted(days), dtype="datetime64[D]")
