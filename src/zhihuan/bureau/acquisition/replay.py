"""Replay quarantined traffic: read the same bytes again, under the device's present registration.

What was refused because the registration was missing or wrong becomes data once it is mended. The
frame keeps the moment it was first received; its rows count as received now, so that statistics
notice them, but replace nothing a later frame has said. Replaying twice adds nothing: rows and frames
have keys. It refuses what the registration still does not admit, and says why; the bytes stay.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.acquisition.directory import registered_device
from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.acquisition.reasons import reason_words
from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.audit.record import record
from zhihuan.hj212.decoder import read_again
from zhihuan.hj212.errors import DecodeError
from zhihuan.hj212.message import Message
from zhihuan.telemetry.digest import sm3
from zhihuan.telemetry.intake import DeviceIntake, ValueFault
from zhihuan.telemetry.ports import RegisteredDevice
from zhihuan.telemetry.precedence import give_precedence
from zhihuan.telemetry.rows import Batch
from zhihuan.telemetry.store import StoreError


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the bytes became data, and in words what came of it."""

    taken: bool
    words: str
    rows: int = 0


def replay(frame: QuarantinedFrame, user: Any, address: str = "") -> Outcome:
    """Try ``frame`` again and keep the outcome with it."""
    outcome = _attempt(frame)
    with transaction.atomic():
        frame.replay_outcome = outcome.words[:300]
        if outcome.taken:
            frame.replayed_at, frame.replayed_by = timezone.now(), user
        frame.save(update_fields=["replay_outcome", "replayed_at", "replayed_by"])
        record(
            "quarantine.replay",
            f"quarantine:{frame.pk}",
            actor=user,
            address=address,
            taken=outcome.taken,
            outcome=outcome.words,
        )
    return outcome


def _attempt(frame: QuarantinedFrame) -> Outcome:
    device = registered_device(frame.mn) if frame.mn else None
    if device is None:
        return Outcome(taken=False, words=_("设备未登记"))
    if not device.enabled:
        return Outcome(taken=False, words=_("设备已停用"))
    events = read_again(bytes(frame.raw), device.profile)
    refusal = next(filter(None, (_refusal(event, device) for event in events)), None)
    if refusal or not events:
        return Outcome(taken=False, words=refusal or _("报文中没有可读的内容"))
    return _stored([event for event in events if isinstance(event, Message)], device, frame)


def _refusal(event: Message | DecodeError, device: RegisteredDevice) -> str:
    """Why this is still not admitted; "" when it is."""
    if isinstance(event, DecodeError):
        return f"{reason_words(event.reason.value).name}：{event.detail}"
    if event.mn != device.mn:
        return _("报文的设备编号 %(mn)s 与隔离记录不符") % {"mn": event.mn}
    if device.password not in (None, event.pw):
        return reason_words("wrong_password").name
    return ""


def _stored(messages: list[Message], device: RegisteredDevice, frame: QuarantinedFrame) -> Outcome:
    intake, batch = DeviceIntake(device), Batch()
    received_ms = int(frame.received.timestamp() * 1000)
    faults: list[ValueFault] = []
    for message in messages:
        _count, found = intake.take(message, received_ms, sm3(message.raw), batch)
        faults += found
    try:
        give_precedence(batch, the_store(), time.time_ns() // 1_000_000)
        the_store().write(batch)
    except StoreError as error:
        return Outcome(taken=False, words=_("写入数据库失败：%(error)s") % {"error": error})
    return Outcome(
        taken=True, words=_words(len(batch.measurements), faults), rows=len(batch.measurements)
    )


def _words(rows: int, faults: list[ValueFault]) -> str:
    words = _("写入 %(rows)d 条数据") % {"rows": rows}
    if faults:
        told = "；".join(sorted({f"{fault.subject} {fault.detail}" for fault in faults}))
        words += _("，仍有未采纳的数值：%(faults)s") % {"faults": told}
    return words
