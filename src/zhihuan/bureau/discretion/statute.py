"""The statutory fine of an act, from the words of its penalty article: one range or several.

    tiers_of("五万元以上二十万元以下；二十万元以上一百万元以下；二十万元以下；一百万元以下")
    → 5万元以上20万元以下, 20万元以上100万元以下

Which of several ranges holds is a question of law (逾期不改正, 情节严重, 个人), so it is answered only
where a table's formula or a band settles it; elsewhere the officer is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from zhihuan.bureau.discretion.bound import Bound, bound_of

__all__ = ["UNNAMED_BASE", "is_maximum", "tier_of_band", "tier_up_to", "tiers_of"]

#: What the words of the article multiply where they do not name it.
UNNAMED_BASE = "法条所定基数"


def tiers_of(words: str) -> tuple[Bound, ...]:
    """The ranges in the order of the article; () for none. A mere “X以下” that is the upper half of
    a range already there is not another range. Raises TableFileError for words without a reading."""
    found = [bound_of(each, UNNAMED_BASE) for each in words.split("；") if each]
    upper = {(each.base, each.high) for each in found if each.low is not None}
    kept = [each for each in found if each.low is not None or (each.base, each.high) not in upper]
    return tuple(dict.fromkeys(kept))


def tier_up_to(tiers: Iterable[Bound], most: Fraction, base: str) -> Bound | None:
    """The one range whose maximum is the one a formula multiplies, told of its base."""
    found = [each for each in tiers if each.high == most and bool(each.base) == bool(base)]
    if len(found) != 1:
        return None
    tier = found[0]
    return Bound(tier.low, tier.high, tier.text, base, tier.per, tier.doubt)


def tier_of_band(tiers: Iterable[Bound], band: Bound) -> Bound | None:
    """The one range within which a band lies; None when it is none or more than one."""
    found = [each for each in tiers if bool(each.base) == bool(band.base) and _holds(each, band)]
    if len(found) != 1:
        return None
    tier = found[0]
    return Bound(tier.low, tier.high, tier.text, band.base, tier.per, tier.doubt)


def is_maximum(tiers: Iterable[Bound], band: Bound) -> bool | None:
    """Whether a band ends with the maximum of a range that it lies in; None where it lies in none that is known."""
    found = [each for each in tiers if bool(each.base) == bool(band.base) and _holds(each, band)]
    return any(each.high == band.high for each in found) if found else None


def _holds(tier: Bound, band: Bound) -> bool:
    low, high = band.low or Fraction(0), band.high
    if tier.low is not None and low < tier.low:
        return False
    return tier.high is None or (high is not None and high <= tier.high)
