"""What becomes of each message: rows and an answer later, or quarantine.

The order is the promise: admit (who is it), recognise a re-send, take the rows into the group
being collected, and answer only from ``durable``, which the group commit calls after the store
said so. Nothing here waits or blocks.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from zhihuan.hj212.codes.system_types import INTERACTION
from zhihuan.hj212.decoder import read_again
from zhihuan.hj212.errors import DecodeError, Reason
from zhihuan.hj212.message import Message
from zhihuan.telemetry.digest import sm3
from zhihuan.telemetry.gateway.acknowledgement import AnswerTemplate, answer_template
from zhihuan.telemetry.gateway.commit_group import CommitGroup, PendingFrame
from zhihuan.telemetry.gateway.connection import DeviceConnection
from zhihuan.telemetry.gateway.device_links import DeviceLink, DeviceLinks
from zhihuan.telemetry.gateway.first_contact import is_first_contact, logger_id
from zhihuan.telemetry.gateway.group_commit import GroupCommit
from zhihuan.telemetry.gateway.limits import ByteBudget
from zhihuan.telemetry.gateway.metrics import GatewayMetrics
from zhihuan.telemetry.gateway.presence import Presence
from zhihuan.telemetry.gateway.quarantine_desk import QuarantineDesk, Refused
from zhihuan.telemetry.gateway.recent_frames import RecentFrames
from zhihuan.telemetry.gateway.settings import GatewaySettings
from zhihuan.telemetry.intake import ValueFault
from zhihuan.telemetry.refusals import Refusal

__all__ = ["Reception"]

# What a waiting frame and a waiting row cost in memory beside the raw bytes, measured roughly.
_FRAME_BYTES, _ROW_BYTES = 1_000, 300
_STANDING_FAULT_SECONDS = 3600.0


class Reception:
    """Decides about messages and decode errors of all connections."""

    def __init__(
        self,
        links: DeviceLinks,
        presence: Presence,
        desk: QuarantineDesk,
        metrics: GatewayMetrics,
        settings: GatewaySettings,
    ) -> None:
        self._links = links
        self._presence = presence
        self._desk = desk
        self._metrics = metrics
        self._recent = RecentFrames(settings.duplicate_memory)
        self._clock = asyncio.get_running_loop().time
        self.queue = ByteBudget(settings.queued_bytes)
        self.commit = GroupCommit(self, metrics, settings)
        self.queue_changed: Callable[[], None] = lambda: None
        self.clock_requested: Callable[[DeviceLink], None] = lambda _: None
        self.number_requested: Callable[[DeviceLink], None] = lambda _: None

    def take(self, connection: DeviceConnection, event: Message | DecodeError, now: float) -> None:
        """One thing the decoder said, at loop time ``now``."""
        if isinstance(event, DecodeError):
            self._take_error(connection, event, now)
        else:
            self._take_message(connection, event, now)

    # --- messages ---

    def _take_message(self, connection: DeviceConnection, message: Message, now: float) -> None:
        head = message.head
        link = connection.links.get(head.mn)
        if link is None or link.device.password not in (None, head.pw):
            admitted = self._links.admit(message, connection.links)
            if isinstance(admitted, Refusal):
                self._turn_away(connection, message, admitted, now)
                return
            link = admitted
            self._presence.seen(connection, link)
            if is_first_contact(message):
                self._presence.asked_number(connection, link)
        connection.heard(now)
        profile = link.device.profile
        if connection.decoder.profile != profile:
            connection.decoder.profile = profile
            own = self._own_reading(link, message)
            if isinstance(own, DecodeError):
                self._lay_down_error(connection, own, now)
                return
            message = own
        self._accept(connection, link, message, now)

    @staticmethod
    def _own_reading(link: DeviceLink, message: Message) -> Message | DecodeError:
        """What the frame says under the profile of its own device.

        The decoder stood at another's: of the device that spoke before on the same connection, or
        of this one before its registration changed. What only the other's dialect admits is
        refused whole; a frame hidden inside it is not looked for.
        """
        first = read_again(message.raw, link.device.profile)[0]
        if isinstance(first, Message) and (first.raw, first.mn) != (message.raw, message.mn):
            return DecodeError(Reason.JUNK, message.offset, message.raw, "no frame of its device")
        return first if isinstance(first, Message) else replace(first, raw=message.raw)

    def _accept(
        self, connection: DeviceConnection, link: DeviceLink, message: Message, now: float
    ) -> None:
        raw = message.raw
        digest = sm3(raw)
        template = answer_template(link, message) if message.needs_ack else None
        if digest in self._recent:
            self._answer_again(connection, message, template)
            if link.exchange is not None:
                link.exchange.heard(message, now)  # a device may repeat its answer byte by byte
            return
        received_ms = time.time_ns() // 1_000_000
        group = self.commit.collecting
        rows, faults = link.intake.take(message, received_ms, digest, group.batch)
        cost = len(raw) + _FRAME_BYTES + _ROW_BYTES * rows
        version, wish = message.head.version, self._wish(link, message)
        group.pending.append(
            PendingFrame(connection, template, message.qn, now, rows, cost, digest, version, wish)
        )
        connection.in_flight += 1
        self.commit.added(now)
        if self.queue.take(cost):
            self.queue_changed()
        if faults:
            self._lay_down_faults(connection, link, message, faults, now)
        self._tell(link, message, received_ms, now)

    def _tell(self, link: DeviceLink, message: Message, received_ms: int, now: float) -> None:
        head = message.head
        if head.st != INTERACTION:
            link.spoken = head
            if received_ms >= link.clock_due_ms:
                self._presence.clock(link, message, received_ms)
        if link.exchange is not None:
            link.exchange.heard(message, now)

    def _wish(self, link: DeviceLink, message: Message) -> Callable[[], None] | None:
        """What the device asks of us; done after the answer to its asking."""
        if message.cn == "1013":
            return partial(self.clock_requested, link)
        if is_first_contact(message):
            link.spoken = link.spoken or message.head  # interaction (91), yet it tells the edition
            return partial(self.number_requested, link)
        return None

    def _answer_again(
        self, connection: DeviceConnection, message: Message, template: AnswerTemplate | None
    ) -> None:
        """A re-send of what is durable already: answer, write no second row."""
        self._metrics.frames[message.version.year, "duplicate"] += 1
        if template is not None:
            connection.answer(template.fill(message.qn))
            connection.send_answers()

    # --- after the commit ---

    def durable(self, group: CommitGroup) -> None:
        """The store has the group safe: answer, in one write per connection."""
        now = self._clock()
        connections: dict[int, DeviceConnection] = {}
        for frame in group.pending:
            connection = frame.connection
            connection.in_flight -= 1
            connections[id(connection)] = connection
            if frame.template is not None:
                connection.answer(frame.template.fill(frame.qn))
        for connection in connections.values():
            connection.send_answers()
        self._metrics.answered(now, group.pending)
        self._recent.remember([frame.digest for frame in group.pending])
        self._metrics.frames_stored(group.pending)
        self._give_back(group)
        for frame in group.pending:
            if frame.then is not None:
                frame.then()

    def refused(self, group: CommitGroup, error: Exception) -> None:
        """A frame the store will never take: its bytes go to quarantine, no answer."""
        frames, now = group.batch.frames, self._clock()
        for index, pending in enumerate(group.pending):
            pending.connection.in_flight -= 1
            mn, raw = frames.mn[index], frames.raw[index]
            refused = Refused(Refusal.STORE_REFUSED, mn, raw, repr(error))
            self._desk.lay_down(pending.connection, refused, now)
            pending.connection.send_answers()  # ends a half-closed peer that waits for nothing more
        self._give_back(group)

    def _give_back(self, group: CommitGroup) -> None:
        if self.queue.take(-group.cost):
            self.queue_changed()

    # --- what is refused ---

    def _turn_away(
        self, connection: DeviceConnection, message: Message, refusal: Refusal, now: float
    ) -> None:
        self._metrics.frames[message.version.year, refusal.value] += 1
        detail = f"CN={message.cn} ST={message.st}"
        if refusal is Refusal.UNKNOWN_LOGGER:
            detail += f" i23005={logger_id(message)}"
        refused = Refused(refusal, message.mn, message.raw, detail)
        self._desk.lay_down(connection, refused, now)
        if refusal is Refusal.WRONG_PASSWORD:
            self._presence.password_failed(connection, message.mn)
        if not connection.strikes.pour(now):
            connection.close("strikes")

    def _lay_down_faults(
        self,
        connection: DeviceConnection,
        link: DeviceLink,
        message: Message,
        faults: Sequence[ValueFault],
        now: float,
    ) -> None:
        """One entry for each reason; a fault that stands in every frame is told once an hour."""
        by_reason: dict[Refusal, list[str]] = {}
        for fault in faults:
            subject = f"{fault.reason}:{fault.subject}"
            if fault.standing and not link.due_note(subject, now, _STANDING_FAULT_SECONDS):
                continue
            by_reason.setdefault(fault.reason, []).append(fault.detail)
        for reason, details in by_reason.items():
            refused = Refused(reason, link.device.mn, message.raw, "; ".join(details), stored=True)
            self._desk.lay_down(connection, refused, now)

    # --- what could not be decoded ---

    def _take_error(self, connection: DeviceConnection, error: DecodeError, now: float) -> None:
        for event in self._second_reading(connection, error) or [error]:
            if isinstance(event, Message):
                self._take_message(connection, event, now)
            else:
                self._lay_down_error(connection, event, now)

    def _lay_down_error(self, connection: DeviceConnection, error: DecodeError, now: float) -> None:
        self._metrics.frames["unknown", error.reason.value] += 1
        refused = Refused(error.reason, error.mn, error.raw, error.detail)
        self._desk.lay_down(connection, refused, now)
        if not connection.errors.pour(now):
            self._presence.too_many_errors(connection)
            connection.close("error_rate")

    def _second_reading(
        self, connection: DeviceConnection, error: DecodeError
    ) -> list[Message | DecodeError]:
        """Read a refused frame by the profile its sender is registered with; [] when that reads
        no more of it.

        A connection starts with the profile of nobody in particular; the first frame of a device
        with another CRC dialect, length form or key fails and tells the MN. From then on the
        connection's decoder uses that device's profile.
        """
        device = self._links.registered(error.mn) if error.mn else None
        if device is None or device.profile == connection.decoder.profile:
            return []
        events = read_again(error.raw, device.profile)
        if not any(isinstance(event, Message) for event in events):
            return []
        connection.decoder.profile = device.profile
        return events
