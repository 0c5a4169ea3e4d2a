"""Tax on solid waste that was neither used, stored nor disposed of as the standards ask.

>>> from datetime import date
>>> solid_waste_tax("尾矿", date(2018, 1, 31), generated_t="1000", used_t="300",
...                 stored_t="200").total
Decimal('7500.00')
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.emission.tax.decimals import Number, decimal_of
from zhihuan.standards.emission.tax.rates import in_fen
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import parameter

__all__ = ["SolidWasteTax", "solid_waste_tax"]

_RATES = "emission/tax/solid_waste"


@dataclass(frozen=True, slots=True)
class SolidWasteTax:
    """taxed_t: what is taxed [t]; rate [yuan/t]; total: yuan."""

    kind: str
    on: date
    generated_t: Decimal
    used_t: Decimal
    stored_t: Decimal
    disposed_t: Decimal
    taxed_t: Decimal
    rate: Decimal
    total: Decimal

    def derivation(self) -> Derivation:
        """The reckoning."""
        return Derivation(
            title=f"环境保护税（固体废物：{self.kind}，{self.on:%Y-%m}）",
            conclusion=f"应纳税额 {self.total} 元",
            basis=(Basis.of(parameter(_RATES).on(self.on), decides="每吨税额"),),
            facts=(
                Fact("产生量", str(self.generated_t), "t"),
                Fact("综合利用量", str(self.used_t), "t"),
                Fact("合规贮存量", str(self.stored_t), "t"),
                Fact("合规处置量", str(self.disposed_t), "t"),
            ),
            steps=(
                Step("排放量",
                     f"{self.generated_t}−{self.used_t}−{self.stored_t}−{self.disposed_t}",
                     f"{self.taxed_t} t"),
                Step("应纳税额", f"{self.taxed_t}×{self.rate}", f"{self.total} 元", deciding=True),
            ),
        )  # fmt: skip


def solid_waste_tax(  # noqa: PLR0913 - the four amounts of the return
    kind: str,
    on: date,
    *,
    generated_t: Number,
    used_t: Number = "0",
    stored_t: Number = "0",
    disposed_t: Number = "0",
) -> SolidWasteTax:
    """The tax of one kind of waste for one month.

    kind: as annex 1 prints it. Amounts [t]: generated; used; stored and disposed of as the
    standards ask. Raises InputRefusedError.
    Source: 环境保护税法 articles 4, 7, 11 and annex 1; in force 2018-01-01.
    """
    rates = parameter(_RATES).on(on).table
    if kind not in rates:
        names = "、".join(map(str, rates))
        raise InputRefusedError([
            InputProblem(-1, "固体废物种类", kind, "税目税额表中没有", f"可用的有：{names}")
        ])  # fmt: skip
    generated, used, stored, disposed = (
        decimal_of(one, kind) for one in (generated_t, used_t, stored_t, disposed_t)
    )
    taxed = generated - used - stored - disposed
    if min(generated, used, stored, disposed, taxed) < 0:
        raise InputRefusedError([
            InputProblem(-1, "固体废物量", taxed, "各量须不为负，且利用、贮存、处置之和不超过产生量",
                         "请核对台账")
        ])  # fmt: skip
    rate = Decimal(str(rates[kind]))
    return SolidWasteTax(
        kind=kind, on=on, generated_t=generated, used_t=used, stored_t=stored,
        disposed_t=disposed, taxed_t=taxed, rate=rate, total=in_fen(taxed * rate, on),
    )  # fmt: skip
