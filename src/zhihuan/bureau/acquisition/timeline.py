"""What devices did and were told, as happenings: events, orders, traffic that was refused."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.acquisition.models import DeviceCommand, QuarantinedFrame
from zhihuan.bureau.acquisition.reasons import reason_words
from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.timeline.device_rows import DeviceRows
from zhihuan.bureau.timeline.happening import DeviceStay, Happening, Place, Subject
from zhihuan.bureau.timeline.rows import key_of
from zhihuan.bureau.timeline.source import Source
from zhihuan.telemetry.ports import JournalEvent

_COMMAND, _EVENT, _QUARANTINE = "command", "event", "quarantine"
_TONES = {
    DeviceCommand.Status.DONE: "done",
    DeviceCommand.Status.FAILED: "danger",
    DeviceCommand.Status.EXPIRED: "warning",
    DeviceCommand.Status.CANCELLED: "void",
}
_EVENTS = {
    JournalEvent.ONLINE: (_("设备上线"), "done"),
    JournalEvent.OFFLINE: (_("设备离线"), "warning"),
    JournalEvent.AUTH_FAILED: (_("密码错误"), "danger"),
    JournalEvent.CLOCK_DRIFT: (_("时钟偏差"), "warning"),
    JournalEvent.CLOCK_STEADY: (_("时钟恢复"), "done"),
    JournalEvent.ERROR_RATE: (_("报文错误过多"), "warning"),
    JournalEvent.EVICTED: (_("连接被替换"), "ongoing"),
    JournalEvent.NUMBER_ASKED: (_("请求分配编号"), "ongoing"),
}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
#: Nothing was measured before [epoch ms].
_AGES = int(dt.datetime(2005, 1, 1, tzinfo=dt.UTC).timestamp()) * 1000
_NO_END = 1 << 62
_ORDERS = DeviceRows(_COMMAND, "device_id", "ordered_at")
_REFUSED = DeviceRows(_QUARANTINE, "mn", "received")
#: Events of one enterprise in one millisecond; more have never been told by anybody.
_MOST_AT_ONCE = 1_000


def commands(subject: Subject, place: Place | None, most: int) -> list[Happening]:
    """Orders to the devices while they stood there; one query."""
    rows = DeviceCommand.objects.select_related("ordered_by")
    found = _ORDERS.newest(rows, subject, place, most)
    return [
        Happening(
            at=each.ordered_at,
            source=_COMMAND,
            key=key_of(each.pk),
            title=f"CN {each.code} · {each.get_status_display()}",
            who=str(each.ordered_by or each.orderer),
            words=f"{each.mn} {each.reason}",
            tone=_TONES.get(DeviceCommand.Status(each.status), "ongoing"),
            link=("command", str(each.pk)),
        )
        for each in found
    ]


def quarantine(subject: Subject, place: Place | None, most: int) -> list[Happening]:
    """Traffic of the devices that was refused while they stood there; one query."""
    rows = QuarantinedFrame.objects.defer("raw")
    found = _REFUSED.newest(rows, subject, place, most)
    return [
        Happening(
            at=each.received,
            source=_QUARANTINE,
            key=key_of(each.pk),
            title=reason_words(each.reason).name,
            words=each.mn,  # how the bytes were wrong stands on its page
            tone="done" if each.replayed_at else "warning",
            link=("quarantine-item", str(each.pk)),
        )
        for each in found
    ]


def events(subject: Subject, place: Place | None, most: int) -> list[Happening]:
    """Events of the devices while they stood there: one question to the store, behind a place two."""
    until = _milliseconds(place.at if place is not None else timezone.now())
    older = _events_between(subject, (_AGES, until + (place is None)), most)
    if place is None:
        return older[:most]
    # of the very millisecond of the place some were shown and some were not
    same = _events_between(subject, (until, until + 1), _MOST_AT_ONCE)
    left = [each for each in same if place.is_open_to(_EVENT, each.at, each.key)]
    return (left + older)[:most]


def _events_between(subject: Subject, within: tuple[int, int], most: int) -> list[Happening]:
    """Newest first; ``within`` [epoch ms), cut to what each device stood there."""
    first, last = within
    spans = [
        (stay.mn, max(_milliseconds(stay.start), first), min(_end_of(stay), last))
        for stay in subject.stays
    ]
    if not (spans := [span for span in spans if span[1] < span[2]]):
        return []
    rows = the_store().events_within(spans, limit=most)
    columns = (rows.mn.tolist(), rows.time.tolist(), rows.event, rows.detail)
    found = [_event(*each) for each in zip(*columns, strict=True)]
    return sorted(found, key=lambda each: (each.at, each.key), reverse=True)


def _end_of(stay: DeviceStay) -> int:
    return _milliseconds(stay.end) if stay.end is not None else _NO_END


def _event(mn: str, at: int, event: str, detail: str) -> Happening:
    title, tone = _EVENTS.get(event, (event, "ongoing"))
    moment = _EPOCH + dt.timedelta(milliseconds=at)
    return Happening(moment, _EVENT, f"{mn} {event} {detail}", title, "", f"{mn} {detail}", tone)


def _milliseconds(moment: dt.datetime) -> int:
    return (moment - _EPOCH) // dt.timedelta(milliseconds=1)


SOURCES = (
    Source(_COMMAND, _("设备命令"), "acquisition.view_devicecommand", commands),
    Source(_EVENT, _("设备事件"), "registry.view_monitoringpoint", events),
    Source(_QUARANTINE, _("隔离报文"), "acquisition.view_quarantinedframe", quarantine),
)
