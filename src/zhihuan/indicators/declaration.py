"""A figure as frozen data: which acts of which matters it counts, on which day, and how.

    FILED = Acts("case_filed", ("penalty_case",), ("file",), only=lambda each: each.matter.state != "withdrawn")
    Indicator("cases_filed", _("立案"), _("件"), Group.CASES, FILED, about=_("…"), basis="…")

An act is a step that was taken. It counts on the day on which it came to pass in law: the day that its form tells
where there is one, else the day of the step, in Beijing. What was withdrawn or overturned since is left out by ``only``,
which looks at the matter as it is now: a past year's figure falls when one of its decisions is overturned. Pure: no
database is asked.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

__all__ = ["Acts", "Group", "How", "Indicator", "Law", "Occasion", "Share", "Traits", "Which"]


class Group(TextChoices):
    """Headings under which figures stand, in this order."""

    CASES = "cases", _("立案与处罚")
    LENIENCE = "lenience", _("柔性执法")
    MEASURES = "measures", _("配套措施")
    TRANSFERS = "transfers", _("移送")
    REMEDIES = "remedies", _("听证、救济与执行")
    LEADS = "leads", _("线索")
    VISITS = "visits", _("检查")


class Law(TextChoices):
    """By which law an act was done. 生态环境法典 is in force from 2026-08-15."""

    CODE = "code", _("生态环境法典")
    EARLIER = "earlier", _("法典施行前的法律")


class Which(enum.Enum):
    """Which of several such steps of one matter counts."""

    FIRST = "first"
    LAST = "last"
    EVERY = "every"


class How(enum.Enum):
    """Acts are counted, or their amounts are summed or averaged."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One step of a matter, looked at for counting. matter: of the line's own model, as it is now. events: all of
    the matter so far, in order."""

    matter: Any
    event: Any
    events: Sequence[Any]

    @property
    def said(self) -> Any:
        """What the step's form was told, as JSON."""
        return self.event.said

    def last_said(self, *steps: str) -> Any:
        """What the newest of these steps was told; {} where none was taken."""
        said = [each.said for each in self.events if each.step in steps]
        return said[-1] if said else {}

    def took(self, *steps: str) -> bool:
        """Whether one of these steps was taken at any time."""
        return any(each.step in steps for each in self.events)


@dataclass(frozen=True, slots=True)
class Traits:
    """What acts are told apart by; "" where it cannot be said. source: a code that the line gave words for."""

    case_type: str = ""
    source: str = ""
    law: str = ""


def _always(_occasion: Occasion) -> bool:
    return True


def _nothing(_occasion: Occasion) -> None:
    return None


def _plain(_occasion: Occasion) -> Traits:
    return Traits()


@dataclass(frozen=True, slots=True)
class Acts:
    """Acts of one kind. code: unique. procedures, steps: where they happen. day: the field of the step's form that
    tells the day, "" for the step's own. only: which of them count. amount: what each is worth [yuan, or what the
    indicators over it say], None for none. traits: see ``Traits``."""

    code: str
    procedures: tuple[str, ...]
    steps: tuple[str, ...]
    which: Which = Which.LAST
    day: str = ""
    only: Callable[[Occasion], bool] = _always
    amount: Callable[[Occasion], Decimal | None] = _nothing
    traits: Callable[[Occasion], Traits] = _plain


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure. about: its definition in words, with what is left out. basis: the law or rule that makes the act
    what it is. places: decimals of a sum or a mean (half-even); money has two."""

    code: str
    title: Any
    unit: Any
    group: Group
    acts: Acts
    about: Any
    basis: str
    how: How = How.COUNT
    places: int = 2


@dataclass(frozen=True, slots=True)
class Share:
    """Of how much of the one the other is, in percent to one decimal (half-even); None where ``whole`` is nothing."""

    code: str
    title: Any
    group: Group
    part: Indicator
    whole: Indicator
    about: Any
    basis: str
    unit: str = "%"
