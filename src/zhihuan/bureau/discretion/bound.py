"""What a fine may be, read from the words of a table or a statute.

    bound_of("5万元以上20万元以下")            50000 to 200000 yuan
    bound_of("处所收费用的1倍以上1.5倍以下罚款")   1 to 1.5 times what was charged
    bound_of("直接经济损失5倍")                exactly 5 times
    bound_of("警告")                         no fine

It guesses nothing silently: words that are misprinted but leave one reading (“45万元以上60万元以上”)
are read with a ``doubt`` that names them; words that leave none are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from zhihuan.bureau.discretion.errors import TableFileError
from zhihuan.bureau.discretion.money import chinese_number, share_words, sum_words

__all__ = ["Bound", "bound_of"]

_NUMBER = r"(\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+)"
_SIDE = r"(以上|以下|以)?"
_TIMES = re.compile(rf"{_NUMBER}倍{_SIDE}")
_SHARE = re.compile(rf"(\d+(?:\.\d+)?)%{_SIDE}")
_SHARE_CHINESE = re.compile(rf"百分之{_NUMBER}{_SIDE}")
_SUM = re.compile(rf"{_NUMBER}(千|万)?(元*)(万)?{_SIDE}")
_PER = re.compile(r"元/(\w+)$")
_BEFORE_BASE = re.compile(r"^.*(?:，并处|^处)|^处")
_CLEAN = {("以上", "以下"), ("以下",), ("以上",), ("",)}
_MISPRINTED = {("以上", "以上"), ("以下", "以下"), ("以", "以下")}
_MULTIPLIER = {"千": 1000, "万": 10_000, "": 1, None: 1}


@dataclass(frozen=True, slots=True)
class Bound:
    """From ``low`` to ``high``: yuan, or with ``base`` multiples of it (0.05 = 5 %).

    low None: only a maximum is set; high None: only a minimum; both None: a warning, no fine. per:
    what each sum is for (车次). doubt: how misprinted words were read, "" for clean ones.
    """

    low: Fraction | None
    high: Fraction | None
    text: str
    base: str = ""
    per: str = ""
    doubt: str = ""

    @property
    def is_fixed(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def has_fine(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def asks(self) -> str:
        """The figure that must be known before this is a sum of money; "" when it is one already."""
        return self.base or (f"{self.per}数" if self.per else "")

    @property
    def order(self) -> tuple[bool, Fraction, Fraction]:
        """The lower first; sums of money before multiples of something yet to be proved."""
        low = self.low or Fraction(0)
        return bool(self.base), self.high if self.high is not None else low, low

    def times(self, base: Fraction) -> Bound:
        """The same in yuan, for a base in yuan or a number of times."""
        low = None if self.low is None else self.low * base
        high = None if self.high is None else self.high * base
        return Bound(low, high, self.text, doubt=self.doubt)

    @property
    def words(self) -> str:
        """In the calculator's own even words."""
        one = _multiple_words if self.base else sum_words
        behind = f"（每{self.per}）" if self.per else ""
        low, high = self.low, self.high
        if low is None and high is None:
            return self.text
        if low is None:
            told = f"{one(high or Fraction(0))}以下"
        elif high is None:
            told = f"{one(low)}以上"
        else:
            told = one(low) if low == high else f"{one(low)}以上{one(high)}以下"
        return f"{self.base}{told}{behind}"


def bound_of(text: str, base: str = "") -> Bound:
    """The bound that these words set. base: what multiples are of, where the words do not say it.

    Raises TableFileError for words without a reading.
    """
    plain = text.strip()
    for pattern, unit in ((_TIMES, 1), (_SHARE, 100), (_SHARE_CHINESE, 100)):
        if found := list(pattern.finditer(plain)):
            sides = [(chinese_number(each[1]) / unit, each[2] or "") for each in found]
            return _bounded(plain, sides, base=_base(plain[: found[0].start()]) or base)
    if found := list(_SUM.finditer(plain)):
        return _sums(plain, found)
    if "警告" in plain:
        return Bound(None, None, plain)
    raise TableFileError(f"无法从“{text}”读出罚款幅度")


def _sums(plain: str, found: list[re.Match[str]]) -> Bound:
    per = _PER.search(plain)
    sides = [
        (chinese_number(each[1]) * _MULTIPLIER[each[2] or each[4]], each[5] or "") for each in found
    ]
    is_odd = any(len(each[3]) > 1 or each[4] or not (each[2] or each[3]) for each in found)
    return _bounded(plain, sides, per=per[1] if per else "", is_odd=is_odd)


def _bounded(
    plain: str,
    sides: list[tuple[Fraction, str]],
    *,
    base: str = "",
    per: str = "",
    is_odd: bool = False,
) -> Bound:
    shape = tuple(side for _value, side in sides)
    if shape not in _CLEAN | _MISPRINTED:
        raise TableFileError(f"无法从“{plain}”读出罚款幅度")
    low, high = sides[0][0], sides[-1][0]
    bound = Bound(
        None if shape == ("以下",) else low,
        None if shape == ("以上",) else high,
        plain,
        base,
        per,
    )
    if bound.low is not None and bound.high is not None and bound.low > bound.high:
        raise TableFileError(f"“{plain}”的下限高于上限")
    if shape in _MISPRINTED or is_odd:
        doubt = f"原文“{plain}”有笔误，按“{bound.words}”理解，请核对附件原文"
        return Bound(bound.low, bound.high, plain, base, per, doubt)
    return bound


def _base(before: str) -> str:
    return _BEFORE_BASE.sub("", before).strip("的，、 ")


def _multiple_words(multiple: Fraction) -> str:
    return share_words(multiple) if multiple < 1 else f"{float(multiple):g}倍"
