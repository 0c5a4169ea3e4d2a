"""A station's air of the newest hour: AQI, level and advice by HJ 633, published as it prescribes."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from zhihuan.bureau.disclosure.declaration import subjects
from zhihuan.bureau.disclosure.station import Judgement, Reading, Station
from zhihuan.hj212.codes import factor
from zhihuan.standards.air.aqi import hourly_aqi
from zhihuan.standards.air.publication import publication
from zhihuan.standards.air.reporting import round_reported
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.errors import InputRefusedError

_MILLIGRAMS = "mg/m³"


def judged_air(_station: Station, readings: Sequence[Reading]) -> Judgement:
    """``readings`` are of one hour. Concentrations go in as µg/m³, CO as mg/m³."""
    items = subjects()["air"].factors
    given = {
        items[r.factor]: concentration(r) for r in readings if r.is_valid and r.factor in items
    }
    if not given:
        return Judgement("无有效数据", "none")
    try:
        judged = hourly_aqi(given, on=readings[0].at.date())
    except InputRefusedError as error:
        return Judgement("数据异常，不作评价", "none", advice=str(error))
    if (level := judged.level_at()) is None:
        return Judgement("无有效数据", "none")
    # what is withheld (a pollutant is missing and the rest are clean) shows concentrations alone
    shown = publication(judged)
    why = _both(judged.derivation(), shown.derivation())
    if shown.withheld.item():
        return Judgement("缺项，不发布指数", "none", derivation=why)
    tone = "good" if level.number <= 2 else "fair" if level.number <= 3 else "bad"
    return Judgement(
        word=level.name,
        tone=tone,
        figure=shown.aqi_text(),
        rgb=level.rgb,
        advice=f"{level.effect} {level.advice}".strip(),
        derivation=why,
    )


def _both(index: Derivation, published: Derivation) -> Derivation:
    """How the index was reckoned, and whether it is published."""
    return dataclasses.replace(
        index,
        conclusion=f"{index.conclusion}；{published.conclusion}",
        basis=(*index.basis, *published.basis),
        steps=(*index.steps, *published.steps),
        cautions=tuple(dict.fromkeys((*index.cautions, *published.cautions))),
    )


def shown_concentration(reading: Reading) -> tuple[str, str]:
    """As reported: whole µg/m³, CO with one decimal mg/m³; and the unit."""
    is_co = subjects()["air"].factors[reading.factor] == "CO"
    decimals = 1 if is_co else 0
    value = float(round_reported(concentration(reading), decimals))
    return f"{value:.{decimals}f}", _MILLIGRAMS if is_co else "µg/m³"


def concentration(reading: Reading) -> float:
    """In the unit of the standard: CO mg/m³, else µg/m³."""
    known = factor(reading.factor)
    in_milligrams = known is not None and known.unit.replace("3", "³") == _MILLIGRAMS
    is_co = subjects()["air"].factors[reading.factor] == "CO"
    if is_co:
        return reading.value if in_milligrams else reading.value / 1000
    return reading.value * 1000 if in_milligrams else reading.value
