"""An outlet's newest hour against the limits in force there, each told with its law."""

from __future__ import annotations

from collections.abc import Sequence

from zhihuan.bureau.disclosure.station import Judgement, Limit, Reading, Station
from zhihuan.hj212.codes import factor
from zhihuan.standards.derivation import Basis, Confidence, Derivation, Fact, Step

_CAUTION = "自动监测数据由企业负责，未经人工审核；是否超标以依法认定为准"


def judged_emission(station: Station, readings: Sequence[Reading]) -> Judgement:
    """``readings`` are of one hour, converted where the device converts."""
    pairs = [
        (r, station.limits[r.factor]) for r in readings if r.is_valid and r.factor in station.limits
    ]
    if not pairs:
        return Judgement("无有效数据", "none")
    over = [_name(reading) for reading, limit in pairs if not _keeps(reading.value, limit)]
    names = "、".join(over)
    return Judgement(
        word="超过限值" if over else "未超限值",
        tone="bad" if over else "good",
        derivation=Derivation(
            title="小时均值与排放限值",
            conclusion=f"{names}小时均值超过限值" if over else "各项小时均值未超过限值",
            basis=tuple(dict.fromkeys(_basis(limit) for _reading, limit in pairs)),
            facts=tuple(_fact(reading) for reading, _limit in pairs),
            steps=tuple(_step(reading, limit) for reading, limit in pairs),
            cautions=(_CAUTION,),
        ),
    )


def _keeps(value: float, limit: Limit) -> bool:
    return not (
        (limit.upper is not None and value > limit.upper)
        or (limit.lower is not None and value < limit.lower)
    )


def _name(reading: Reading) -> str:
    known = factor(reading.factor)
    return known.name if known else reading.factor


def _basis(limit: Limit) -> Basis:
    """As the registry holds it: an officer entered it, nobody compared it with the printed text."""
    return Basis(
        decides="排放限值",
        standard=limit.basis,
        clause=limit.clause,
        in_force_from=limit.valid_from,
        in_force_until=None,
        confidence=Confidence.UNCONFIRMED,
        last_checked=None,
        note="企业档案登记的限值",
    )


def _fact(reading: Reading) -> Fact:
    known = factor(reading.factor)
    return Fact(_name(reading), f"{reading.value:g}", known.unit if known else "")


def _step(reading: Reading, limit: Limit) -> Step:
    bounds = [f"≤ {limit.upper:g}"] if limit.upper is not None else []
    bounds += [f"≥ {limit.lower:g}"] if limit.lower is not None else []
    keeps = _keeps(reading.value, limit)
    return Step(
        what=_name(reading),
        how=f"{reading.value:g}，限值 {' 且 '.join(bounds)}",
        result="未超" if keeps else "超过",
        deciding=not keeps,
    )
