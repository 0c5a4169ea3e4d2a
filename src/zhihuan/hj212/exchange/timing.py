"""How long to wait and how often to send again (2017: 6.2, table 1). Data, not policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zhihuan.hj212.codes.source import rows

__all__ = ["DEFAULT_TIMING", "Timing", "timing"]


@dataclass(frozen=True, slots=True)
class Timing:
    """timeout_seconds: to wait for each answer. resends: after the first sending.

    limit_seconds: for the whole exchange, however lively it is. The standard sets none; without one
    a device that sends data for ever would keep its order open for ever.
    """

    timeout_seconds: float = 10.0
    resends: int = 3
    limit_seconds: float = 3600.0

    def __post_init__(self) -> None:
        if not (self.timeout_seconds > 0 and self.resends >= 0 and self.limit_seconds > 0):
            raise ValueError(f"{self}: times must be above 0, resends 0 or more")


DEFAULT_TIMING = Timing()
"""10 s, 3 times: GPRS and every later radio of table 1."""


def timing(medium: str) -> Timing | None:
    """The default of a transmission medium (``GPRS``, ``ADSL``, ``SMS`` …); None if the table lacks it."""
    return _table().get(medium.upper())


@cache
def _table() -> Mapping[str, Timing]:
    return {
        row["medium"].upper(): Timing(float(row["timeout_seconds"]), int(row["resends"]))
        for row in rows("timings")
    }
