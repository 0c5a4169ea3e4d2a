"""Public apology and promise: whether it applies, and what it leaves of the fine.

30 to 50 % less, never below the statutory minimum, and not for eleven kinds of case. The share is
reasoned by people; a city's ladder helps where it is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhihuan.bureau.discretion.errors import AnswerRefusedError
from zhihuan.bureau.discretion.money import in_yuan, share_words, sum_words, to_fen
from zhihuan.bureau.lenience.judgement import Judgement, Outcome, Reason
from zhihuan.bureau.lenience.packaged import rows, values

__all__ = [
    "DUTIES",
    "Ladder",
    "Reduced",
    "exclusions",
    "judge_apology",
    "ladders",
    "reduce_fine",
    "shares",
]

_CLAUSE = "粤环发〔2021〕7号第十四条"
#: What the party must have done, by key.
DUTIES = {
    "applied": "已向生态环境主管部门提出公开道歉申请",
    "apologised": "已在地市级以上主要媒体或者网站公开道歉",
    "promised": "已作出生态环境守法承诺",
    "corrected": "已在处罚决定作出前改正",
}


@dataclass(frozen=True, slots=True)
class Ladder:
    """A city's ladder: (share, when) from the least; () where it is not known."""

    city: str
    steps: tuple[tuple[Fraction, str], ...]
    note: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Reduced:
    """What the apology leaves: the fine in yuan, its sentences, what to check."""

    amount: Decimal
    steps: tuple[str, ...]
    warnings: tuple[str, ...]


def exclusions() -> tuple[str, ...]:
    """The eleven kinds of case, in the order of the rule."""
    return tuple(row["exclusion"] for row in rows("apology_exclusions_gd2022"))


def ladders() -> Mapping[str, Ladder]:
    """Cities' ladders by key."""
    return {key: _ladder(given) for key, given in values("apology")["ladders"].items()}


def shares() -> tuple[Fraction, Fraction]:
    """The least and the most that may be taken off."""
    given = values("apology")
    return _share(given["least"]), _share(given["most"])


def judge_apology(
    duties: Mapping[str, bool], *, excluded: Sequence[int] | None, decided_on: date
) -> Judgement:
    """Whether the fine may be reduced. duties: by key of ``DUTIES``; one left out is not known.
    excluded: numbers (from 1) of the exclusions that are met, () for none, None: not looked at yet.

    Raises AnswerRefusedError for a duty or an exclusion that the rule does not have.
    """
    _check(duties, excluded or ())
    given = values("apology")
    if not given["in_force_from"] <= decided_on <= given["in_force_until"]:
        days = f"{given['in_force_from']}至{given['in_force_until']}施行"
        return Judgement(
            Outcome.NO, f"{decided_on}没有施行中的公开道歉承诺制度", (Reason(days, _CLAUSE),)
        )
    if excluded:
        met = tuple(Reason(exclusions()[number - 1], _CLAUSE) for number in excluded)
        return Judgement(Outcome.NO, "属于不适用公开道歉承诺从轻制度的情形", met)
    known = {key: duties.get(key) for key in DUTIES}
    lacking = tuple(DUTIES[name] for name, done in known.items() if done is False)
    if lacking:
        reasons = tuple(Reason(f"不符合：{each}", _CLAUSE) for each in lacking)
        return Judgement(Outcome.NO, "不符合公开道歉承诺的条件", reasons)
    missing = tuple(DUTIES[name] for name, done in known.items() if done is None)
    if excluded is None:
        missing = ("是否属于十一种不适用情形", *missing)
    if missing:
        return Judgement(Outcome.OPEN, "尚不能判断是否适用公开道歉承诺", (), missing)
    reasons = tuple(Reason(each, _CLAUSE) for each in DUTIES.values())
    return Judgement(Outcome.YES, "可以按罚款标准的30%—50%降低处罚", reasons)


def reduce_fine(
    fine: Decimal, share: Fraction, *, least_fine: Decimal | None, city: str = ""
) -> Reduced:
    """The fine after a reduction by ``share``. least_fine: the statutory minimum in yuan, None: not known.

    Raises AnswerRefusedError for a share beyond 30 to 50 %, or no step of the city's known ladder.
    """
    least, most = shares()
    if not least <= share <= most:
        raise AnswerRefusedError(f"降低幅度须在{share_words(least)}到{share_words(most)}之间")
    warnings = list(_ladder_check(share, city)) if city else []
    exact = in_yuan(fine) * (1 - share)
    steps = [
        f"公开道歉承诺：{sum_words(fine)} × (1 - {share_words(share)}) = {sum_words(exact)}（{_CLAUSE}）"
    ]
    if least_fine is None:
        warnings.append("法定最低罚款额不明，请核对降低后是否低于法定最低额")
    elif exact < in_yuan(least_fine):
        steps.append(f"低于法定最低罚款额，按{sum_words(least_fine)}处罚（{_CLAUSE}）")
        exact = in_yuan(least_fine)
    return Reduced(to_fen(exact), tuple(steps), tuple(warnings))


def _check(duties: Mapping[str, bool], excluded: Sequence[int]) -> None:
    if strange := sorted(set(duties) - set(DUTIES)):
        raise AnswerRefusedError(f"没有“{strange[0]}”这一条件，有：{'、'.join(DUTIES)}")
    if any(not 1 <= number <= len(exclusions()) for number in excluded):
        raise AnswerRefusedError(f"不适用情形的编号是1到{len(exclusions())}")


def _ladder_check(share: Fraction, city: str) -> list[str]:
    ladder = ladders().get(city)
    if ladder is None:
        raise AnswerRefusedError(f"没有登记“{city}”的公开道歉阶梯，有：{'、'.join(ladders())}")
    if not ladder.steps:
        return [f"待核实：{ladder.city}的公开道歉阶梯（{ladder.note}），降低幅度请另行说明理由"]
    if share not in {step for step, _when in ladder.steps}:
        told = "、".join(f"{share_words(step)}（{when}）" for step, when in ladder.steps)
        raise AnswerRefusedError(f"{ladder.city}的阶梯是：{told}")
    return [] if ladder.is_confirmed else [f"待核实：{ladder.city}的公开道歉阶梯（{ladder.note}）"]


def _ladder(given: Mapping[str, object]) -> Ladder:
    steps = given["steps"] or ()
    return Ladder(
        city=str(given["city"]),
        steps=tuple((_share(each["share"]), each["when"]) for each in steps),  # type: ignore[attr-defined]
        note=str(given["note"]),
        is_confirmed=given["confidence"] == "official",
    )


def _share(text: str) -> Fraction:
    return Fraction(text.removesuffix("%")) / 100
