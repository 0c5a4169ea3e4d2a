"""Many devices at once, on one event loop, against one host.

Refuses to decide what the devices are: that is ``mixture`` or a fleet file.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from zhihuan.telemetry.simulator.clock import SimulationClock
from zhihuan.telemetry.simulator.device import Device
from zhihuan.telemetry.simulator.faults.truth import TruthLog
from zhihuan.telemetry.simulator.faults.wire import WireFaultKind
from zhihuan.telemetry.simulator.ledger import FrameLedger
from zhihuan.telemetry.simulator.link import Link, open_link
from zhihuan.telemetry.simulator.plant import Plant
from zhihuan.telemetry.simulator.spec import DeviceSpec
from zhihuan.telemetry.simulator.surroundings import Surroundings

__all__ = ["Fleet", "FleetOptions"]

Dial = Callable[[], Awaitable[Link]]
_SHARING = 5
_RAMP_SECONDS = 0.002


@dataclass(slots=True)
class FleetOptions:
    """How a fleet runs; see ``Surroundings``. seed: for the faults of topology."""

    clock: SimulationClock = field(default_factory=SimulationClock)
    ledger: FrameLedger = field(default_factory=FrameLedger)
    truth: TruthLog = field(default_factory=TruthLog)
    wire_rates: Mapping[str, float] = field(default_factory=dict)
    ack_seconds: float | None = None
    window: int = 4
    reconnect_seconds: float = 2.0
    heartbeat_seconds: float = 0.0
    announce: bool = True
    seed: int = 0


class Fleet:
    """All devices of a simulation. ``plants`` gives some of them something else to measure."""

    def __init__(
        self,
        specs: Sequence[DeviceSpec],
        host: str,
        port: int,
        options: FleetOptions | None = None,
        *,
        plants: Mapping[str, Plant] | None = None,
    ) -> None:
        self.options = options or FleetOptions()
        self._address = (host, port)
        self._links: set[Link] = set()
        self._random = random.Random(self.options.seed)  # noqa: S311 - reproducible on purpose
        plants = plants or {}
        speaking = [spec for spec in specs if not spec.silent]
        for spec in speaking:
            self.options.truth.declare(spec.faults)
        dials = self._dials(speaking)
        self.devices = [
            Device(spec, self._around(dial), plants.get(spec.mn))
            for spec, dial in zip(speaking, dials, strict=True)
        ]
        self.devices += [
            Device(spec, self._around(self._dial), plants.get(spec.mn))
            for spec in self._struck(speaking, WireFaultKind.TWIN_CONNECTION)
        ]

    async def run(self) -> None:
        """Run all devices until cancelled; an error of one device stops all."""
        async with asyncio.TaskGroup() as group:
            for device in self.devices:
                group.create_task(device.run(), name=device.spec.mn)
                # a city does not switch on in one millisecond
                await asyncio.sleep(_RAMP_SECONDS)

    async def run_for(self, seconds: float) -> None:
        """Run for a number of real seconds, then stop in good order."""
        try:
            async with asyncio.timeout(seconds):
                await self.run()
        except TimeoutError:
            pass
        finally:
            self.stop()

    def stop(self) -> None:
        """Close every connection, also those that faults left open."""
        for link in tuple(self._links):
            link.close()
        self.options.ledger.close()
        self.options.truth.close()

    @property
    def connected(self) -> int:
        """Connections that are open now."""
        return sum(link.usable for link in self._links)

    async def _dial(self) -> Link:
        link = await open_link(*self._address)
        self._links.add(link)
        link.when_lost(self._links.discard)
        return link

    def _around(self, dial: Dial) -> Surroundings:
        options = self.options
        return Surroundings(
            dial=dial,
            clock=options.clock,
            ledger=options.ledger,
            truth=options.truth,
            wire_rates=dict(options.wire_rates),
            ack_seconds=options.ack_seconds,
            window=options.window,
            reconnect_seconds=options.reconnect_seconds,
            heartbeat_seconds=options.heartbeat_seconds,
            announce=options.announce,
        )

    def _dials(self, specs: Sequence[DeviceSpec]) -> list[Dial]:
        sharing = {spec.mn for spec in self._struck(specs, WireFaultKind.SHARED_CONNECTION)}
        shared: _SharedDial | None = None
        dials: list[Dial] = []
        for spec in specs:
            if spec.mn not in sharing:
                dials.append(self._dial)
                continue
            if shared is None or shared.users >= _SHARING:
                shared = _SharedDial(self._dial)
            shared.users += 1
            dials.append(shared)
        return dials

    def _struck(self, specs: Sequence[DeviceSpec], kind: WireFaultKind) -> list[DeviceSpec]:
        rate = self.options.wire_rates.get(kind, 0.0)
        struck = [spec for spec in specs if rate and self._random.random() < rate]
        for spec in struck:
            self.options.truth.note(kind, spec.mn, self.options.clock.now())
        return struck


class _SharedDial:
    """Gives all its users the same connection, and a new one when that is gone."""

    def __init__(self, dial: Dial) -> None:
        self.users = 0
        self._dial = dial
        self._link: Link | None = None
        self._turn = asyncio.Lock()

    async def __call__(self) -> Link:
        async with self._turn:
            if self._link is None or not self._link.usable:
                self._link = await self._dial()
            return self._link
