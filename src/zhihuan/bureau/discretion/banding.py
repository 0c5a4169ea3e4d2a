"""The band mode: the factors find a row, and §12 a fine within its band.

从重 not below the middle, 一般 the middle, 从轻 below it; where a band has but a maximum 20 % and 50 %
of it, where it has but a minimum 2 and 5 times it. 从重 and 从轻 within a two-ended band leave a range:
no figure is made up for them. By §23 the upper end of a band does not belong to it, but for the statutory maximum,
which belongs to the highest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhihuan.bureau.discretion.answers import answered
from zhihuan.bureau.discretion.asked import Asked
from zhihuan.bureau.discretion.bound import Bound
from zhihuan.bureau.discretion.errors import AnswerRefusedError
from zhihuan.bureau.discretion.money import in_yuan, share_words, sum_words, to_fen
from zhihuan.bureau.discretion.reckoning import Severity, Taken
from zhihuan.bureau.discretion.regulation import section_12
from zhihuan.bureau.discretion.span import Span, between, span_of
from zhihuan.bureau.discretion.statute import is_maximum, tier_of_band
from zhihuan.bureau.discretion.table import BandRow, BandTable, Level

__all__ = ["Banded", "band"]

_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Banded:
    """The parts of a reckoning that this mode finds."""

    factors: tuple[Taken, ...]
    statutory: Span | None
    within: Span | None
    amount: Decimal | None
    steps: tuple[str, ...]
    warnings: tuple[str, ...]
    asks: tuple[str, ...]


def band(table: BandTable, asked: Asked, most: Decimal | None = None) -> Banded:
    """The band and what §12 makes of it. most: the statutory maximum in yuan as an officer read it, where the law is not
    packaged. Raises AnswerRefusedError for answers that fit no row."""
    person = asked.person
    given = answered(table.factors, asked.answers)
    row = _row(table, given)
    bound = _of_person(table, row) if person else row.unit
    factors, ignored = _taken(table, row, given)
    tier = None if person else tier_of_band(table.tiers, bound)
    warnings = [f"“{name}”在本档不作区分，未计入" for name in ignored]
    if tier is None and bound.has_fine:
        warnings.append("法条所定幅度未录入或者不止一个，请自行核对本档所属的法定幅度")
    base = _base(bound, asked.bases)
    statutory = span_of(tier, base) if tier else None
    is_open = _is_open(table, bound, base, person=person, most=most)
    found = _fine(bound, base, asked.severity, is_open=is_open)
    return Banded(
        factors, statutory, found.within, found.amount, found.steps, tuple(warnings), found.asks
    )


@dataclass(frozen=True, slots=True)
class _Fine:
    within: Span
    amount: Decimal | None
    steps: tuple[str, ...]
    asks: tuple[str, ...] = ()


def _is_open(
    table: BandTable, bound: Bound, base: Fraction | None, *, person: bool, most: Decimal | None
) -> bool:
    """Whether the upper end does not belong to the band (§23): it does where it is the statutory maximum and no band of
    that sum alone stands above it. Where the law's range is not known, the highest band of the table ends with it."""
    if bound.high is None or bound.is_fixed:
        return False
    bands = [row.person if person else row.unit for row in table.rows]
    alike = [each for each in bands if each and (each.base, each.per) == (bound.base, bound.per)]
    if any(each.is_fixed and each.high == bound.high for each in alike):
        return True  # a band of its own, of that sum alone
    known = None if person else is_maximum(table.tiers, bound)
    if known is not None:
        return not known
    if most is not None and base is not None:
        return bound.high * base < in_yuan(most)
    return bound.high < max(each.high for each in alike if each.high is not None)


def _told_end(bound: Bound, *, is_open: bool) -> str:
    if bound.high is None or bound.is_fixed:
        return ""
    return "（不含上限，第二十三条）" if is_open else "（上限为法定最高额，含上限）"


def _fine(bound: Bound, base: Fraction | None, severity: Severity, *, is_open: bool) -> _Fine:
    steps = [f"裁量因素对应的档次：{bound.text}{_told_end(bound, is_open=is_open)}"]
    if not bound.has_fine:
        zero = Decimal("0.00")
        return _Fine(Span(zero, zero, bound.text), zero, (*steps, "本档为警告，不处罚款"))
    if base is None:
        steps.append(f"请填写“{bound.asks}”，方能算出罚款数额")
        within = span_of(bound, excludes_high=is_open)
        return _Fine(within, None, tuple(steps), (bound.asks,))
    plain = _plain(bound, base, steps)
    within, amount = _by_section_12(plain, severity, steps, is_open=is_open)
    return _Fine(within, amount, tuple(steps))


def _row(table: BandTable, given: Mapping[str, Level]) -> BandRow:
    """The least of the rows that agree with what is known."""
    names = [each.name for each in table.factors]
    fitting = [row for row in table.rows if _agrees(names, row, given)]
    if not fitting:
        told = "、".join(f"{name}“{level.name}”" for name, level in given.items())
        raise AnswerRefusedError(f"表 {table.number} 中没有{told}的组合，请核对档次")
    return min(fitting, key=lambda row: row.unit.order)


def _agrees(names: list[str], row: BandRow, given: Mapping[str, Level]) -> bool:
    return all(
        level is None or name not in given or given[name].name == level
        for name, level in zip(names, row.levels, strict=True)
    )


def _taken(
    table: BandTable, row: BandRow, given: Mapping[str, Level]
) -> tuple[tuple[Taken, ...], list[str]]:
    """The factors that the row asks for, and those answered that it does not."""
    pairs = [(each.name, level) for each, level in zip(table.factors, row.levels, strict=True)]
    taken = tuple(Taken(name, level, None, name in given) for name, level in pairs if level)
    return taken, [name for name, level in pairs if level is None and name in given]


def _of_person(table: BandTable, row: BandRow) -> Bound:
    if row.person is None:
        raise AnswerRefusedError(f"表 {table.number} 的这一档没有对个人的罚款")
    return row.person


def _base(bound: Bound, bases: Mapping[str, Decimal]) -> Fraction | None:
    """1 for a plain sum; None while the figure it multiplies is not known."""
    if not bound.asks:
        return _ONE
    given = bases.get(bound.asks)
    if given is None:
        return None
    if given <= 0:
        raise AnswerRefusedError(f"“{bound.asks}”须大于0")
    return in_yuan(given)


def _plain(bound: Bound, base: Fraction, steps: list[str]) -> Bound:
    if not bound.asks:
        return bound
    plain = bound.times(base)
    figure = sum_words(base) if bound.base else f"{float(base):g}"
    steps.append(f"{bound.asks}为{figure}，折合{plain.words}")
    return plain


def _by_section_12(
    bound: Bound, severity: Severity, steps: list[str], *, is_open: bool
) -> tuple[Span, Decimal | None]:
    low, high = bound.low, bound.high
    if bound.is_fixed:
        steps.append(f"本档为定额：{bound.words}")
        return between(low, high), to_fen(low or Fraction(0))
    if low is None:
        return _below_maximum(high or Fraction(0), severity, steps, is_open=is_open)
    if high is None:
        return _above_minimum(low, severity, steps)
    middle = (low + high) / 2
    half = f"({sum_words(low)} + {sum_words(high)}) ÷ 2 = {sum_words(middle)}"
    if severity is Severity.NORMAL:
        steps.append(f"一般处罚按平均值：{half}（第十二条）")
        return between(low, high, excludes_high=is_open), to_fen(middle)
    if severity is Severity.HEAVY:
        steps.append(f"从重处罚不得低于平均值：{half}（第十二条），在幅度内另行说明理由")
        return between(middle, high, excludes_high=is_open), None
    steps.append(f"从轻处罚应当低于平均值：{half}（第十二条），在幅度内另行说明理由")
    return between(low, middle, excludes_high=True), None


def _below_maximum(
    high: Fraction, severity: Severity, steps: list[str], *, is_open: bool
) -> tuple[Span, Decimal | None]:
    normal = section_12("normal_of_max")
    if severity is Severity.HEAVY:
        steps.append("只规定最高额：第十二条未定从重数额，应高于一般处罚，另行说明理由")
        return between(normal * high, high, excludes_high=is_open, excludes_low=True), None
    share = normal if severity is Severity.NORMAL else section_12("light_of_max")
    amount = share * high
    steps.append(
        f"只规定最高额，{severity.words}按最高额的{share_words(share)}："
        f"{sum_words(high)} × {share_words(share)} = {sum_words(amount)}（第十二条）"
    )
    return between(None, high, excludes_high=is_open), to_fen(amount)


def _above_minimum(
    low: Fraction, severity: Severity, steps: list[str]
) -> tuple[Span, Decimal | None]:
    normal = section_12("normal_of_min")
    if severity is Severity.LIGHT:
        steps.append("只规定最低额：第十二条未定从轻数额，应低于一般处罚，另行说明理由")
        return between(low, normal * low, excludes_high=True), None
    multiple = normal if severity is Severity.NORMAL else section_12("heavy_of_min")
    amount = multiple * low
    steps.append(
        f"只规定最低额，{severity.words}按最低额的{multiple}倍："
        f"{sum_words(low)} × {multiple} = {sum_words(amount)}（第十二条）"
    )
    return between(low, None), to_fen(amount)
