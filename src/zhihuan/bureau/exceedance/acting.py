"""What people do with an episode: explain it, tell the enterprise again, note, send it to the branch, verify.

    explain(episode.pk, user, "…")          by the enterprise
    verify(episode.pk, user, Outcome.TRUE, "…")
    verify(episode.pk, user, Outcome.TRUE, "…", manual=Considered(Answer.DEPARTED, "…"))

Each act is one transaction: the stage, an event, an entry of the audit trail, its messages. Whether
somebody may is asked by whoever offers the act; whether it can be done now is asked here (RefusedError).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.exceedance.manual.considering import Considered, consider
from zhihuan.bureau.exceedance.models import Episode, EpisodeEvent
from zhihuan.bureau.exceedance.refusals import RefusedError
from zhihuan.bureau.exceedance.rising import Raised, raise_up
from zhihuan.bureau.exceedance.rungs import verify_until
from zhihuan.bureau.exceedance.telling import tell_branch, tell_firms, tell_raised
from zhihuan.bureau.matters.engine.refusals import StepRefusedError

__all__ = ["dispatch", "explain", "note", "tell_again", "verify"]

_Event, _Stage, _Outcome = EpisodeEvent.Kind, Episode.Stage, Episode.Outcome
_VERIFIED = (_Outcome.TRUE, _Outcome.INNOCENT, _Outcome.FALSE_ALARM)


@transaction.atomic
def explain(pk: int, actor: Any, words: str, *, now: dt.datetime | None = None) -> Episode:
    """The enterprise says why; then the branch verifies. A warning and a raised episode take an explanation
    too, and stay where they are; a closed one does not."""
    row, at = _locked(pk), now or timezone.now()
    if row.stage == _Stage.CLOSED:
        raise RefusedError(_("该过程已了结，不需要说明。"))
    row.answered_at = row.answered_at or at
    if row.stage == _Stage.EXPLAINING:
        _to_branch(row, at)
    _write(row, actor, _Done(_Event.EXPLAINED, "exceedance.explain", words, at))
    return row


@transaction.atomic
def note(pk: int, actor: Any, words: str) -> Episode:
    """The bureau writes down what it knows (说明)."""
    row = _locked(pk)
    _write(row, actor, _Done(_Event.NOTED, "exceedance.note", words))
    return row


@transaction.atomic
def tell_again(pk: int, actor: Any, words: str) -> Episode:
    """Tell the enterprise (once more), and say how (by telephone, on the spot) where it has nobody here."""
    row = _locked(pk)
    reached = bool(tell_firms([row]))
    _write(row, actor, _Done(_Event.TOLD, "exceedance.tell", words), reached=reached)
    return row


@transaction.atomic
def dispatch(pk: int, actor: Any, words: str, *, now: dt.datetime | None = None) -> Episode:
    """Send it to the branch now (派单), whatever the enterprise says."""
    row, at = _locked(pk), now or timezone.now()
    if row.stage not in (_Stage.WARNED, _Stage.EXPLAINING):
        raise RefusedError(
            _("只有待企业说明的超标和预警可以派单；该过程已在核实、已转线索或已了结。")
        )
    _to_branch(row, at)
    _write(row, actor, _Done(_Event.DISPATCHED, "exceedance.dispatch", words, at))
    return row


@transaction.atomic
def verify(  # noqa: PLR0913 - what was found, and what was made of manual data
    pk: int,
    actor: Any,
    outcome: str,
    words: str,
    *,
    manual: Considered | None = None,
    now: dt.datetime | None = None,
) -> Episode:
    """What the branch found, with its reason. True: raised as a clue; else closed. A false alarm (误报) may be
    said before the enterprise has answered; a raised one is answered for in its clue. manual: what was made of manual
    monitoring of the same time, None where none is known (``manual.considering``)."""
    row, at = _locked(pk), now or timezone.now()
    if outcome not in _VERIFIED:
        raise RefusedError(_("核实结果应为：属实、有正当原因、误报。"))
    if row.stage in (_Stage.RAISED, _Stage.CLOSED):
        raise RefusedError(_("该过程已转线索或已了结，不能再核实。"))
    if not words.strip():
        raise RefusedError(_("请填写核实情况和理由。"))
    considered = consider(row, outcome, manual or Considered())
    is_true = outcome == _Outcome.TRUE
    row.stage, row.outcome, row.due_at = (
        _Stage.RAISED if is_true else _Stage.CLOSED, outcome, None,
    )  # fmt: skip
    done = _Done(_Event.VERIFIED, "exceedance.verify", words, at, {"manual": considered})
    _write(row, actor, done, outcome=str(outcome), manual_data=considered["answer"])
    if is_true:
        _raise(Raised(row, actor, words))
        tell_raised([row])
    return row


def _raise(raised: Raised) -> None:
    """Somebody is there who is told why it cannot be, and may try again."""
    try:
        raise_up([raised])
    except StepRefusedError as error:
        raise RefusedError(_("未能转为线索：%(why)s") % {"why": error.words}) from error


def _to_branch(row: Episode, at: dt.datetime) -> None:
    row.stage, row.due_at = _Stage.VERIFYING, verify_until(at)
    tell_branch([row])


def _locked(pk: int) -> Episode:
    rows = Episode.objects.select_for_update(of=("self",))
    return rows.select_related("point__site__enterprise", "point__town").get(pk=pk)


@dataclass(frozen=True, slots=True)
class _Done:
    """An act for the course and for the trail. at: None for now. facts: for the course alone."""

    kind: str
    action: str
    words: str
    at: dt.datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def _write(row: Episode, actor: Any, done: _Done, **facts: object) -> None:
    row.save()
    EpisodeEvent.objects.create(
        episode=row,
        kind=done.kind,
        actor=actor,
        words=done.words[:2000],
        facts={**facts, **done.facts},
        at=done.at or timezone.now(),
    )
    record(done.action, f"episode:{row.pk}", actor=actor, words=done.words[:200], **facts)
