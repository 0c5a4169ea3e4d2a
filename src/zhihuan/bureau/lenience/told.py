"""The rules on leniency as forms show them: which is in force on a day, what of it is not confirmed, what it says."""

from __future__ import annotations

from datetime import date

from zhihuan.bureau.discretion.errors import TableRefusedError
from zhihuan.bureau.discretion.money import share_words
from zhihuan.bureau.lenience.apology import ladders, shares
from zhihuan.bureau.lenience.judgement import Judgement
from zhihuan.bureau.lenience.observation import observation_rule
from zhihuan.bureau.lenience.packaged import values

__all__ = ["HOME", "apology_words", "judgement_words", "list_words", "observation_words"]

#: The city whose own rules are used, by its key in the packaged ones.
HOME = "zhongshan"
_UNCONFIRMED = "待核实"


def apology_words(on: date) -> str:
    """The rule on public apologies of a day, and the city's ladder within it."""
    given, ladder = values("apology"), ladders()[HOME]
    least, most = shares()
    told = [_in_force(given, on), f"从轻幅度{share_words(least)}至{share_words(most)}"]
    steps = "、".join(f"{share_words(share)}（{when}）" for share, when in ladder.steps)
    told.append(f"{ladder.city}阶梯：{steps or ladder.note}")
    return "；".join(told) + ("" if ladder.is_confirmed else f"（{_UNCONFIRMED}）")


def list_words(on: date) -> str:
    """The provincial list of minor violations, for conduct of a day."""
    return _in_force(values("no_penalty"), on)


def observation_words(on: date) -> str:
    """The city's observation scheme of a day, with what of it must be confirmed."""
    try:
        rule = observation_rule(HOME, on=on)
    except TableRefusedError as error:
        return str(error)
    days = f"{rule.days}日" if rule.days is not None else "未定"
    told = f"{rule.title}，自{rule.in_force_from}起施行；期限：{days}"
    doubts = "、".join(rule.unconfirmed)
    return f"{told}；{_UNCONFIRMED}：{doubts}（核对日期{rule.last_checked}）" if doubts else told


def judgement_words(found: Judgement) -> str:
    """Conclusion, reasons with their clauses, what is missing, what must be checked."""
    parts = [found.conclusion, *(f"{each.text}（{each.clause}）" for each in found.reasons)]
    parts += [f"尚缺：{each}" for each in found.missing]
    return "；".join((*parts, *found.warnings))


def _in_force(given: object, on: date) -> str:
    rule: dict[str, object] = dict(given)  # type: ignore[call-overload]
    first, last = rule["in_force_from"], rule["in_force_until"]
    days = f"{rule['title']}，{first}至{last}施行"
    return days if first <= on <= last else f"{days}，{on}不在施行期内"  # type: ignore[operator]
