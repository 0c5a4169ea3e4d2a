"""What one outlet owes for one month: equivalents, the first few, reductions, the sum.

Air: the three pollutants with the most equivalents. Water: the first five of class one and the
first three of the others (article 9). Where the month's mean lies 30 % (50 %) below the limit and
no hour or day exceeded, 75 % (50 %) is due (article 13; implementing regulation 10 to 12).
It refuses negative amounts, and a reduction nobody has shown the grounds for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext

from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.emission.tax.decimals import Number, decimal_of, decimal_or_none
from zhihuan.standards.emission.tax.equivalents import (
    Medium,
    Pollutant,
    equivalents_edition,
    ph_value,
    pollutant,
)
from zhihuan.standards.emission.tax.rates import checked_rate, guangdong_rate, in_fen
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["Discharge", "OutletTax", "TaxLine", "outlet_tax"]

_CONTEXT = Context(prec=40)
_FIRST = "emission/tax/first_pollutants"
_REDUCTIONS = "emission/tax/reductions"
_WHOLE = Decimal(1)
# The ranking group of each group of the annex; animals and small trades are taxed each by itself.
_RANKED = {
    "air": "air",
    "water_first_class": "water_first_class",
    "water_second_class": "water_other",
    "water_other": "water_other",
}


@dataclass(frozen=True, slots=True)
class Discharge:
    """One pollutant of one outlet in one month.

    item: its name in the annex. amount: kg; tonnes of waste water for pH, colour, coliforms and
    chlorine; heads, beds … where the annex says so. mean, limit: the month's mean and its limit in
    one unit (colour: times; pH: the reading as mean); None where unknown. exceeded: whether any
    hourly mean (air), daily mean (water) or sample of the month was above the limit; None unknown.
    """

    item: str
    amount: Number
    mean: Number | None = None
    limit: Number | None = None
    exceeded: bool | None = None


@dataclass(frozen=True, slots=True)
class TaxLine:
    """One pollutant's part. rank: among its ranking group, 1 the most; 0 where it is not ranked.
    share: of the tax due after reduction. tax: yuan, not rounded; 0 where it is not taxed. why:
    the reason, in Chinese. how: the formula of the equivalents.
    """

    discharge: Discharge
    pollutant: Pollutant
    equivalents: Decimal
    how: str
    rank: int
    taxed: bool
    share: Decimal
    tax: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class OutletTax:
    """lines: in the order given. rate [yuan per equivalent]. total: yuan, rounded once."""

    lines: tuple[TaxLine, ...]
    medium: Medium
    rate: Decimal
    total: Decimal
    on: date
    bases: tuple[Basis, ...]

    def derivation(self) -> Derivation:
        """The whole reckoning, line by line."""
        sums = "＋".join(f"{line.tax:.4f}" for line in self.lines if line.taxed) or "0"
        return Derivation(
            title=f"环境保护税（{'大气' if self.medium is Medium.AIR else '水'}污染物，{self.on:%Y-%m}）",
            conclusion=f"应纳税额 {self.total} 元",
            basis=self.bases,
            facts=(
                *(Fact(line.pollutant.name, str(line.discharge.amount), line.pollutant.per)
                  for line in self.lines),
                Fact("适用税额", str(self.rate), "元/污染当量"),
            ),
            steps=(
                *(_line_step(line, self.rate) for line in self.lines),
                Step("应纳税额", sums, f"{self.total} 元", rounding="四舍五入到分，仅此一次",
                     deciding=True),
            ),
        )  # fmt: skip


def outlet_tax(
    month: Sequence[Discharge],
    *,
    medium: Medium,
    on: date,
    rate: Decimal | str | None = None,
    reductions_barred: bool = False,
) -> OutletTax:
    """The tax of one outlet for the month ``on`` lies in.

    month: its pollutants, each once. rate [yuan per equivalent]: None takes Guangdong's.
    reductions_barred: another outlet of the taxpayer exceeded in the month, so none is reduced
    (as the tax offices read the regulation).
    Raises InputRefusedError (unknown item, negative or repeated one, rate outside the law's
    range), OutsideEditionsError (before 2018).
    Source: 环境保护税法 articles 8, 9, 13 and annexes; 实施条例 articles 10 to 12; in force
    2018-01-01. Rounding: the sum, half up to the fen.
    """
    _refuse(month)
    price, rate_bases = _rate(rate, medium, on)
    with localcontext(_CONTEXT):
        counted = [_counted(one, pollutant(one.item, medium, on), on) for one in month]
        ranks = _ranks(counted, on)
        lines = tuple(
            _line(entry, rank, price, on, barred=reductions_barred)
            for entry, rank in zip(counted, ranks, strict=True)
        )
        total = in_fen(sum((line.tax for line in lines), Decimal(0)), on)
    return OutletTax(lines, medium, price, total, on, (*rate_bases, *_bases(on)))


@dataclass(frozen=True, slots=True)
class _Counted:
    discharge: Discharge
    pollutant: Pollutant
    equivalents: Decimal
    how: str


def _counted(one: Discharge, row: Pollutant, on: date) -> _Counted:
    amount, mean, limit = _numbers(one)
    if row.value is None:
        return _by_ph(one, row, amount, mean, on)
    if row.per == "t·倍":
        return _by_colour(one, row, amount, mean, limit)
    if row.once == "bacteria" and mean is not None and limit is not None and mean <= limit:
        return _Counted(one, row, Decimal(0), f"{mean} 未超过 {limit}，不计")
    return _Counted(one, row, amount / row.value, f"{amount}÷{row.value}")


def _by_ph(
    one: Discharge, row: Pollutant, amount: Decimal, mean: Decimal | None, on: date
) -> _Counted:
    if mean is None:
        raise InputRefusedError([
            InputProblem(-1, row.name, None, "没有 pH 值", "请在 mean 中填写 pH 值")
        ])  # fmt: skip
    value = ph_value(float(mean), on)
    if value is None:
        return _Counted(one, row, Decimal(0), f"pH {mean} 在 6～9 之间，不计")
    return _Counted(one, row, amount / value, f"pH {mean}：{amount}÷{value}")


def _by_colour(
    one: Discharge, row: Pollutant, amount: Decimal, mean: Decimal | None, limit: Decimal | None
) -> _Counted:
    if mean is None or limit is None or row.value is None:
        raise InputRefusedError([
            InputProblem(-1, row.name, mean, "缺少色度或其标准", "请填写 mean（倍）与 limit（倍）")
        ])  # fmt: skip
    beyond = max((mean - limit) / limit, Decimal(0))
    how = f"{amount}×({mean}−{limit})÷{limit}÷{row.value}"
    return _Counted(one, row, amount * beyond / row.value, how)


def _ranks(counted: Sequence[_Counted], on: date) -> list[tuple[int, str]]:
    """(rank, reason it is not taxed or "") of each; 0 for what is not ranked."""
    first = parameter(_FIRST).on(on).table
    found: list[tuple[int, str]] = [(0, "")] * len(counted)
    for group in dict.fromkeys(_RANKED.values()):
        places = [n for n, one in enumerate(counted) if _RANKED.get(one.pollutant.group) == group]
        places.sort(key=lambda n: -counted[n].equivalents)  # stable: equals keep their order
        seen: set[str] = set()
        rank = 0
        for place in places:
            once = counted[place].pollutant.once
            if once and once in seen:
                found[place] = (0, "与当量数更多的同类项目只征收一项")
                continue
            seen.add(once)
            rank += 1
            allowed = int(str(first[group]))
            late = f"排序第 {rank}，超出前 {allowed} 项" if rank > allowed else ""
            found[place] = (rank, late)
    return found


def _line(
    entry: _Counted, ranked: tuple[int, str], rate: Decimal, on: date, *, barred: bool
) -> TaxLine:
    rank, not_taxed = ranked
    if entry.equivalents == 0:
        not_taxed = not_taxed or "污染当量数为 0"
    share, why = _share(entry, on, barred=barred)
    taxed = not not_taxed
    return TaxLine(
        discharge=entry.discharge, pollutant=entry.pollutant, equivalents=entry.equivalents,
        how=entry.how, rank=rank, taxed=taxed, share=share if taxed else _WHOLE,
        tax=entry.equivalents * rate * share if taxed else Decimal(0), why=not_taxed or why,
    )  # fmt: skip


def _share(entry: _Counted, on: date, *, barred: bool) -> tuple[Decimal, str]:
    """(share due, reason) by article 13."""
    one = entry.discharge
    _, mean, limit = _numbers(one)
    if entry.pollutant.per != "kg" or mean is None or not limit:
        return _WHOLE, "未提供月均浓度与限值，不减征" if entry.pollutant.per == "kg" else ""
    if one.exceeded is None:
        return _WHOLE, "未说明当月是否有均值超标，不减征"
    if one.exceeded or barred:
        return _WHOLE, "当月有浓度超标，不减征" if one.exceeded else "其他排放口超标，不减征"
    below = 1 - mean / limit
    bands = parameter(_REDUCTIONS).on(on).table["bands"]
    assert isinstance(bands, list)  # noqa: S101 - a packaged file, tested
    reached = [band for band in bands if below >= Decimal(str(band["below_by"]))]
    if not reached:
        return _WHOLE, f"月均浓度低于限值 {below:.2%}，未达减征幅度"
    pay = min(Decimal(str(band["pay"])) for band in reached)
    return pay, f"月均浓度低于限值 {below:.2%}，减按 {pay:.0%} 征收"


def _line_step(line: TaxLine, rate: Decimal) -> Step:
    counted = f"{line.how} = {line.equivalents:.4f} 污染当量"
    if not line.taxed:
        return Step(line.pollutant.name, f"{counted}；{line.why}", "不征收")
    reduced = f"×{line.share.normalize():f}" if line.share != 1 else ""
    why = f"；{line.why}" if line.why else ""
    rank = f"，第 {line.rank} 位" if line.rank else ""
    return Step(
        line.pollutant.name, f"{counted}{rank}；×{rate}{reduced}{why}", f"{line.tax:.4f} 元"
    )


def _rate(
    rate: Decimal | str | None, medium: Medium, on: date
) -> tuple[Decimal, tuple[Basis, ...]]:
    span = Basis.of(parameter("emission/tax/rate_range").on(on), decides="税额幅度")
    if rate is not None:
        return checked_rate(decimal_of(rate, "适用税额"), medium, on), (span,)
    edition: Edition = guangdong_rate(medium, on)
    return Decimal(edition.text), (Basis.of(edition, decides="适用税额"), span)


def _bases(on: date) -> tuple[Basis, ...]:
    return (
        Basis.of(equivalents_edition(on), decides="污染当量值"),
        Basis.of(parameter(_FIRST).on(on), decides="征税的污染物项数"),
        Basis.of(parameter(_REDUCTIONS).on(on), decides="减征"),
    )


def _refuse(month: Sequence[Discharge]) -> None:
    items = [one.item for one in month]
    problems = [
        InputProblem(row, one.item, value, problem, "请核对")
        for row, one in enumerate(month)
        for value, problem in _faults(one, row)
    ]
    problems += [
        InputProblem(row, "应税污染物", item, "同一排放口重复填报", "请合并为一行")
        for row, item in enumerate(items)
        if item in items[:row]
    ]
    if problems:
        raise InputRefusedError(problems)


def _faults(one: Discharge, row: int) -> list[tuple[Decimal, str]]:
    amount, mean, limit = _numbers(one, row)
    faults = [(amount, "排放量为负")] if amount < 0 else []
    faults += [(mean, "月均浓度为负")] if mean is not None and mean < 0 else []
    return faults + ([(limit, "限值不是正数")] if limit is not None and limit <= 0 else [])


def _numbers(one: Discharge, row: int = -1) -> tuple[Decimal, Decimal | None, Decimal | None]:
    """(amount, mean, limit)."""
    mean, limit = (decimal_or_none(value, one.item, row) for value in (one.mean, one.limit))
    return decimal_of(one.amount, one.item, row), mean, limit
