"""Old law and Code side by side, for an act from one day to another.

What governs: conduct under the Code alone, the Code; conduct that ended before it, the law of its time,
but the Code where it punishes less and the decision falls under it (§1057); conduct that lasted across
the day, the Code by §8(2) of the provincial rule, marked as to be confirmed, since the Code itself does
not say so. Which law is lighter is judged by the ranges of fines, and by whether the Code fines at all only under a
condition (拒不改正方罚, 可以罚); where ranges cross, where such a condition weighs against them, or measures other than
fines weigh in, it stays open and people decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from zhihuan.bureau.discretion.asked import Asked
from zhihuan.bureau.discretion.calculating import reckon
from zhihuan.bureau.discretion.case_type import case_type
from zhihuan.bureau.discretion.errors import AnswerRefusedError, TableRefusedError
from zhihuan.bureau.discretion.reckoning import Reckoning
from zhihuan.bureau.discretion.regulation import code
from zhihuan.bureau.discretion.span import Span

__all__ = ["Comparison", "Governs", "Lighter", "compare", "lighter_of", "with_condition"]

_LASTING = (
    "违法行为自旧法施行期间连续或者继续到法典施行之后，适用新法（粤环发〔2021〕7号第八条第二款）；"
    "追责期限从行为终了之日起计算（法典第一千零五十四条）"
)
_LASTING_DOUBT = (
    "待核实：法典对跨越施行日的连续、继续行为适用哪部法律没有明文；"
    "请先查明行为是否确属连续或者继续，能分开的分别适用行为时的法律"
)

#: In the list of case types: fined only then; may be fined.
_ONLY_THEN, _MAY = "方罚", "可以罚"


class Governs(StrEnum):
    """Which law the fine is fixed by."""

    OLD = "old"
    CODE = "code"
    OPEN = "open"


class Lighter(StrEnum):
    """Which range of fines is the lighter one."""

    OLD = "old"
    CODE = "code"
    SAME = "same"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both reckonings, or the reason why one could not be made; what governs, and why."""

    old: Reckoning | None
    new: Reckoning | None
    old_refusal: str
    new_refusal: str
    lighter: Lighter
    governs: Governs
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_values(self) -> Mapping[str, Any]:
        """Plain values."""
        return {
            "old": self.old.as_values() if self.old else None,
            "new": self.new.as_values() if self.new else None,
            "old_refusal": self.old_refusal,
            "new_refusal": self.new_refusal,
            "lighter": str(self.lighter),
            "governs": str(self.governs),
            "reasons": list(self.reasons),
            "warnings": list(self.warnings),
        }


def compare(
    old: Asked, new: Asked, *, began_on: date, ended_on: date, decided_on: date
) -> Comparison:
    """The two laws for one act. old asks a provincial table, new a case type of the Code; their days
    are set here from the act's.

    Raises AnswerRefusedError for days out of order, or an answer that a table does not know.
    """
    if not began_on <= ended_on <= decided_on:
        raise AnswerRefusedError("日期须依次为：行为开始、行为终了、作出决定")
    first = code().in_force_from
    last_old = first - timedelta(days=1)
    found_old, old_refusal = _tried(
        replace(old, act_on=min(ended_on, last_old), decided_on=decided_on)
    )
    found_new, new_refusal = _tried(replace(new, act_on=max(ended_on, first), decided_on=None))
    by_range = lighter_of(_span(found_old), _span(found_new))
    condition = _condition(found_new)
    lighter = with_condition(by_range, condition)
    governs, reasons, warnings = _governing(began_on, ended_on, decided_on, lighter)
    if lighter is not by_range and governs is Governs.OPEN:
        reasons[-1] = (
            f"法典对该行为“{condition}”，只看罚款幅度不能断定孰轻：条件未成就的，法典不处罚款或者可以不处罚款，处罚较轻"
        )
    return Comparison(
        found_old,
        found_new,
        old_refusal,
        new_refusal,
        lighter,
        governs,
        tuple(reasons),
        (*warnings, *_beside_fines(found_new, lighter)),
    )


def lighter_of(old: Span | None, new: Span | None) -> Lighter:
    """By maximum, then minimum; OPEN where a range is not known or the two cross."""
    if old is None or new is None or old.high is None or new.high is None:
        return Lighter.OPEN
    highs = (new.high > old.high) - (new.high < old.high)
    lows = ((new.low or 0) > (old.low or 0)) - ((new.low or 0) < (old.low or 0))
    if highs * lows < 0:
        return Lighter.OPEN
    return {-1: Lighter.CODE, 0: Lighter.SAME, 1: Lighter.OLD}[highs or lows]


def _condition(new: Reckoning | None) -> str:
    """What the Code wants before it fines, or that it merely may: "" where it fines outright."""
    if new is None:
        return ""
    act = case_type(new.case_id)
    if _ONLY_THEN in act.told:
        return act.told
    return _MAY if _MAY in act.measures else ""


def with_condition(lighter: Lighter, condition: str) -> Lighter:
    """A fine that may not come at all can be lighter than any: ranges that say otherwise decide nothing."""
    weighs = {Lighter.SAME, Lighter.OLD} if _ONLY_THEN in condition else {Lighter.SAME}
    return Lighter.OPEN if condition and lighter in weighs else lighter


def _tried(asked: Asked) -> tuple[Reckoning | None, str]:
    try:
        return reckon(asked), ""
    except TableRefusedError as error:
        return None, str(error)


def _span(reckoning: Reckoning | None) -> Span | None:
    return reckoning.statutory if reckoning else None


def _governing(
    began_on: date, ended_on: date, decided_on: date, lighter: Lighter
) -> tuple[Governs, list[str], list[str]]:
    first = code().in_force_from
    if began_on >= first:
        return Governs.CODE, ["违法行为全部发生在法典施行之后，适用法典"], []
    if ended_on >= first:
        return Governs.CODE, [_LASTING], [_LASTING_DOUBT]
    if decided_on < first:
        return Governs.OLD, ["行为与决定均在法典施行之前，适用行为时的法律"], []
    return _for_past_act(lighter)


def _for_past_act(lighter: Lighter) -> tuple[Governs, list[str], list[str]]:
    rule = "适用违法行为发生时的规定；作出决定时新的规定处罚较轻的，适用新的规定（法典第一千零五十七条）"
    if lighter is Lighter.CODE:
        return Governs.CODE, [rule, "法典的罚款幅度较轻，适用法典"], []
    if lighter is Lighter.OPEN:
        return (
            Governs.OPEN,
            [rule, "两法罚款幅度互有高低，或者有一方未能算出，不能由金额断定孰轻"],
            ["请由法制审核判断孰轻，并在文书中说明理由"],
        )
    told = "两法罚款幅度相同" if lighter is Lighter.SAME else "旧法的罚款幅度较轻"
    return Governs.OLD, [rule, f"{told}，适用行为时的法律"], []


def _beside_fines(new: Reckoning | None, lighter: Lighter) -> list[str]:
    """Detention and other measures are punishments too; the ranges do not see them."""
    if new is None or lighter is Lighter.OPEN:
        return []
    act = case_type(new.case_id)
    beside = "；".join(each for each in (act.measures, act.detention) if each)
    if not beside:
        return []
    return [f"孰轻只按罚款幅度判断；法典另有：{beside}，须一并考虑"]
