"""What a row of measurement is: an instant's value, or a statistic of a period, by its period.

The numbers are stored; they never change meaning and are never reused.

Source: HJ 212-2017, 6.6.4 (CN 2011, 2051, 2061, 2031) and table 9; the 2025 edition and
the surface-water profile at second hand.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["PERIOD_SECONDS", "Kind"]


class Kind(IntEnum):
    """The kind of a measurement row."""

    REALTIME = 1  # CN 2011, 实时数据: an instant
    MINUTE = 2  # CN 2051, 分钟数据: the device's own minute period (1, 5, 10 ... minutes)
    HOUR = 3  # CN 2061, 小时数据
    DAY = 4  # CN 2031, 日数据
    PERIODIC = 5  # periodic sampling between minute and hour (2025 edition, CN 2013)
    CHECK = 6  # automatic standard check or calibration (CN 2062)
    NOISE_EVENT = 7  # a single noise measurement (CN 2052)
    EQUIPMENT_STATE = 8  # CN 2021: factor "SB1", value = RS
    EQUIPMENT_HOURS = 9  # CN 2041: hours run that day, value = RT
    FURNACE_5MIN = 10  # CN 2111 of the 2025 edition: furnace temperature, mean of 5 minutes
    RECOVERY = 11  # CN 2063 of the surface-water profile: spike recovery
    PARALLEL = 12  # CN 2064: parallel sample
    ZERO_CHECK = 13  # CN 2065
    SPAN_CHECK = 14  # CN 2066


#: How long the period of a kind is [s]; kinds without a fixed period are absent.
PERIOD_SECONDS: dict[Kind, int] = {Kind.MINUTE: 60, Kind.HOUR: 3600, Kind.DAY: 86400}
