"""Requests for history as orders in the command outbox, and orders read back as requests.

The order's text is made by the typed commands of ``hj212`` in the device's own edition, so what is
kept is what travels. It refuses devices whose encrypted or unknown profile it cannot write for:
they raise, they are not skipped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Protocol

from zhihuan.hj212.codes import Edition
from zhihuan.hj212.commands import AskDayData, AskHourData, AskMinuteData, AskPowerData
from zhihuan.telemetry.backfill import HistoryRequest, Outcome, PastRequest
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.ports import OrderedCommand, RegisteredDevice

__all__ = ["ORDERED_BY", "OrderBook", "PlacedOrder", "order_of", "past_request"]

ORDERED_BY = "系统（自动补传）"
BEIJING = timezone(timedelta(hours=8))
EXPIRES_AFTER = timedelta(hours=1)

_COMMANDS = {
    Kind.MINUTE: ("2051", AskMinuteData),
    Kind.HOUR: ("2061", AskHourData),
    Kind.DAY: ("2031", AskDayData),
    Kind.REALTIME: ("2011", AskPowerData),
}
_KINDS = {cn: kind for kind, (cn, _) in _COMMANDS.items()}
_NAMES = {Kind.MINUTE: "分钟", Kind.HOUR: "小时", Kind.DAY: "日", Kind.REALTIME: "实时"}
_SPAN = re.compile(r"BeginTime=(\d{14})[;,]EndTime=(\d{14})")


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """An automatic order as the outbox remembers it. placed, finished: aware; finished None while
    it is open. done: the exchange succeeded. exe_rtn: the device's ExeRtn, None when it sent none.
    """

    mn: str
    cn: str
    cp: str
    placed: datetime
    finished: datetime | None = None
    done: bool = False
    exe_rtn: int | None = None


class OrderBook(Protocol):
    """Where automatic orders are placed and remembered."""

    def place(self, orders: Sequence[OrderedCommand]) -> None:
        """Put orders into the outbox. Their ``id`` may be replaced by the outbox's own."""
        ...

    def placed(self, ordered_by: str, since: datetime) -> Sequence[PlacedOrder]:
        """The orders of this orderer placed since an aware moment, open ones included."""
        ...


def order_of(request: HistoryRequest, device: RegisteredDevice, now: datetime) -> OrderedCommand:
    """The order that asks ``device`` for the request's span, in its edition's own form.

    now: aware. The reason is Chinese, for the officer who looks at the device's commands.
    Source: HJ 212-2017, C.20–C.22; 2005 and 2025 forms as in ``hj212.commands``.
    """
    cn, body = _COMMANDS[request.kind]
    begin, end = (datetime.fromtimestamp(at, BEIJING) for at in (request.begin, request.end))
    version, surface_water = device.profile.version, device.profile.surface_water
    edition = (
        Edition.HJ2017
        if version is None and not surface_water
        else Edition.of(version or 0, surface_water=surface_water)
    )
    return OrderedCommand(
        id=f"backfill-{request.mn}-{cn}-{request.begin}-{request.end}-{int(now.timestamp())}",
        mn=request.mn,
        cn=cn,
        cp=body(begin=begin, end=end).to_cp(edition),
        st=device.system_type,
        ordered_by=ORDERED_BY,
        reason=(
            f"自动补传：{begin:%Y-%m-%d %H:%M} 至 {end:%Y-%m-%d %H:%M} 的"
            f"{_NAMES[request.kind]}数据缺 {request.missing} 条"
        ),
        expires=now + EXPIRES_AFTER,
    )


def past_request(order: PlacedOrder) -> PastRequest | None:
    """The request behind an order; None when it is not one for history of a span."""
    span = _SPAN.search(order.cp)
    if order.cn not in _KINDS or span is None:
        return None
    begin, end = (_epoch(text) for text in span.groups())
    return PastRequest(
        mn=order.mn,
        kind=_KINDS[order.cn],
        begin=begin,
        end=end,
        placed=int(order.placed.timestamp()),
        outcome=_outcome(order),
        finished=int(order.finished.timestamp()) if order.finished else 0,
    )


def orders_of(
    requests: Sequence[HistoryRequest], devices: Mapping[str, RegisteredDevice], now: datetime
) -> list[OrderedCommand]:
    """Orders for requests of registered devices."""
    return [order_of(request, devices[request.mn], now) for request in requests]


def _epoch(digits: str) -> int:
    moment = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=BEIJING)
    return int(moment.timestamp())


def _outcome(order: PlacedOrder) -> Outcome:
    """ExeRtn 100 is "no data" (HJ 212-2017, table 6), whatever the exchange made of it."""
    if order.finished is None:
        return Outcome.OPEN
    if order.exe_rtn == 100:
        return Outcome.NO_DATA
    return Outcome.ANSWERED if order.done else Outcome.FAILED
