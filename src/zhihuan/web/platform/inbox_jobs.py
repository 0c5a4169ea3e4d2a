"""The periodic work of the inbox: tell before clocks end, free what is forsaken, forget."""

from __future__ import annotations

from django.utils import timezone

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.inbox.certificates import tell_of_certificates
from zhihuan.bureau.inbox.claiming import free_forsaken
from zhihuan.bureau.inbox.escalating import escalate
from zhihuan.bureau.inbox.forgetting import forget_old
from zhihuan.bureau.inbox.moving_up import move_up
from zhihuan.telemetry.scheduler import PeriodicJob


def inbox_jobs(message_days: int) -> list[PeriodicJob]:
    """The rows of the scheduler's table. message_days: how long messages are kept."""

    @fresh_connection
    def forget() -> dict[str, object]:
        forgotten = forget_old(timezone.now(), message_days)
        return {"forgotten": forgotten} if forgotten else {}

    return [
        PeriodicJob("inbox-clocks", 60, _clocks, title="逐级提醒到期事项"),
        PeriodicJob("inbox-claims", 600, _claims, title="释放无人办理的领取"),
        PeriodicJob("inbox-certificates", 21_600, _certificates, title="提醒执法证到期"),
        PeriodicJob("inbox-old", 3600, forget, title="删除过期的消息"),
    ]


@fresh_connection
def _clocks() -> dict[str, object]:
    now = timezone.now()
    moved, told = move_up(now), escalate(now)
    return {"moved_up": moved, "told": told} if moved or told else {}


@fresh_connection
def _claims() -> dict[str, object]:
    freed = free_forsaken()
    return {"freed": freed} if freed else {}


@fresh_connection
def _certificates() -> dict[str, object]:
    told = tell_of_certificates(timezone.localdate())
    return {"told": told} if told else {}
