"""Vehicles that exceed again: the same item in consecutive valid tests within some months.

    >>> import numpy as np
    >>> days = np.array(["2026-01-10", "2026-03-02", "2026-07-10"], dtype="datetime64[D]")
    >>> found = repeated([7, 7, 7], days, [1, 0, 1])
    >>> found.nonconforming.tolist()
    [False, False, False]
    >>> repeated([7, 7, 7], days, [1, -1, 1]).nonconforming.tolist()  # -1: not a valid test
    [False, False, True]

Consecutive means that no valid test without an exceedance lies between. Months are calendar
months: 31 August + 6 months is the last day of February. It refuses to join records of different
items: call it once an item.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.emission.verdict import Verdict
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["RepeatJudgement", "months_later", "repeated"]

_RULE = "mobile/repeat"
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class RepeatJudgement:
    """Arrays (records,), in the order given. nonconforming: with this record the vehicle fails.
    run: how many consecutive exceedances end here (0 where the record does not exceed). earlier:
    the record in which the deciding run begins, -1 where nothing is decided.
    """

    nonconforming: NDArray[np.bool_]
    run: Places
    earlier: Places
    days: Days
    edition: str | None

    def derivation(self, index: int) -> Derivation:
        """Why the record at ``index`` does, or does not, make its vehicle fail."""
        day, edition = self.days[index], self._edition(index)
        times, months = edition.table["times"], edition.table["months"]
        fails = bool(self.nonconforming[index])
        first = self.days[self.earlier[index]] if fails else None
        facts = [Fact("检测日期", str(day)), Fact("连续超标次数", str(int(self.run[index])), "次")]
        if first is not None:
            facts.append(Fact("起算的超标检测", str(first)))
        how = f"同一项目连续 {times} 次及以上有效检测超标，且在 {months} 个自然月内"
        return Derivation(
            title="遥感检测结果判定",
            conclusion="不合格" if fails else "本次记录不构成不合格",
            basis=(Basis.of(edition, decides="连续超标的次数与期限",
                            forced=self.edition is not None),),
            facts=tuple(facts),
            steps=(Step("判定", how, "符合" if fails else "不符合", deciding=True),),
            cautions=("判定前须核对各次记录的图像、车牌与设备状态。",),
        )  # fmt: skip

    def _edition(self, index: int) -> Edition:
        rule = parameter(_RULE)
        day = self.days[index].astype(object)
        return rule.on(day) if self.edition is None else rule.named(self.edition)


def repeated(
    vehicle: ArrayLike,
    on: When,
    verdict: ArrayLike,
    *,
    order: ArrayLike | None = None,
    edition: str | None = None,
) -> RepeatJudgement:
    """Which records complete the run of exceedances that makes a vehicle fail.

    vehicle: an identity per record (records,), e.g. the number of plate and fuel; on: its day;
    verdict: of one item, ``Verdict`` (UNJUDGED records are no tests and break nothing).
    order: what sorts records of one vehicle (e.g. epoch seconds); None sorts by the day, then by
    the order given. Raises OutsideEditionsError.
    Source: HJ 845-2017: two or more consecutive valid tests, same item, six calendar months
    (unconfirmed).
    """
    days = as_days(on)
    identity = np.unique(np.asarray(vehicle), return_inverse=True)[1].reshape(-1)
    days = np.broadcast_to(days, identity.shape)
    outcome = np.broadcast_to(np.asarray(verdict, dtype=np.int8), identity.shape)
    tests = np.flatnonzero(outcome != Verdict.UNJUDGED)
    key = days.astype(np.int64) if order is None else np.asarray(order)
    tests = tests[np.lexsort((tests, key[tests], identity[tests]))]
    length = _run_lengths(identity[tests], outcome[tests] == Verdict.EXCEEDS)
    run = np.zeros(identity.shape, dtype=np.intp)
    run[tests] = length
    earlier = np.full(identity.shape, -1, dtype=np.intp)
    for span in spans_in_force(parameter(_RULE), days, edition=edition):
        times, months = (int(str(span.edition.table[key])) for key in ("times", "months"))
        begin = np.maximum(np.arange(len(tests)) - (times - 1), 0)
        first = tests[begin]
        fails = (length >= times) & (days[tests] <= months_later(days[first], months))
        fails &= span.where[tests]
        earlier[tests[fails]] = first[fails]
    return RepeatJudgement(earlier >= 0, run, earlier, days, edition)


def months_later(days: Days, months: int) -> Days:
    """The corresponding day so many calendar months later; the month's last where there is none."""
    month = days.astype("datetime64[M]")
    day = (days - month.astype("datetime64[D]")).astype(np.int64)
    target = month + months
    last = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    return np.asarray(target.astype("datetime64[D]") + np.minimum(day, last - 1))


def _run_lengths(identity: Places, exceeds: NDArray[np.bool_]) -> Places:
    """How many exceedances in a row end at each test, within its vehicle."""
    places = np.arange(len(identity))
    new = np.diff(identity, prepend=-1) != 0
    stop = np.where(~exceeds, places, np.where(new, places - 1, -1))
    since = np.maximum.accumulate(stop) if len(stop) else stop
    return np.where(exceeds, places - since, 0)
