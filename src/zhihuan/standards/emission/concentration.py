"""From what a stack analyser reads to what a limit is compared with, every step kept.

    >>> from datetime import date
    >>> found = reported_concentration(54.0, on=date(2025, 6, 1), oxygen_percent=9.0,
    ...                                reference_oxygen_percent=6.0, moisture_percent=10.0)
    >>> float(found.dry_mg_m3), float(found.converted_mg_m3)
    (60.0, 75.0)

Standard state, dry basis, reference oxygen, in this order (HJ 212-2017, annex D, D2.1 and D2.3;
the formulas live in ``standards.flue_gas``). It refuses negative and absurd readings and oxygen given
as fractions, and next to ambient air it gives NaN instead of a huge converted value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards import flue_gas
from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter

__all__ = ["StackConcentration", "reported_concentration"]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]

_FORMULA = "emission/conversion"
_LARGEST_FRACTION = 0.21  # of oxygen in air; no stack has less than 0.21 % all the time


@dataclass(frozen=True, slots=True)
class StackConcentration:
    """All stages of the same readings, float64 of one shape; NaN where a stage has no value.

    measured_mg_m3: as read. standard_mg_m3: at 273 K, 101325 Pa. dry_mg_m3: also dry; amounts are
    computed with it. converted_mg_m3: also at reference oxygen; limits are compared with it.
    """

    measured_mg_m3: Floats
    standard_mg_m3: Floats
    dry_mg_m3: Floats
    converted_mg_m3: Floats
    oxygen_percent: Floats
    reference_oxygen_percent: Floats
    moisture_percent: Floats
    days: Days

    def derivation(self, index: Index = ()) -> Derivation:
        """Why the element at ``index`` has its converted concentration."""
        at = {
            name: float(getattr(self, name)[index])
            for name in (
                "measured_mg_m3", "standard_mg_m3", "dry_mg_m3", "converted_mg_m3",
                "oxygen_percent", "reference_oxygen_percent", "moisture_percent",
            )
        }  # fmt: skip
        edition = parameter(_FORMULA).on(self.days[index].astype(object))
        return Derivation(
            title="烟气浓度折算",
            conclusion=_conclusion(at),
            basis=(Basis.of(edition, decides=parameter(_FORMULA).title),),
            facts=(
                Fact("实测浓度", _text(at["measured_mg_m3"]), "mg/m³"),
                Fact("含湿量", _text(at["moisture_percent"]), "%"),
                Fact("干烟气含氧量", _text(at["oxygen_percent"]), "%"),
            ),
            steps=_steps(at),
            cautions=("计算过程不修约。",),
        )


def reported_concentration(  # noqa: PLR0913 - the quantities a stack analyser delivers
    measured_mg_m3: ArrayLike,
    *,
    on: When,
    oxygen_percent: ArrayLike = np.nan,
    reference_oxygen_percent: ArrayLike = np.nan,
    moisture_percent: ArrayLike = 0.0,
    at_standard_state: bool = True,
    ambient_pa: ArrayLike = np.nan,
    static_pa: ArrayLike = np.nan,
    flue_celsius: ArrayLike = np.nan,
) -> StackConcentration:
    """Concentrations at standard state, dry, and at reference oxygen of what was measured.

    All arguments broadcast. measured_mg_m3 [mg/m³]: at standard state already, unless
    ``at_standard_state`` is False; then ambient_pa, static_pa [Pa] and flue_celsius [°C] are
    needed. moisture_percent [%]: 0 for an analyser that measures dry. oxygen_percent [%]: dry.
    reference_oxygen_percent [%]: NaN where the standard sets none, nothing is converted then.
    NaN in gives NaN out; oxygen of 20.9 % or more gives no converted value.
    on: the day of each reading, for the edition cited. Raises InputRefusedError,
    OutsideEditionsError (before 2017-05-01). No rounding.
    Source: HJ 212-2017, annex D, formulas (18), (19), (28), in force 2017-05-01 to 2025-12-31;
    carried over to HJ 212-2025 unread.
    """
    columns = {
        "flue_mg_m3": measured_mg_m3, "oxygen_percent": oxygen_percent,
        "moisture_percent": moisture_percent, "ambient_pa": ambient_pa,
        "static_pa": static_pa, "flue_celsius": flue_celsius,
    }  # fmt: skip
    refuse_bad((f"emission/{code}", values) for code, values in columns.items())
    _refuse_fractions(np.atleast_1d(decimal_floats(oxygen_percent)))
    spans_in_force(parameter(_FORMULA), on)
    standard = decimal_floats(measured_mg_m3)
    if not at_standard_state:
        standard = flue_gas.standard_concentration(standard, ambient_pa, static_pa, flue_celsius)
    dry = flue_gas.dry_concentration(standard, moisture_percent)
    converted = flue_gas.converted_concentration(dry, oxygen_percent, reference_oxygen_percent)
    read, standard, dry, converted, oxygen, reference, moisture = np.broadcast_arrays(
        decimal_floats(measured_mg_m3), standard, dry, converted,
        *(decimal_floats(one)
          for one in (oxygen_percent, reference_oxygen_percent, moisture_percent)),
    )  # fmt: skip
    return StackConcentration(
        measured_mg_m3=read, standard_mg_m3=standard, dry_mg_m3=dry, converted_mg_m3=converted,
        oxygen_percent=oxygen, reference_oxygen_percent=reference, moisture_percent=moisture,
        days=np.broadcast_to(as_days(on), read.shape),
    )  # fmt: skip


def _conclusion(at: dict[str, float]) -> str:
    if np.isnan(at["converted_mg_m3"]):
        return "无法折算：实测浓度或含氧量缺测，或含氧量接近环境空气"
    return f"折算浓度 {_result(at['converted_mg_m3'])}"


def _steps(at: dict[str, float]) -> tuple[Step, ...]:
    shown = {name: _text(value) for name, value in at.items()}
    standard = Step(
        "标准状态浓度（273 K，101325 Pa）",
        f"由实测 {shown['measured_mg_m3']} 按式(18)，或仪器已为标态",
        _result(at["standard_mg_m3"]),
    )
    dry = Step(
        "干基浓度",
        f"{shown['standard_mg_m3']}÷(1−{shown['moisture_percent']}÷100)",
        _result(at["dry_mg_m3"]),
    )
    reference = at["reference_oxygen_percent"]
    how = (
        "排放标准未规定基准含氧量，不折算"
        if np.isnan(reference)
        else f"{shown['dry_mg_m3']}×(21−{reference:g})÷(21−{shown['oxygen_percent']})"
    )
    return standard, dry, Step("折算浓度", how, _result(at["converted_mg_m3"]), deciding=True)


def _text(value: float) -> str:
    return "缺测" if np.isnan(value) else f"{value:.10g}"


def _result(value: float) -> str:
    return "无法计算" if np.isnan(value) else f"{value:.10g} mg/m³"


def _refuse_fractions(oxygen: Floats) -> None:
    """Raise InputRefusedError where every oxygen content is one of 0–1: given as a fraction."""
    known = oxygen[oxygen > 0]
    if known.size and known.max() <= _LARGEST_FRACTION:
        problem = "全部小于 0.21，可能是以小数（0.09 即 9 %）填写"
        shown = f"{float(known.max()):g} %"
        raise InputRefusedError([InputProblem(-1, "含氧量", shown, problem, "请换算为 % 再折算")])
