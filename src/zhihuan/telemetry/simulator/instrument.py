"""What a logger tells about its instruments and facilities.

Information codes: HJ 212-2017, table B.10. Refuses codes it does not know by returning None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhihuan.telemetry.simulator.logger import Logger

__all__ = ["equipment_text", "information_text"]

# state codes answer with what is true of a healthy station; parameters with what is usual
_FIXED = {
    "i12001": "0",
    "i12002": "0",
    "i12003": "0",
    "i22001": "0",
    "i22002": "0",
    "i22003": "0",
    "i22101": "0",
    "i13001": "0-500",
    "i13002": "0.1",
    "i13003": "120",
    "i13004": "165.0",
    "i13005": "15",
    "i13006": "20260101020000",
    "i13007": "0.012",
    "i13008": "1.003",
    "i13009": "4.0",
    "i23001": "101.3",
    "i33001": "120.0",
    "i33002": "4.0",
}
_LOGS = {"i11001": "//清洗管路;校准完成,斜率正常//", "i21001": "//2026数采仪重新启动//"}


def information_text(logger: Logger, pollutant: str, code: str) -> str | None:
    """The groups of a 3020 answer: one code asked for, all states when none was; None if unknown."""
    if not code:
        states = [name for name in _FIXED if name[2] == "2"]
        return ";".join(f"{name}-Info={_FIXED[name]}" for name in states)
    value = logger.settings.parameters.get((pollutant, code)) or _FIXED.get(code) or _LOGS.get(code)
    return f"{code}-Info={value}" if value is not None else None


def equipment_text(running: bool) -> str:
    """RS of the treatment facilities: 1 on, 0 off (HJ 212-2017, table 8)."""
    return f"SB1-RS={int(running)};SB2-RS={int(running)}"
