"""Manual monitoring (手工监测) beside the automatic data of the same time: what each finds, and which is the evidence.

    found = compared(Sample(start, end, 20.0), periods, Bounds(upper=35.0), whole=False)
    found.manual, found.automatic, found.prevails

Manual data that were made by the statutory standards and methods prevail over automatic data of the same time; others do
not. A period is named by its start and does not hold its end: a sample at 02:00 sharp is of the hour from 02:00. It refuses
to convert units, and to say whether there was a violation.

Source: ``exceedance/manual_data`` (生态环境行政处罚办法 §30 since 2023-07-01).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.standards.parameters import Edition, parameter

__all__ = [
    "Automatic",
    "Bounds",
    "Compared",
    "Finding",
    "Prevails",
    "Sample",
    "compared",
    "plain_unit",
    "rule_of_manual",
]

_RULE = "exceedance/manual_data"
_SPELT = str.maketrans({"μ": "µ", "3": "³", "2": "²", "（": "(", "）": ")", " ": None})
_NO_UNIT = ("无量纲", "-", "—")


class Finding(StrEnum):
    """Against the limit. UNKNOWN: no valid datum, no limit, or a detection limit above it."""

    WITHIN = "within"
    ABOVE = "above"
    UNKNOWN = "unknown"


class Prevails(StrEnum):
    """Which data are the evidence; OPEN: the rule does not decide, people say why."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Sample:
    """A manual result. start, end: epoch s, the same where it was taken at one moment. value: in the limit's unit, of flue gas
    as converted (折算) where its limit is; with ``below`` the detection limit that it lies under. lawful: sampled and
    analysed by the statutory standards and methods. Raises ValueError for an end before the start and for a value
    that is missing, infinite or negative: a manual result without a value is none."""

    start: int
    end: int
    value: float
    below: bool = False
    lawful: bool = True

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a sample ends at {self.end}, before it began at {self.start}")
        if not math.isfinite(self.value) or self.value < 0:
            raise ValueError(f"a manual result is a number from 0 on, not {self.value}")

    def is_within(self, start: int, end: int) -> bool:
        """Whether some of it lies in [start, end)."""
        if self.start == self.end:
            return start <= self.start < end
        return self.start < end and self.end > start


@dataclass(frozen=True, slots=True)
class Automatic:
    """An hour or a day of automatic data over [start, end) [epoch s]. value: NaN missing; finding: UNKNOWN where it was not
    judged (missing, invalid, exempt)."""

    start: int
    end: int
    value: float
    finding: Finding


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of the limit in force then, NaN for none. What lies on a bound is within."""

    upper: float = math.nan
    lower: float = math.nan

    def finding(self, sample: Sample) -> Finding:
        """What the sample's value says."""
        if math.isnan(self.upper) and math.isnan(self.lower):
            return Finding.UNKNOWN
        if sample.below:  # somewhere from 0 to the detection limit
            inside = math.isnan(self.lower) and sample.value <= self.upper
            return Finding.WITHIN if inside else Finding.UNKNOWN
        outside = sample.value > self.upper or sample.value < self.lower  # never so for NaN
        return Finding.ABOVE if outside else Finding.WITHIN


@dataclass(frozen=True, slots=True)
class Compared:
    """periods: those of the same time. rule: the law of the sample's day, None where none is known."""

    sample: Sample
    periods: tuple[Automatic, ...]
    manual: Finding
    automatic: Finding
    prevails: Prevails
    rule: Edition | None


def compared(
    sample: Sample, periods: Sequence[Automatic], bounds: Bounds, *, day: date, whole: bool
) -> Compared:
    """One sample against the automatic periods. day: of Beijing, on which it was taken. whole: the periods are means of
    days, which only a sample over the whole of one stands for; a sample within an hour stands for the hour (read so, 待核)."""
    same = tuple(each for each in periods if sample.is_within(each.start, each.end))
    manual, rule = bounds.finding(sample), rule_of_manual(day)
    stands_for_them = bool(same) and (not whole or all(_is_over(sample, each) for each in same))
    if not sample.lawful:
        prevails = Prevails.AUTOMATIC
    elif rule is None or manual is Finding.UNKNOWN or not stands_for_them:
        prevails = Prevails.OPEN
    else:
        prevails = Prevails.MANUAL
    return Compared(sample, same, manual, _together(same), prevails, rule)


def rule_of_manual(day: date) -> Edition | None:
    """The law of that day; None before there was any that we know (2016-05-13)."""
    try:
        return parameter(_RULE).on(day)
    except OutsideEditionsError:
        return None


def plain_unit(text: str) -> str:
    """A unit as the tables of factors spell it, for comparing: ``mg/m3`` is ``mg/m³``; "" for none (无量纲)."""
    spelt = text.strip().translate(_SPELT)
    return "" if spelt in _NO_UNIT else spelt


def _is_over(sample: Sample, period: Automatic) -> bool:
    return sample.start <= period.start and sample.end >= period.end


def _together(periods: Sequence[Automatic]) -> Finding:
    found = {each.finding for each in periods}
    return next(
        (each for each in (Finding.ABOVE, Finding.WITHIN) if each in found), Finding.UNKNOWN
    )
