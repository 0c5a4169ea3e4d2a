"""One socket: bytes into the codec, answers out, deadlines kept.

The shell only pours. What a message means is ``reception``'s business, what may be held in
memory is fixed here: the decoder's buffer (``frame_buffer_bytes``), the answers a slow reader has
not taken (``ack_buffer_bytes``), and nothing else.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, cast

from zhihuan.hj212.decoder import Decoder
from zhihuan.telemetry.gateway.limits import LeakyBucket
from zhihuan.telemetry.gateway.settings import GatewaySettings

if TYPE_CHECKING:
    from zhihuan.telemetry.gateway.device_links import DeviceLink
    from zhihuan.telemetry.gateway.switchboard import Switchboard

__all__ = ["DeviceConnection"]

# Why reading is switched off; it is on when none of them holds.
QUEUE_FULL, SLOW_READER = 1, 2


class DeviceConnection(asyncio.Protocol):
    """A peer that may speak for any number of devices."""

    __slots__ = (
        "_answers", "_clock", "_closing_since", "_partial_mark", "_partial_since", "_paused", "_settings", "_silent_since",
        "_slow_since", "_switchboard", "_tls", "_transport", "cause", "decoder", "ended",
        "errors", "held", "host", "in_flight", "kept", "links", "peer", "strikes",
    )  # fmt: skip

    def __init__(self, switchboard: Switchboard, settings: GatewaySettings) -> None:
        self._switchboard = switchboard
        self._settings = settings
        self._clock = asyncio.get_running_loop().time
        self._transport: asyncio.Transport | None = None
        self._tls = False
        self._answers: list[bytes] = []
        self._paused = 0
        self._partial_since: float | None = None
        self._partial_mark = 0  # bytes received by then
        self._slow_since: float | None = None
        self._silent_since = self._clock()
        self._closing_since: float | None = None
        self.decoder = Decoder(max_buffer=settings.frame_buffer_bytes)
        self.links: dict[str, DeviceLink] = {}
        self.host = ""
        self.peer = ""
        self.cause = ""
        self.held = 0  # bytes of the decoder's buffer counted in the budget
        self.in_flight = 0  # frames not yet durable
        self.ended = False  # the peer will send no more
        self.errors = LeakyBucket(settings.errors_burst, settings.errors_per_second)
        self.strikes = LeakyBucket(settings.strikes_burst, settings.strikes_per_second)
        self.kept = LeakyBucket(settings.quarantine_burst, settings.quarantine_per_second)

    # --- asyncio's side ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Set the limits of the socket; the switchboard may turn the peer away."""
        self._transport = cast("asyncio.Transport", transport)
        self._tls = transport.get_extra_info("sslcontext") is not None
        if not self.peer:
            self.name_peer(*(transport.get_extra_info("peername") or ("?", 0))[:2])
        _keep_alive(transport.get_extra_info("socket"))
        self._transport.set_write_buffer_limits(high=self._settings.ack_buffer_bytes)
        self._switchboard.opened(self)

    def name_peer(self, host: str, port: int) -> None:
        """Who calls; told by the PROXY header when there is one."""
        self.host, self.peer = host, f"{host}:{port}"

    def data_received(self, data: bytes) -> None:
        """Feed the decoder; hand on what came out."""
        if self.cause:
            return  # closing: the last bytes of a peer we gave up on
        now = self._clock()
        # one by one: a frame may tell who the device is, and so how the next one is to be read
        count = self._switchboard.received(self, len(data), self.decoder.iterate(data), now)
        if self.decoder.buffered and not self.decoder.incomplete:
            # only refused bytes are held: tell now, a registered dialect may read them at once
            count += self._switchboard.received(self, 0, self.decoder.expire(), now)
        self._note_partial(now, progress=count > 0)

    def eof_received(self) -> bool:
        """The peer has said all; stay until its frames are answered (not possible under TLS)."""
        self.ended = True
        if not self.in_flight:
            self.close("peer")
        return not self._tls

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the switchboard, once."""
        self.cause = self.cause or ("reset" if exc else "peer")
        self._answers.clear()
        self._switchboard.closed(self)

    def pause_writing(self) -> None:
        """The peer does not read its answers: take nothing more from it."""
        self._slow_since = self._clock()
        self.pause(SLOW_READER)

    def resume_writing(self) -> None:
        """It reads again."""
        self._slow_since = None
        self.resume(SLOW_READER)

    # --- the gateway's side ---

    def answer(self, frame: bytes) -> None:
        """Put one answer; ``send_answers`` writes all of them at once."""
        self._answers.append(frame)

    def send_answers(self) -> None:
        """One write for all answers put; drops them when the peer is gone."""
        answers, self._answers = self._answers, []
        if self._transport is not None and not self._transport.is_closing() and answers:
            self._transport.write(b"".join(answers))
        if self.ended and not self.in_flight:
            self.close("peer")

    def heard(self, now: float) -> None:
        """A registered device spoke."""
        self._silent_since = now

    def pause(self, why: int) -> None:
        """Stop reading for this reason too."""
        if not self._paused and self._is_open():
            self._transport.pause_reading()  # type: ignore[union-attr]
        self._paused |= why

    def resume(self, why: int) -> None:
        """This reason is gone; read when it was the last."""
        was, self._paused = self._paused, self._paused & ~why
        if was and not self._paused and self._is_open():
            self._silent_since = self._clock()  # the silence was ours
            if self._partial_since is not None:
                self._partial_since = self._silent_since
            self._transport.resume_reading()  # type: ignore[union-attr]

    def close(self, cause: str) -> None:
        """End it in good order: answers already written still go out. Idempotent."""
        self.cause = self.cause or cause
        self._closing_since = self._closing_since or self._clock()
        if self._transport is not None:
            self._transport.close()

    def abort(self, cause: str) -> None:
        """End it now; what is in the write buffer is lost. Idempotent."""
        self.cause = self.cause or cause
        if self._transport is not None:
            self._transport.abort()

    def check_deadlines(self, now: float) -> None:
        """Give up a half frame, a silent peer, a peer that never reads, not even when closing."""
        settings = self._settings
        if self._closing_since is not None:
            if now - self._closing_since > settings.slow_reader_seconds:
                self.abort("slow_reader")
            return
        partial = self._partial_since
        if partial is not None and not self._paused and now - partial > settings.half_frame_seconds:
            self._expire(now)
        if self._slow_since is not None and now - self._slow_since > settings.slow_reader_seconds:
            self.abort("slow_reader")
        patience = settings.silent_seconds if self.links else settings.stranger_seconds
        if now - self._silent_since > patience and not self._paused:
            self.close("silent")

    def _expire(self, now: float) -> None:
        events = self.decoder.expire(self._partial_mark)
        self._switchboard.received(self, 0, events, now)
        self._partial_since = None
        self._note_partial(now, progress=True)

    def _note_partial(self, now: float, *, progress: bool) -> None:
        if not self.decoder.buffered:
            self._partial_since = None
        elif progress or self._partial_since is None:
            self._partial_since = now
            self._partial_mark = self.decoder.received

    def _is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()


def _keep_alive(sock: socket.socket | None) -> None:
    """Let the kernel find peers that went without FIN: after 60 s, 4 probes 15 s apart."""
    if sock is None:
        return
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, seconds in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, option):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), seconds)
