"""Remote sensing of diesel vehicles on the road (HJ 845-2017): one record at a time.

    >>> from datetime import date
    >>> found = judge_records(opacity=[35.0, 12.0], ringelmann=[1.0, 1.0],
    ...                       nitric_oxide=[900.0, 1800.0], vsp=[8.0, 30.0],
    ...                       on=date(2026, 3, 1))
    >>> found.verdict.tolist(), found.high_emitter.tolist()
    ([1, -1], [0, -1])

Opacity and Ringelmann grade are items of compliance; NO above its screening value marks a high
emitter and nothing more. A record outside the window of specific power, or that the device calls
invalid, is UNJUDGED. One exceedance decides nothing about the vehicle: ``repeated`` does. Petrol
vehicles have no national limit here: it refuses them by not offering one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, numbers_on
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.emission.verdict import VERDICT_TEXT, Verdict, Verdicts
from zhihuan.standards.inputs import quantity, refuse_bad
from zhihuan.standards.mobile.vsp import inside_window
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["ITEMS", "RecordJudgement", "judge_records"]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]

# item -> the dated parameter that holds its limit
_LIMITS = {
    "opacity": "mobile/opacity",
    "ringelmann": "mobile/ringelmann",
    "nitric_oxide": "mobile/nitric_oxide_screening",
}
ITEMS = ("opacity", "ringelmann")
_WINDOW = "mobile/vsp_window"


@dataclass(frozen=True, slots=True)
class RecordJudgement:
    """Arrays (records,). item_verdict: per item of ITEMS, ``Verdict`` as int8. verdict: EXCEEDS
    when an item exceeds, UNJUDGED when the record is invalid or no item was measured, else WITHIN.
    high_emitter: 1 above the NO screening value, 0 not, -1 unjudged. valid: the record counts.
    """

    verdict: Verdicts
    item_verdict: Mapping[str, Verdicts]
    high_emitter: Verdicts
    valid: NDArray[np.bool_]
    values: Mapping[str, Floats]
    vsp: Floats
    device_valid: NDArray[np.bool_]
    days: Days
    edition: str | None

    def derivation(self, index: Index = 0) -> Derivation:
        """Why the record at ``index`` came out as it did."""
        verdict = Verdict(int(self.verdict[index]))
        window = self._edition(_WINDOW, index)
        return Derivation(
            title=f"柴油车遥感检测单次记录（{self.days[index]}）",
            conclusion=self._conclusion(index, verdict),
            basis=tuple(
                Basis.of(self._edition(name, index), decides=parameter(name).title,
                         forced=self.edition is not None)
                for name in (_WINDOW, *_LIMITS.values())
            ),
            facts=(
                *(_fact(item, float(values[index])) for item, values in self.values.items()),
                Fact("比功率", f"{float(self.vsp[index]):.10g}", "kW/t"),
                Fact("设备判定记录有效", "是" if self.device_valid[index] else "否"),
            ),
            steps=(
                Step("记录是否有效", f"{window.table['above']} < VSP ≤ {window.table['upto']}，且设备判定有效",
                     "有效" if self.valid[index] else "无效，不参与判定"),
                *(self._step(item, index) for item in self.values),
            ),
            cautions=("单次超标不判定车辆不合格；须同一项目在期限内连续超标。",),
        )  # fmt: skip

    def _edition(self, name: str, index: Index) -> Edition:
        day = self.days[index].astype(object)
        found = parameter(name)
        return found.on(day) if self.edition is None else found.named(self.edition)

    def _conclusion(self, index: Index, verdict: Verdict) -> str:
        high = "；NO 超过筛查值，列为高排放嫌疑" if self.high_emitter[index] == 1 else ""
        return f"{VERDICT_TEXT[verdict]}{high}"

    def _step(self, item: str, index: Index) -> Step:
        value, limit = float(self.values[item][index]), self._edition(_LIMITS[item], index).number
        screened = item not in ITEMS
        verdict = Verdict(int((self.high_emitter if screened else self.item_verdict[item])[index]))
        return Step(
            f"{quantity(f'mobile/{item}').name}{'筛查' if screened else '比较'}",
            "缺测" if np.isnan(value) else f"{value:.10g} 与 {limit:g} 比较",
            VERDICT_TEXT[verdict],
            rounding="全数值比较，不修约（GB/T 8170-2008）",
            deciding=not screened and verdict is Verdict.EXCEEDS,
        )


def judge_records(  # noqa: PLR0913 - what a remote-sensing record holds
    *,
    opacity: ArrayLike = np.nan,
    ringelmann: ArrayLike = np.nan,
    nitric_oxide: ArrayLike = np.nan,
    vsp: ArrayLike,
    on: When,
    device_valid: ArrayLike = True,
    edition: str | None = None,
) -> RecordJudgement:
    """Which records of diesel vehicles exceed, and which mark a high emitter.

    All broadcast to (records,). opacity [%]; ringelmann [grade]; nitric_oxide [1e-6]; vsp [kW/t]
    (``specific_power``); device_valid: plume, plate, weather and wind allowed the measurement, as
    the device says. NaN is not measured. on: the day of each record. edition: forces one.
    Exceeding is strictly above the limit. Raises InputRefusedError, OutsideEditionsError.
    Source: HJ 845-2017, in force 2017-07-27; numbers unconfirmed.
    """
    given = {"opacity": opacity, "ringelmann": ringelmann, "nitric_oxide": nitric_oxide}
    columns = np.broadcast_arrays(
        *(np.atleast_1d(decimal_floats(one)) for one in (*given.values(), vsp)),
        np.asarray(device_valid, dtype=bool), as_days(on),
    )  # fmt: skip
    values = dict(zip(given, columns, strict=False))
    power, device, days = columns[3:]
    refuse_bad([
        *((f"mobile/{item}", np.where(device, value, np.nan)) for item, value in values.items()),
        ("mobile/vsp", np.where(device, power, np.nan)),
    ])  # fmt: skip
    valid = device & inside_window(power, days, edition=edition)
    found = {
        item: _held_against(np.where(valid, value, np.nan), _LIMITS[item], days, edition)
        for item, value in values.items()
    }
    items = np.stack([found[item] for item in ITEMS])
    verdict = np.where((items == Verdict.UNJUDGED).all(axis=0), Verdict.UNJUDGED, items.max(axis=0))
    return RecordJudgement(
        verdict=np.asarray(verdict, dtype=np.int8),
        item_verdict={item: found[item] for item in ITEMS},
        high_emitter=found["nitric_oxide"], valid=valid, values=values, vsp=power,
        device_valid=device, days=days, edition=edition,
    )  # fmt: skip


def _held_against(value: Floats, name: str, days: Days, edition: str | None) -> Verdicts:
    limit = numbers_on(parameter(name), days, edition=edition)
    verdict = np.where(value > limit, Verdict.EXCEEDS, Verdict.WITHIN)
    return np.where(np.isnan(value), Verdict.UNJUDGED, verdict).astype(np.int8)


def _fact(item: str, value: float) -> Fact:
    declared = quantity(f"mobile/{item}")
    return Fact(declared.name, "缺测" if np.isnan(value) else f"{value:.10g}", declared.unit)
