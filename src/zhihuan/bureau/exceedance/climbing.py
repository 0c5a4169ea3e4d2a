"""What the ladder's clocks do: an end of the time to explain sends an episode to the branch; what the branch lets pass
is told.

Silence is written down only of an enterprise that was told and did not answer: the course may become evidence.

A portion at a time, each in one transaction; doing it again changes nothing.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from zhihuan.bureau.exceedance.models import Episode, EpisodeEvent
from zhihuan.bureau.exceedance.rungs import verify_until
from zhihuan.bureau.exceedance.telling import tell_branch, tell_heads

__all__ = ["climb"]

_PORTION = 200


def climb(now: dt.datetime) -> dict[str, int]:
    """How many enterprises were silent, and how many branches late, at ``now`` (aware). Periodic."""
    done = {"silent": 0, "overdue": 0}
    while (portion := _portion(now)) is not None:
        for name, count in portion.items():
            done[name] += count
    return done


@transaction.atomic
def _portion(now: dt.datetime) -> dict[str, int] | None:
    """None: nothing is due."""
    due = Episode.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    locked = due.select_for_update(skip_locked=True, of=("self",))
    rows = list(locked.select_related("point__site", "point__town")[:_PORTION])
    if not rows:
        return None
    silent = [each for each in rows if each.stage == Episode.Stage.EXPLAINING]
    late = [each for each in rows if each.stage != Episode.Stage.EXPLAINING]
    _to_branch(silent, now)
    _let_pass(late, now)
    return {"silent": len(silent), "overdue": len(late)}


def _to_branch(rows: list[Episode], now: dt.datetime) -> None:
    for row in rows:
        row.stage, row.due_at = Episode.Stage.VERIFYING, verify_until(now)
    Episode.objects.bulk_update(rows, ["stage", "due_at"])
    told = _told(rows)
    for row in rows:
        if row.answered_at is not None:
            _note([row], EpisodeEvent.Kind.DISPATCHED, now, _("企业已答复，时限届满，转分局核实。"))
        elif row.pk not in told:
            _note(
                [row],
                EpisodeEvent.Kind.DISPATCHED,
                now,
                _("企业尚未被告知，时限届满，转分局核实。"),
            )
        else:
            _note([row], EpisodeEvent.Kind.SILENT, now)
    if rows:
        tell_branch(rows)


def _told(rows: list[Episode]) -> set[int]:
    """Those whose enterprise was reached: by a message, or by somebody who wrote down how."""
    events = EpisodeEvent.objects.filter(episode__in=rows, kind=EpisodeEvent.Kind.TOLD).order_by()
    found = events.values_list("episode_id", "actor_id", "facts")
    return {pk for pk, actor, facts in found if actor is not None or facts.get("reached")}


def _let_pass(rows: list[Episode], now: dt.datetime) -> None:
    """Told once: from then on no clock runs, and the event shows that it is late."""
    for row in rows:
        row.due_at = None
    Episode.objects.bulk_update(rows, ["due_at"])
    _note(rows, EpisodeEvent.Kind.OVERDUE, now)
    if rows:
        tell_heads(rows)


def _note(rows: list[Episode], kind: str, now: dt.datetime, words: object = "") -> None:
    EpisodeEvent.objects.bulk_create(
        [EpisodeEvent(episode=row, kind=kind, at=now, words=str(words)) for row in rows]
    )
