"""When clocks move without a step (a calendar loaded late, a re-basing): what waits is put in its new order,
and people are told of new ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.inbox.audience import Audience, audience_of
from zhihuan.bureau.inbox.keeping import renew
from zhihuan.bureau.inbox.models import ClockWatch, Message
from zhihuan.bureau.inbox.telling import News, tell_all
from zhihuan.bureau.matters.models import Matter

__all__ = ["follow_moved_clocks"]

_PORTION = 500
_WORDS = _("期限由 %(before)s 调整为 %(day)s。")


def follow_moved_clocks(keys: Collection[int]) -> None:
    """An effect of the engine; a fixed number of queries a portion."""
    ordered = sorted(keys)
    for begin in range(0, len(ordered), _PORTION):
        _follow(ordered[begin : begin + _PORTION])


def _follow(keys: Sequence[int]) -> None:
    matters = list(Matter.objects.filter(pk__in=keys).select_related("party"))
    watched = ClockWatch.objects.filter(matter__in=keys).select_related("clock")
    audience = audience_of(matters)
    told = list(_told(matters, list(watched), audience))
    renew(matters)
    tell_all(told)


def _told(
    matters: Sequence[Matter], watched: Sequence[ClockWatch], audience: Audience
) -> Iterator[tuple[News, set[int]]]:
    """A message a clock whose last day is another than was watched for."""
    by_key = {each.pk: each for each in matters}
    for watch in watched:
        matter, day = by_key[watch.matter_id], watch.clock.last_day
        if day is None or day == watch.last_day or watch.clock.ended_id is not None:
            continue
        people = audience.responsible(matter)
        if watch.duty == ClockWatch.Duty.PARTY:
            people |= audience.party(matter)
        facts = {"before": watch.last_day.isoformat(), "day": day.isoformat()}
        yield News(Message.Kind.MOVED, _WORDS, matter_id=matter.pk, facts=facts), people
