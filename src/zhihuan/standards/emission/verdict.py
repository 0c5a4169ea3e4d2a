"""The four outcomes of holding a value against a limit, the same for stacks, sewers and vehicles.

    Verdict.EXCEEDS in judgement.verdict

A value that is missing or invalid is never compliant: it is UNJUDGED. An hour that the standard
does not ask about (the plant stands still, a start-up its standard exempts) is EXEMPT. It refuses
a fifth outcome.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

__all__ = ["VERDICT_TEXT", "Verdict", "Verdicts", "worst"]

Verdicts = NDArray[np.int8]


class Verdict(IntEnum):
    """What came out; the numbers are what result arrays hold (int8)."""

    EXEMPT = -2
    UNJUDGED = -1
    WITHIN = 0
    EXCEEDS = 1


VERDICT_TEXT = {
    Verdict.EXEMPT: "不作评价",
    Verdict.UNJUDGED: "无法判定",
    Verdict.WITHIN: "达标",
    Verdict.EXCEEDS: "超标",
}


def worst(verdicts: Verdicts) -> Verdicts:
    """The outcome of several items together, along the first axis.

    One exceeding item decides; else one item without a judgement leaves the whole without one;
    EXEMPT items count only when all are. No item at all is UNJUDGED.
    """
    exceeds = (verdicts == Verdict.EXCEEDS).any(axis=0)
    unjudged = (verdicts == Verdict.UNJUDGED).any(axis=0)
    exempt = (verdicts == Verdict.EXEMPT).all(axis=0)
    if not len(verdicts):
        return np.full(verdicts.shape[1:], Verdict.UNJUDGED, dtype=np.int8)
    found = np.select(
        [exceeds, unjudged, exempt],
        [Verdict.EXCEEDS, Verdict.UNJUDGED, Verdict.EXEMPT],
        default=Verdict.WITHIN,
    )
    return np.asarray(found, dtype=np.int8)
