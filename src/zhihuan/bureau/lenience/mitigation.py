"""What makes a penalty lighter or heavier, by the law in force when it is decided (§11, Code §1056).

It names grounds; by how much a fine falls below the statutory minimum (减轻) no rule here says.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhihuan.bureau.discretion.errors import AnswerRefusedError
from zhihuan.bureau.lenience.judgement import Judgement, Outcome, Reason
from zhihuan.bureau.lenience.packaged import values

__all__ = ["Circumstance", "Weight", "circumstances", "judge_circumstances"]


class Weight(StrEnum):
    """Which way a circumstance weighs."""

    LIGHTER = "lighter"
    HEAVIER = "heavier"


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A ground of law, with the days on which it holds; until None: nothing has ended it."""

    key: str
    text: str
    clause: str
    weight: Weight
    since: date
    until: date | None

    def in_force_on(self, day: date) -> bool:
        """Whether it holds on that day of Beijing."""
        return self.since <= day and (self.until is None or day <= self.until)


def circumstances(*, decided_on: date) -> tuple[Circumstance, ...]:
    """Those that hold on a day, in the order of the law; the lighter ones first."""
    found = (
        Circumstance(
            each["key"], each["text"], each["clause"], weight, each["from"], each.get("until")
        )
        for weight in Weight
        for each in values("mitigation")[str(weight)]
    )
    return tuple(each for each in found if each.in_force_on(decided_on))


def judge_circumstances(met: Collection[str], *, decided_on: date) -> Judgement:
    """Whether the penalty must be lighter or mitigated. met: keys of circumstances that are proved.

    Raises AnswerRefusedError for a key that holds no ground on that day.
    """
    known = {each.key: each for each in circumstances(decided_on=decided_on)}
    if strange := sorted(set(met) - set(known)):
        raise AnswerRefusedError(f"{decided_on}没有“{strange[0]}”这一情形，有：{'、'.join(known)}")
    proved = [each for key, each in known.items() if key in met]
    reasons = tuple(Reason(each.text, each.clause) for each in proved)
    sides = {each.weight for each in proved}
    if sides == set(Weight):
        return Judgement(Outcome.OPEN, "从轻与从重情形并存，须综合裁量并分别说明理由", reasons)
    if Weight.LIGHTER in sides:
        return Judgement(Outcome.YES, "应当从轻或者减轻处罚", reasons)
    words = "应当或者可以从重处罚" if sides else "没有从轻、减轻或者从重的情形"
    return Judgement(Outcome.NO, words, reasons)
