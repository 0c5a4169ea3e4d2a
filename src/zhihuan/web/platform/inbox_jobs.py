"""The periodic work of the inbox: tell before clocks end, free what is forsaken, forget."""

from __future__ import annotations

from django.utils import timezone

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.inbox.certificates import tell_of_certificates
from zhihuan.bureau.inbox.claiming import free_forsaken
from zhihuan.bureau.inbox.escalating import escalate
from zhihuan.bureau.inbox.forgetting import forget_old
from zhihuan.bureau.inbox.moving_up import move_up
from zhihuan.bureau.inbox.renewing import renew_noted
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


#: [s]; a platform that stops waits no longer for it, and whoever writes gets through between two portions.
_AT_A_TIME, _REST = 5.0, 0.1


def renewal_job() -> PeriodicJob:
    """To-dos of declarations that changed. Every process may do it, not only the one whose turn it is: that one may
    be of the version before, which would make them otherwise."""
    return PeriodicJob("inbox-renewal", _AT_A_TIME, _renewal, title="按新的程序声明重做待办")


@fresh_connection
def _renewal() -> dict[str, object]:
    renewed = renew_noted(_AT_A_TIME, _REST)
    return {"renewed": renewed} if renewed else {}


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
