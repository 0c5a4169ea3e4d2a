"""Which edition governed one element of a judgement, by its day or because the caller chose it.

    law_at("surface_water/section_status", judged.days, shape, (3,), edition=None)

Results keep their days, not an edition for each element; the reasons of one element look it up. It
refuses days outside all editions, as every choice of an edition does.
"""

from __future__ import annotations

import numpy as np

from zhihuan.standards.dated import Days
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["law_at"]


def law_at(
    name: str,
    days: Days,
    shape: tuple[int, ...],
    place: tuple[int, ...],
    *,
    edition: str | None = None,
) -> Edition:
    """The edition of a packaged quantity for the element at ``place`` of an array of ``shape``.

    days: broadcast to the shape. edition: the one the caller forced, if any.
    Raises OutsideEditionsError, UnknownEditionError.
    """
    if edition is not None:
        return parameter(name).named(edition)
    return parameter(name).on(np.broadcast_to(days, shape)[place].astype(object))
