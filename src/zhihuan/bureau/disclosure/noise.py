"""A noise station's newest day: Ld and Ln against the limits of its functional zone by GB 3096."""

from __future__ import annotations

from collections.abc import Sequence

from zhihuan.bureau.disclosure.station import Judgement, Reading, Station
from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.noise import OVER, functional_zone

_PERIODS = {"Ld": "昼间", "Ln": "夜间"}


def judged_noise(station: Station, readings: Sequence[Reading]) -> Judgement:
    """``readings`` of one day; of day and night the one that is over, else the day, is told."""
    given = [r for r in readings if r.is_valid and r.factor in _PERIODS]
    if not given:
        return Judgement("尚无昼夜等效声级", "none")
    if not station.zone:
        return Judgement("未登记声环境功能区，不作评价", "none")
    given.sort(key=lambda reading: reading.factor)  # Ld before Ln
    try:
        judged = functional_zone(
            [reading.value for reading in given],
            station.zone,
            [_PERIODS[reading.factor] for reading in given],
            on=given[0].at.date(),
        )
    except InputRefusedError as error:
        return Judgement("数据异常，不作评价", "none", advice=str(error))
    over = [index for index, verdict in enumerate(judged.verdict) if verdict == OVER]
    told = over[0] if over else 0
    names = "、".join(_PERIODS[given[index].factor] for index in over)
    return Judgement(
        word=f"{names}超标" if over else "达标",
        tone="bad" if over else "good",
        derivation=judged.derivation(told),
    )
