"""The periodic work of webhooks: share events out, deliver what is due, notice silences, forget."""

from __future__ import annotations

from django.utils import timezone

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.silences import notice_silences
from zhihuan.bureau.webhooks.delivering import deliver_due
from zhihuan.bureau.webhooks.keeping import forget_old
from zhihuan.bureau.webhooks.sharing import share_out
from zhihuan.telemetry.scheduler import PeriodicJob


def webhook_jobs() -> list[PeriodicJob]:
    """The rows of the scheduler's table."""
    return [
        PeriodicJob("webhooks", 5, deliver, title="推送事件"),
        PeriodicJob("silences", 300, _silences, title="发现失联与恢复的数采仪"),
        PeriodicJob("webhooks-old", 3600, _forget, title="删除过期的推送记录"),
    ]


@fresh_connection
def deliver() -> dict[str, object]:
    """One round: what happened is shared out, what is due is sent."""
    shared = share_out()
    delivered = deliver_due()
    return {"shared": shared, "delivered": delivered} if shared or delivered else {}


def _silences() -> dict[str, object]:
    silent, back = notice_silences()
    return {"silent": silent, "back": back} if silent or back else {}


@fresh_connection
def _forget() -> dict[str, object]:
    forgotten = forget_old(timezone.now())
    return {"forgotten": forgotten} if forgotten else {}
