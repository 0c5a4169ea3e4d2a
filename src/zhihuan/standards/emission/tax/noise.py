"""Tax on industrial noise above its limit, by whole decibels and months.

    >>> from datetime import date
    >>> noise_tax(date(2024, 4, 30), day_excess_db="7", night_excess_db="5", days=10).total
    Decimal('1050.00')

It refuses to find the excess itself: ``standards.noise`` does that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.emission.tax.decimals import Number, decimal_of
from zhihuan.standards.emission.tax.rates import in_fen
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import parameter

__all__ = ["NoiseTax", "noise_tax"]

_BANDS, _RULES, _ROUNDING = (
    f"emission/tax/noise_{name}" for name in ("bands", "rules", "rounding")
)


@dataclass(frozen=True, slots=True)
class NoiseTax:
    """day_db, night_db: whole decibels above the limit; day_yuan, night_yuan: the monthly tax of
    each before halving and doubling; total: yuan."""

    on: date
    days: int
    two_places: bool
    day_db: Decimal
    night_db: Decimal
    day_yuan: Decimal
    night_yuan: Decimal
    factor: Decimal
    total: Decimal

    def derivation(self) -> Derivation:
        """The reckoning: rounding of the decibels, bands, half month, two places."""
        rounding = "四舍五入取整"
        return Derivation(
            title=f"环境保护税（工业噪声，{self.on:%Y-%m}）",
            conclusion=f"应纳税额 {self.total} 元",
            basis=(
                Basis.of(parameter(_BANDS).on(self.on), decides="税额"),
                Basis.of(parameter(_RULES).on(self.on), decides="减半与加倍"),
                Basis.of(parameter(_ROUNDING).on(self.on), decides="超标分贝数取整"),
            ),
            facts=(
                Fact("当月超标天数", str(self.days), "d"),
                Fact("边界超过 100 米且两处以上超标", "是" if self.two_places else "否"),
            ),
            steps=(
                Step("昼间", f"超标 {self.day_db} dB", f"{self.day_yuan} 元", rounding),
                Step("夜间", f"超标 {self.night_db} dB", f"{self.night_yuan} 元", rounding),
                Step("合计", f"({self.day_yuan}＋{self.night_yuan})×{self.factor}",
                     f"{self.total} 元", deciding=True),
            ),
        )  # fmt: skip


def noise_tax(
    on: date,
    *,
    day_excess_db: Number = "0",
    night_excess_db: Number = "0",
    days: int,
    two_places: bool = False,
) -> NoiseTax:
    """The tax of one place of work for one month.

    day_excess_db, night_excess_db [dB]: of the loudest place above its limit, 0 for none; at night
    the worse of Leq and Lmax. days: days of the month with an exceedance. two_places: the boundary
    is longer than 100 m and two or more places exceed. Raises InputRefusedError.
    Source: 环境保护税法 annex 1, noise, remarks 1, 3, 4, 5; in force 2018-01-01. The decibels are
    rounded half up (second hand).
    """
    day_db, night_db = (_whole(value, on) for value in (day_excess_db, night_excess_db))
    if not 0 <= days <= 31:
        raise InputRefusedError([
            InputProblem(-1, "当月超标天数", days, "不在 0～31 之间", "请按月填写")
        ])  # fmt: skip
    rules = parameter(_RULES).on(on).table
    factor = Decimal(1)
    if days < int(str(rules["full_from_days"])):
        factor *= Decimal(str(rules["part_month_share"]))
    if two_places:
        factor *= int(str(rules["places"]))
    day_yuan, night_yuan = _monthly(day_db, on), _monthly(night_db, on)
    total = in_fen((day_yuan + night_yuan) * factor, on)
    return NoiseTax(on, days, two_places, day_db, night_db, day_yuan, night_yuan, factor, total)


def _whole(value: Number, on: date) -> Decimal:
    decimals = int(parameter(_ROUNDING).on(on).number)
    decibels = decimal_of(value, "超标分贝数")
    if decibels < 0:
        raise InputRefusedError([
            InputProblem(-1, "超标分贝数", value, "为负", "未超标请填 0")
        ])  # fmt: skip
    return decibels.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _monthly(decibels: Decimal, on: date) -> Decimal:
    rows = parameter(_BANDS).on(on).rows
    reached = [Decimal(row["monthly_yuan"]) for row in rows if decibels >= Decimal(row["from_db"])]
    return reached[-1] if reached else Decimal(0)
