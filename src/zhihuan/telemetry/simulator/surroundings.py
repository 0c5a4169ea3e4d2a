"""What the devices of a fleet share: the clock, the books, the way out, and what may go wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from zhihuan.telemetry.simulator.clock import SimulationClock
from zhihuan.telemetry.simulator.faults.truth import TruthLog
from zhihuan.telemetry.simulator.ledger import FrameLedger
from zhihuan.telemetry.simulator.link import Link

__all__ = ["Surroundings"]


@dataclass(slots=True)
class Surroundings:
    """What all devices of a fleet share. dial: opens a connection; OSError when it cannot.
    wire_rates: see ``faults.wire``. ack_seconds: real seconds to wait for an answer, None for what
    the host has set. window: frames a device may have under way. reconnect_seconds: real seconds
    before another try. heartbeat_seconds: simulated, 0 for none. announce: say 2081 (and 1001) and
    the values of the moment on the first connection."""

    dial: Callable[[], Awaitable[Link]]
    clock: SimulationClock = field(default_factory=SimulationClock)
    ledger: FrameLedger = field(default_factory=FrameLedger)
    truth: TruthLog = field(default_factory=TruthLog)
    wire_rates: dict[str, float] = field(default_factory=dict)
    ack_seconds: float | None = None
    window: int = 4
    reconnect_seconds: float = 2.0
    heartbeat_seconds: float = 0.0
    announce: bool = True
