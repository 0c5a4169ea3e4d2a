"""Takes quarantined traffic, and frames already stored, through the same path once more.

After a device was registered, its password or CRC dialect mended, or an alias added, what was
refused becomes data: same decoder, same admission, same intake. The frame keeps the moment it was
received; its rows count as received now, so that statistics notice them. Nothing is sent to the
device: it was not answered then and re-sends by itself, or has given up.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhihuan.hj212 import DecodeError, Message, read_again
from zhihuan.hj212.profile import FIELD
from zhihuan.telemetry.digest import sm3
from zhihuan.telemetry.gateway.device_links import DeviceLinks
from zhihuan.telemetry.intake import DeviceIntake
from zhihuan.telemetry.ports import QuarantinedTraffic, RegisteredDevice
from zhihuan.telemetry.precedence import give_precedence
from zhihuan.telemetry.refusals import Refusal
from zhihuan.telemetry.rows import Batch
from zhihuan.telemetry.store import TelemetryStore

__all__ = ["ReplayResult", "replay", "reread"]

_PAGE = 5_000


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """What became of one item. frames, rows: stored now. refusals: why anything was refused
    again, in the words of the quarantine; () when all of it is data now."""

    frames: int
    rows: int
    refusals: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Whether the item may leave the quarantine."""
        return self.frames > 0 and not self.refusals


def replay(
    items: Sequence[QuarantinedTraffic],
    devices: Mapping[str, RegisteredDevice],
    store: TelemetryStore,
) -> list[ReplayResult]:
    """Take each item through the gateway's path; returns when what it gave is durable.

    Results in the order of items. Raises StoreUnavailable; then nothing may leave the quarantine.
    Replaying twice makes no second row.
    """
    links = DeviceLinks(drift_limit_seconds=60)
    links.renew(devices)
    batch = Batch()
    results = [_replay_one(item, links, batch) for item in items]
    _write(batch, store)
    return results


def _replay_one(item: QuarantinedTraffic, links: DeviceLinks, batch: Batch) -> ReplayResult:
    frames = rows = 0
    refusals: list[str] = []
    for event in _decode(item, links):
        if isinstance(event, DecodeError):
            refusals.append(f"{event.reason}: {event.detail}")
            continue
        link = links.admit(event, {})
        if isinstance(link, Refusal):
            refusals.append(link.value)
            continue
        received_ms = int(item.received.timestamp() * 1000)
        made, faults = _take(link.intake, event, received_ms, batch)
        refusals += [f"{fault.reason}: {fault.detail}" for fault in faults]
        frames, rows = frames + 1, rows + made
    return ReplayResult(frames, rows, tuple(refusals))


def _decode(item: QuarantinedTraffic, links: DeviceLinks) -> list[Message | DecodeError]:
    device = links.registered(item.mn)
    return read_again(item.raw, FIELD if device is None else device.profile)


def _take(
    intake: DeviceIntake, message: Message, received_ms: int, batch: Batch
) -> tuple[int, list]:  # type: ignore[type-arg]
    made, faults = intake.take(message, received_ms, sm3(message.raw), batch)
    return made, list(faults)


def _write(batch: Batch, store: TelemetryStore) -> None:
    if not batch.is_empty:
        give_precedence(batch, store, time.time_ns() // 1_000_000)
        store.write(batch)


def reread(device: RegisteredDevice, store: TelemetryStore, start_ms: int, end_ms: int) -> int:
    """Make the rows of a device's stored frames again, by its present registration.

    For frames received in [start_ms, end_ms), UTC epoch milliseconds: after an alias was added or
    the edition was corrected. Returns the number of rows read; rows that were there are
    replaced, but not by those of a frame received before theirs. Raises StoreUnavailable.
    """
    intake = DeviceIntake(device)
    before: tuple[int, int] | None = None
    written = 0
    while True:
        page = store.frames(device.mn, start_ms, end_ms, limit=_PAGE, before=before)
        batch = Batch()
        for raw, received in zip(page.raw, page.received, strict=True):
            for event in read_again(bytes(raw), device.profile):
                if isinstance(event, Message):
                    written += _take(intake, event, int(received), batch)[0]
        _write(batch, store)
        if len(page.raw) < _PAGE:
            return written
        before = (int(page.received[-1]), int(page.frame_id[-1]))
