"""Which edition of a legal quantity governed which element of a result.

    law = governing("air/evaluation/percentile_method", decides="百分位数算法", on=days)
    law.edition_at((3,)), law.basis_at((3,))

A judgement over an array of days keeps the ``Law`` of each quantity it used; the derivation of one
element asks it. It refuses a call that names neither a day nor an edition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.dated import Span, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis
from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["Law", "Place", "governing", "place_of"]

Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """The editions of one quantity over the elements of a result.

    decides: what the quantity decides there (Chinese). spans: masks in the shape of the days,
    which broadcasts to the trailing axes of the result. forced: the caller chose the edition.
    """

    decides: str
    spans: tuple[Span, ...]
    forced: bool

    def edition_at(self, place: Place) -> Edition:
        """The edition that governed the element of the result at ``place``."""
        for span in self.spans:
            if _at(span.where, place):
                return span.edition
        raise IndexError(f"no element stands at {place}")

    def basis_at(self, place: Place) -> Basis:
        """The same as a piece of a derivation."""
        return Basis.of(self.edition_at(place), decides=self.decides, forced=self.forced)

    def numbers(self, read: Callable[[Edition], float] | None = None) -> NDArray[np.float64]:
        """A number of each edition, in the shape of the days; ``read`` picks it from a table."""
        shape = self.spans[0].where.shape if self.spans else (0,)
        values = np.full(shape, np.nan)
        for span in self.spans:
            values[span.where] = span.edition.number if read is None else read(span.edition)
        return values


def governing(
    name: str, *, decides: str, on: When | None = None, edition: str | None = None
) -> Law:
    """The editions of the packaged quantity ``name`` that govern the days ``on``.

    on: one day or an array of them; may be left out when ``edition`` forces one.
    Raises OutsideEditionsError (also when both are missing), UnknownEditionError.
    """
    if on is None and edition is None:
        raise OutsideEditionsError(
            f"{name} changed with the law; say on which day: on=date(2026, 3, 1), "
            "or force an edition: edition='HJ 663-2013'"
        )
    days = as_days(np.datetime64("1970-01-01", "D") if on is None else on)
    spans = spans_in_force(parameter(name), days, edition=edition)
    return Law(decides, spans, forced=edition is not None)


def place_of(index: int | Place) -> Place:
    """An index as a tuple: ``3`` and ``(3,)`` mean the same; ``()`` is a scalar's.

    NumPy's whole numbers are taken as well, as ``np.flatnonzero`` gives them.
    """
    return tuple(map(int, index)) if isinstance(index, tuple | list) else (int(index),)


def _at(where: NDArray[np.bool_], place: Place) -> bool:
    """The mask's element under a place of an array to whose last axes the mask broadcasts."""
    if where.ndim == 0:
        return bool(where)
    tail = place[len(place) - where.ndim :]
    fitted = tuple(0 if size == 1 else at for size, at in zip(where.shape, tail, strict=True))
    return bool(where[fitted])
