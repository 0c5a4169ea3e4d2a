"""Try again to raise the episodes that no line could take; each stands in a transaction of its own."""

from __future__ import annotations

from django.db import transaction

from zhihuan.bureau.exceedance.models import Episode, EpisodeEvent
from zhihuan.bureau.exceedance.rising import Raised, raise_each
from zhihuan.bureau.exceedance.telling import tell_raised

__all__ = ["retry"]

_PORTION = 200


def retry() -> int:
    """How many went up now. A portion a round: what cannot be for long does not keep data from being judged.
    Those last tried longest ago come first, so that any number that never can starve no other."""
    by_turn = Episode.objects.exclude(stuck="").order_by("tried_at", "pk")
    waiting = by_turn.values_list("pk", flat=True)
    return sum(_again(pk) for pk in list(waiting[:_PORTION]))


@transaction.atomic
def _again(pk: int) -> bool:
    locked = Episode.objects.select_for_update(skip_locked=True, of=("self",))
    rows = locked.select_related("point__site__enterprise", "point__town")
    episode = rows.exclude(stuck="").filter(pk=pk).first()
    if episode is None:
        return False
    risen, _stuck = raise_each([Raised(episode, None, _why(episode))])
    tell_raised(risen)
    return bool(risen)


def _why(episode: Episode) -> str:
    """Why it was to go up, as its course has it."""
    held = episode.events.filter(kind=EpisodeEvent.Kind.STUCK).order_by("pk").first()
    return held.words if held else ""
