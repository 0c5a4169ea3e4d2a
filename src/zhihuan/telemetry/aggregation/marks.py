"""The mark of a period, from the marks of its members.

HJ 212-2017, annex C, notes to tables C.16, C.17 and C.18: sewage: one abnormal member makes the
period abnormal; flue gas: normal when 75 % or more of the members are, else D (instrument fault).
Systems the notes do not name: members with an abnormal mark are left out, and the period is
normal when any usable member remains.

The sewage note names no letter for "abnormal". We carry the commonest abnormal mark of the
members (alphabetically first among equals), cut to the four characters a mark may have, so a
person sees why.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.data_validity import MarkRule, MarkRuleKind
from zhihuan.telemetry.aggregation.grouping import Grouping

__all__ = ["NORMAL", "period_marks"]

NORMAL = "N"
Bools = NDArray[np.bool_]
Text = NDArray[np.str_]


def period_marks(
    rule: MarkRule, mark: Text, normal: Bools, usable: Bools, groups: Grouping
) -> Text:
    """The mark of each group ("N" when normal), text of at most four characters.

    mark, normal, usable: of the members, sorted as the grouping.
    """
    if rule.kind is MarkRuleKind.SHARE_OF_NORMAL:
        members = groups.sums(np.ones(len(normal), dtype=np.int64))
        # counts against the share without a division: 45 of 60 is exactly 0.75
        is_normal = groups.sums(normal.astype(np.int64)) >= rule.share * members
        return _marks(is_normal, rule.otherwise)
    if rule.kind is MarkRuleKind.ENOUGH_MEMBERS:
        return _marks(groups.sums(usable.astype(np.int64)) > 0, rule.otherwise)
    return _any_abnormal(rule, mark, normal, groups)


def _marks(is_normal: Bools, otherwise: str) -> Text:
    return np.where(is_normal, NORMAL, otherwise).astype("U4")


def _any_abnormal(rule: MarkRule, mark: Text, normal: Bools, groups: Grouping) -> Text:
    abnormal_count = groups.sums((~normal).astype(np.int64))
    result = _marks(abnormal_count == 0, rule.otherwise)
    for place in np.flatnonzero(abnormal_count):
        first = groups.first[place]
        last = groups.first[place + 1] if place + 1 < len(groups) else len(mark)
        result[place] = _commonest(mark[first:last][~normal[first:last]], rule.otherwise)
    return result


def _commonest(marks: Text, otherwise: str) -> str:
    letters, counts = np.unique(marks, return_counts=True)
    return str(letters[np.argmax(counts)]) or otherwise
