"""What a step leaves beside its event: columns for lists and figures, the link of a merged clue, who was told.

Effects of the engine, in the step's own transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhihuan.bureau.matters.engine.acting import Acting, Said
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.taking import take
from zhihuan.bureau.matters.models import Matter, MatterLink, RunningClock
from zhihuan.lines.clues.forms import OBLIGATIONS
from zhihuan.lines.clues.informed import informants_of
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.procedure import TAKEN_IN
from zhihuan.lines.clues.rules import must_answer

__all__ = ["SAID", "keep_said"]

#: What the forms tell that is kept in columns.
SAID = (
    "source", "channel", "is_real_name", "found_at", "contradiction", "consequence", "tier", "branch", "finding",
)  # fmt: skip
_VERDICTS = {
    "accept": Clue.Verdict.TRUE,
    "innocent": Clue.Verdict.INNOCENT,
    "doubt": Clue.Verdict.UNSURE,
}
_OUTCOMES = {
    "innocent": Clue.Outcome.INNOCENT,
    "to_case": Clue.Outcome.CASE,
    "settle_proved": Clue.Outcome.PROVED,
    "educate": Clue.Outcome.EDUCATION,
    "transfer": Clue.Outcome.TRANSFER,
    "refute": Clue.Outcome.NOT_PROVED,
}


def keep_said(taken: Taken) -> None:
    """What was told goes into the columns of its clue; what a merger or an answer means for others is done."""
    clue = taken.matter
    if not isinstance(clue, Clue) or taken.step is None:
        return
    _keep(clue, _told(taken.step.code, taken))
    if taken.step.code == "merge":
        _link_merged(clue, taken)
    if taken.step.code == TAKEN_IN and taken.facts.said["waits"]:
        _keep(clue, {"asks_answer": True})
    if taken.step.code == "answer":
        informants_of(clue).filter(told_at__isnull=True).update(told_at=taken.event.at)


def _told(step: str, taken: Taken) -> dict[str, Any]:
    said: Mapping[str, Any] = taken.facts.said
    if step == TAKEN_IN:  # of the other clue, not of this one
        return {}
    told = {name: said[name] for name in SAID if name in said}
    if step in _VERDICTS:
        told |= {
            "verdict": _VERDICTS[step],
            "judged_at": taken.event.at,
            "judged_by": taken.acting.actor,
        }
    if step in _OUTCOMES:
        told["outcome"] = _OUTCOMES[step]
    if step == "send_back":
        told["branch"] = None
    if step in {"register", "log"}:
        told["asks_answer"] = must_answer(said["source"], said["channel"], said["is_real_name"])
        told["number"] = str(taken.event.documents.get(code="sheet").number)
    return told


def _keep(clue: Clue, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        setattr(clue, name, value)
    if told:
        Clue.objects.filter(pk=clue.pk).update(**told)


def _link_merged(clue: Clue, taken: Taken) -> None:
    """The link, by whoever merged: who may not look at the other clue is refused here. Whoever waited for an
    answer waits for that of the other one now, and what they were owed by a day is owed by that day there."""
    other = Matter.objects.get(pk=taken.facts.said["into"])
    link(clue, MatterLink.Kind.MERGED_INTO, other, taken.acting, version=clue.version)
    codes = [code for code, _title in OBLIGATIONS]
    ended = RunningClock.objects.filter(matter=clue.pk, ended=taken.event, code__in=codes)
    owed = list(ended.select_related("started").order_by("pk"))
    earlier = [row for row in owed if not _is_owed_there(other, row)]
    for row in earlier:
        _take_in(other, clue, taken, obligation=row.code, found_at=row.began_at)
    if clue.asks_answer and not earlier:
        _take_in(other, clue, taken)
    ended.update(outcome=RunningClock.Outcome.SUCCEEDED)


def _is_owed_there(other: Matter, row: RunningClock) -> bool:
    """Whether the other clue owes the same by the same day or sooner."""
    running = RunningClock.objects.filter(
        matter=other.pk, code=row.code, outcome=RunningClock.Outcome.RUNNING
    )
    return any(each.began_at <= row.began_at for each in running.select_related("started"))


def _take_in(other: Matter, clue: Clue, taken: Taken, **owed: Any) -> None:
    said = Said({"merged": clue.pk, "waits": clue.asks_answer, **owed})
    acting = Acting(None, taken.acting.address, at=taken.event.at)
    take(other, TAKEN_IN, acting, said, version=other.version)
