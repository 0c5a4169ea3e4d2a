"""The port by which an episode becomes a clue: a business line says what it does with one.

    on_raised(open_clue)                  # once, from the line's AppConfig
    raise_up([Raised(episode, officer, "…")])   # somebody is there to be told why it cannot be
    raise_each([Raised(episode, None, "…")])    # nobody is: one that cannot be waits, the others go up

The bureau knows nothing of lines. A line that opens a matter says so with ``became``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.events.emitting import emit
from zhihuan.bureau.events.models import Event
from zhihuan.bureau.exceedance.actions import VIEW
from zhihuan.bureau.exceedance.event_kinds import EPISODE_RAISED
from zhihuan.bureau.exceedance.models import Episode, EpisodeEvent
from zhihuan.bureau.matters.models import Matter

__all__ = ["Raised", "became", "on_raised", "raise_each", "raise_up", "withdraw"]

_log = logging.getLogger("zhihuan.exceedance")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Raised:
    """An episode that goes up. by: the user who found it true, None for the platform. why: in words."""

    episode: Episode
    by: Any
    why: str


_takers: list[Callable[[Raised], None]] = []


def on_raised(take: Callable[[Raised], None]) -> None:
    """Have ``take`` called for each, in the transaction that raises it; what it raises undoes that."""
    if take not in _takers:
        _takers.append(take)


def withdraw(take: Callable[[Raised], None]) -> None:
    """Call it no more."""
    _takers.remove(take)


def raise_up(raised: Iterable[Raised]) -> None:
    """Tell the lines and write it down; the episodes are saved in stage RAISED already. Call it inside the
    transaction; what a line raises reaches the caller."""
    for each in raised:
        EpisodeEvent.objects.create(
            episode=each.episode, kind=EpisodeEvent.Kind.RAISED, actor=each.by, words=each.why
        )
        record("exceedance.raise", f"episode:{each.episode.pk}", actor=each.by, why=each.why)
        for take in _takers:
            take(each)
        emit(EPISODE_RAISED.code, lambda each=each: [_event(each)])  # type: ignore[misc]  # bound now


def raise_each(raised: Iterable[Raised]) -> tuple[list[Episode], list[Episode]]:
    """The same for the platform itself: those that went up, and those that no line could take. Each stands in
    a savepoint of its own; one that fails is logged, says why (``stuck``), and is tried again by ``retry``."""
    risen, stuck = [], []
    for each in raised:
        (risen if _went_up(each) else stuck).append(each.episode)
    return risen, stuck


def _went_up(raised: Raised) -> bool:
    episode = raised.episode
    try:
        with transaction.atomic():
            if episode.stuck:
                episode.stuck = ""
                episode.save(update_fields=["stuck"])
            raise_up([raised])
    except Exception as error:  # noqa: BLE001 - whatever a line raises; the other episodes must go up
        _log.exception("episode %s could not be raised", episode.pk)
        _hold(raised, f"{type(error).__name__}: {error}"[:_LONGEST])
        return False
    return True


def _hold(raised: Raised, reason: str) -> None:
    """It waits; the course says so once, and again when the reason is another."""
    episode = raised.episode
    known = Episode.objects.values_list("stuck", flat=True).get(pk=episode.pk)
    episode.stuck, episode.clue, episode.tried_at = reason, None, timezone.now()
    episode.save(update_fields=["stuck", "clue", "tried_at"])
    if known != reason:
        EpisodeEvent.objects.create(
            episode=episode,
            kind=EpisodeEvent.Kind.STUCK,
            words=raised.why,
            facts={"reason": reason},
        )


def became(episode: Episode, matter: Matter) -> None:
    """This matter came of it."""
    episode.clue = matter
    episode.save(update_fields=["clue"])


def _event(raised: Raised) -> Event:
    episode = raised.episode
    told = {
        "episode": episode.pk,
        "point": episode.point.code,
        "factor": episode.factor,
        "why": raised.why,
    }
    return Event(
        kind=EPISODE_RAISED.code,
        subject=f"exceedance.episode:{episode.pk}",
        permission=VIEW,
        model="exceedance.Episode",
        object_id=str(episode.pk),
        data=told,
    )
