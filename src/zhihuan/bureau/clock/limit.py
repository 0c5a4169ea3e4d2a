"""A time limit as the law writes it: from what, how long, what stops it, who may lengthen it, where it says so.

Frozen data. One ``Limit`` holds for the days its basis is in force; another edition of the law is
another ``Limit`` of the same code (``catalogue``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhihuan.bureau.clock.length import Length, Unit
from zhihuan.standards.parameters import Confidence

__all__ = ["Basis", "CountsFrom", "Extendable", "Limit", "Yearly"]


@dataclass(frozen=True, slots=True)
class Basis:
    """Where the law says so. in_force_until: the last day, inclusive; None: still in force."""

    title: str
    clause: str
    in_force_from: date
    in_force_until: date | None = None
    confidence: Confidence = Confidence.OFFICIAL
    note: str = ""

    def in_force_on(self, day: date) -> bool:
        """Whether it governs ``day`` (a day of Beijing)."""
        return self.in_force_from <= day and (
            self.in_force_until is None or day <= self.in_force_until
        )


@dataclass(frozen=True, slots=True)
class Extendable:
    """One way of lengthening a limit. by: who may grant it, in the law's words. times: how often."""

    code: str
    by: str
    length: Length
    times: int = 1


@dataclass(frozen=True, slots=True)
class CountsFrom:
    """Which of several events the limit runs from, where the text can be read in more than one way. event: a word that
    the procedures ask for (E01: ``found``, the day on which the suspicion was found; ``checked``, the day on which the
    first look at it was over). confidence: how well known that is."""

    event: str
    confidence: Confidence = Confidence.OFFICIAL


@dataclass(frozen=True, slots=True)
class Yearly:
    """Days of every year, as (month, day): the first of them after the start is the last day."""

    days: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        for month, day in self.days:
            date(2001, month, day)  # ValueError for a day that not every year has
        if not self.days or list(self.days) != sorted(set(self.days)):
            raise ValueError(f"days of the year are given once each and in order: {self.days}")


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit.

    code: a key of ``time_limits.yaml`` (E02) or a line's own. starts: the event it runs from, in
    the law's words. length: a ``Length`` or ``Yearly`` days; None: the law leaves it to the decision (until when a fine
    may be paid by instalments), so only a clock that is told its last day runs by it. before: the limit runs backwards, from
    an event to come (听证举行的七个工作日前). extendable: in the order in which the law knows them.
    pauses: reasons for which this clock stands still; any other reason is refused. rolls: a last
    day that is no working day moves to the next one (民事诉讼法 §85(3)); for days of the year the
    law means the day it names. counts_from: where ``starts`` can be read in more than one way, which is followed; None:
    there is one way.
    """

    code: str
    procedure: str
    step: str
    starts: str
    length: Length | Yearly | None
    basis: Basis
    extendable: tuple[Extendable, ...] = ()
    pauses: frozenset[str] = frozenset()
    rolls: bool = True
    before: bool = False
    note: str = ""
    counts_from: CountsFrom | None = None

    def __post_init__(self) -> None:
        for name in ("code", "procedure", "step", "starts"):
            if not isinstance(getattr(self, name), str):
                raise TypeError(f"{self.code}: {name} is no text; in a file, quote it")
        fixed = self.length is None or isinstance(self.length, Yearly) or self.before
        if fixed and (self.extendable or self.pauses):
            raise ValueError(
                f"{self.code}: a limit as decided, by the year or towards an event neither stops nor is extended"
            )
        if any(self._hours(each.length) != self._hours(self.length) for each in self.extendable):
            raise ValueError(f"{self.code}: hours are lengthened by hours, days by days")
        if len({each.code for each in self.extendable}) < len(self.extendable):
            raise ValueError(f"{self.code}: two extensions have one code")

    @property
    def in_hours(self) -> bool:
        """Whether it ends at a moment and not with a day."""
        return self._hours(self.length)

    @property
    def start_is_doubtful(self) -> bool:
        """Whether the event it runs from has not been confirmed."""
        return self.counts_from is not None and (
            self.counts_from.confidence is not Confidence.OFFICIAL
        )

    @staticmethod
    def _hours(length: Length | Yearly | None) -> bool:
        return isinstance(length, Length) and length.unit is Unit.HOUR
