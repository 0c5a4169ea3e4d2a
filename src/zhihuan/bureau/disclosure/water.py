"""A water station's newest hour: the class that its items reach by GB 3838."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from zhihuan.bureau.disclosure.declaration import subjects
from zhihuan.bureau.disclosure.station import Judgement, Reading, Station
from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.classification import water_class

_CAUTION = "一次自动监测值的类别仅反映当时水质，不代表月度、年度评价结果"


def judged_water(station: Station, readings: Sequence[Reading]) -> Judgement:
    """``readings`` are of one hour."""
    items = subjects()["water"].factors
    given = {items[r.factor]: r.value for r in readings if r.is_valid and r.factor in items}
    if not given:
        return Judgement("无有效数据", "none")
    try:
        judged = water_class(
            given, on=readings[0].at.date(), waterbody="lake" if station.lake else "river"
        )
    except InputRefusedError as error:
        return Judgement("数据不足，不作评价", "none", advice=str(error))
    number = int(judged.codes.item())
    if number == 0:
        return Judgement("无有效数据", "none")
    why = judged.derivation()
    return Judgement(
        word=f"{judged.names.item()}类",
        tone="good" if number <= 3 else "fair" if number <= 4 else "bad",
        derivation=dataclasses.replace(why, cautions=(*why.cautions, _CAUTION)),
    )
