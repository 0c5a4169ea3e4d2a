"""The time a simulation lives in: the machine's, or a faster one that starts where it is told.

Waiting is the only thing it does to the world. Refuses to go backwards.
"""

from __future__ import annotations

import asyncio
import time

__all__ = ["SimulationClock"]


class SimulationClock:
    """start: epoch seconds UTC of the simulated beginning, None for now. speed: simulated seconds
    that pass in one real second; 1 is real time."""

    def __init__(self, start: float | None = None, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError(f"speed must be greater than 0, not {speed}")
        self.speed = speed
        self._begin = time.time() if start is None else start
        self._real_begin = time.monotonic()

    def now(self) -> float:
        """Epoch seconds UTC, simulated."""
        return self._begin + (time.monotonic() - self._real_begin) * self.speed

    async def sleep_until(self, moment: float) -> None:
        """Wait until the simulated moment has come; returns at once for a past one."""
        await asyncio.sleep(max(0.0, (moment - self.now()) / self.speed))

    async def sleep(self, seconds: float) -> None:
        """Wait a number of simulated seconds."""
        await asyncio.sleep(seconds / self.speed)
