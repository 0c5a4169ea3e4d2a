"""An effect of the engine: what a step was told goes into the columns of its case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.remedies.course import CONTEST_OVER
from zhihuan.lines.enforcement.found import go_on_with_it
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.money import payment_of
from zhihuan.lines.enforcement.rules.citations import is_new_law
from zhihuan.lines.enforcement.rules.periods import last_day

__all__ = ["keep_said"]

#: What forms tell under the name of the column that keeps it.
_SAID = (
    "source", "found_on", "act_from", "act_until", "has_harm", "is_person", "case_type", "proposed_fine",
    "proposed_gains", "is_weighty", "must_discuss", "notified_fine", "notified_gains", "apology_rate", "ending",
)  # fmt: skip
_DECISIONS = {"decide": "decision", "punish": "decision", "decide_nothing": "no_penalty_decision"}


def keep_said(taken: Taken) -> None:
    """Columns hold what was said last; steps of other lines are not ours."""
    case = taken.matter
    if not isinstance(case, PenaltyCase) or taken.step is None:
        return
    said = taken.facts.said
    columns = {each.name for each in case._meta.concrete_fields}
    if taken.step.code == "register":
        go_on_with_it(case)
    told: dict[str, Any] = {name: said[name] for name in _SAID if name in said and name in columns}
    told |= _of_step(taken, case, said)
    for name, value in told.items():
        setattr(case, name, value)
    if told:
        type(case)._base_manager.filter(pk=case.pk).update(**told)


def _of_step(taken: Taken, case: PenaltyCase, said: Any) -> dict[str, Any]:
    code, day = taken.event.step, beijing_day(taken.event.at)
    if code in _DECISIONS:
        served = _served({"served_on": day}) if code == "punish" else {}  # handed over on the spot
        return {**_decided(taken, said, _DECISIONS[code]), **served}
    if code == "take_over":
        return _taken_over(said)
    if code in {"pay_part", "pay_instalment", "pay_all"}:
        paid = payment_of(said)
        return {
            "paid": (case.paid or Decimal(0)) + paid.amount,
            "gains_paid": (case.gains_paid or Decimal(0)) + paid.gains,
        }
    if code in CONTEST_OVER:
        return {"contested": False, "overturned": code == "overturned", **_sums_of(said)}
    return {
        "report": {"discretion_case": str((said.get("reckoning") or {}).get("case_id", ""))[:20]},
        "file": {"filed_on": day},
        "notify": {"hearing_told": False, "apology_rate": None},
        "notify_hearing": {"hearing_told": True, "apology_rate": None},
        "hold_hearing": {"hearing_held": True},
        "decision_served": _served(said),
        "decision_served_no_fine": {"served_on": said.get("served_on")},
        "nothing_served": {"served_on": said.get("served_on")},
        "defer": {"deferred_until": _last_part(said)},
        "contest": {"contested": True},
    }.get(code, {})


def _decided(taken: Taken, said: Any, document: str) -> dict[str, Any]:
    made = taken.event.documents.get(code=document)
    return {
        "decided_on": beijing_day(taken.event.at),
        "number": str(made.number or ""),
        "is_new_law": is_new_law(said.get("law_penalty", "")),
        **_sums_of(said),
    }


def _taken_over(said: Any) -> dict[str, Any]:
    """A decision that was made and served elsewhere."""
    told = {name: said[name] for name in ("number", "decided_on")}
    return {**told, **_sums_of(said), **_served(said), "case_type": "按日连续处罚"}


def _sums_of(said: Any) -> dict[str, Any]:
    """A ruling that says nothing of what is confiscated leaves it as it was."""
    fine = {"fine": said["fine"]} if "fine" in said else {}
    return fine if said.get("gains") is None else {**fine, "gains": said["gains"]}


def _served(said: Any) -> dict[str, Any]:
    day = said.get("served_on")
    if day is None:
        return {}
    return {"served_on": day, "pay_by": last_day("E10", day, the_calendar())}


def _last_part(said: Any) -> date | None:
    return max((date.fromisoformat(each["by"]) for each in said.get("plan", ())), default=None)
