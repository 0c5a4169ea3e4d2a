"""Which rules make an hour or a day of automatic monitoring data valid, on which day.

A rule set is put together, for one subject and one day, from dated quantities (see
``parameters.py``, folder ``data_validity``): how many minutes an hour needs, how many hours a
day, how the members' marks decide the period's mark, how members are averaged and how amounts
are totalled. It carries the clause and the confidence of each.

    >>> from datetime import date, timedelta
    >>> rules = rules_on(Subject.FLUE_GAS, date(2024, 6, 1))
    >>> rules.id, rules.minutes_per_hour, rules.hours_per_day, rules.mark_rule.share
    ('flue_gas/2017-05-01', 45, 20, 0.75)

It refuses to compute statistics (``telemetry/aggregation`` does, with these rules), to say which
letters are normal marks (``hj212.codes`` knows its table), and to fall back: a day before the
first edition is an OutsideEditionsError.

Adding an edition never changes the rule set of an earlier day, nor its id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.errors import ParameterFileError
from zhihuan.standards.parameters import Confidence, Edition, Parameter, parameter

__all__ = [
    "DayRules",
    "MarkRule",
    "MarkRuleKind",
    "Mean",
    "Subject",
    "TotalRule",
    "ValidityRules",
    "rules_for_days",
    "rules_on",
    "subject_of",
]

_ROOM = "data_validity"
_EPOCH = date(1970, 1, 1)


class Subject(StrEnum):
    """What is monitored; the folder its rules live in."""

    FLUE_GAS = "flue_gas"
    WASTEWATER = "wastewater"
    SURFACE_WATER = "surface_water"
    AMBIENT_AIR = "ambient_air"
    NOISE = "noise"
    OTHER = "other"


class MarkRuleKind(StrEnum):
    """How the members' marks make the period's mark.

    SHARE_OF_NORMAL: normal when at least ``share`` of the members are. ANY_ABNORMAL: one abnormal
    member makes the period abnormal. ENOUGH_MEMBERS: marks only keep members out.
    """

    SHARE_OF_NORMAL = "share_of_normal"
    ANY_ABNORMAL = "any_abnormal"
    ENOUGH_MEMBERS = "enough_members"


class Mean(StrEnum):
    """How members are averaged into their period."""

    ARITHMETIC = "arithmetic"
    FLOW_WEIGHTED = "flow_weighted"
    PERIOD_FLOW = "period_flow"  # volume of the period over its length
    ENERGY = "energy"  # sound levels
    HYDROGEN_ION = "hydrogen_ion"  # pH
    DIRECTION = "direction"  # degrees of the compass
    LARGEST = "largest"
    SMALLEST = "smallest"
    NONE = "none"  # cannot be made of members; not computed


class TotalRule(StrEnum):
    """How the amount emitted in a period is found."""

    CONCENTRATION_TIMES_FLOW = "concentration_times_flow"
    CONCENTRATION_TIMES_VOLUME = "concentration_times_volume"
    SUM_OF_MEMBERS = "sum_of_members"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MarkRule:
    """share: in [0, 1], only for SHARE_OF_NORMAL. otherwise: the mark of an abnormal period."""

    kind: MarkRuleKind
    share: float
    otherwise: str


@dataclass(frozen=True, slots=True)
class ValidityRules:
    """The rules of one subject between two days (both inclusive; None: still in force).

    id: "<subject>/<first day>", what a statistic row names. minutes_per_hour [min],
    hours_per_day [h]: at least so many valid ones. editions: quantity -> the edition it was read
    from, with clause and confidence.
    """

    id: str
    subject: Subject
    in_force_from: date
    in_force_until: date | None
    minutes_per_hour: float
    hours_per_day: float
    mark_rule: MarkRule
    means: Mapping[str, Mean]
    total_rule: TotalRule
    editions: Mapping[str, Edition]

    def mean_of(self, factor: str) -> Mean:
        """How this factor (HJ 212 code) is averaged."""
        return self.means.get(factor, self.means["default"])

    @property
    def confidence(self) -> Confidence:
        """The least sure of all the quantities used."""
        return max(
            (edition.confidence for edition in self.editions.values()), key=lambda c: c.doubt
        )


@dataclass(frozen=True, slots=True)
class DayRules:
    """The rule sets of an array of days: ``rules[which[i]]`` is that of day i, and
    ``which[i] == -1`` where no edition is in force."""

    rules: tuple[ValidityRules, ...]
    which: NDArray[np.intp]


def rules_on(subject: Subject, day: date) -> ValidityRules:
    """The rule set of a subject in force on ``day`` (a calendar day of Beijing).

    Raises OutsideEditionsError when a quantity has no edition on that day.
    """
    editions = {name: quantity.on(day) for name, quantity in _quantities(subject).items()}
    first = max(edition.in_force_from for edition in editions.values())
    return _assembled(subject, first)


def rules_for_days(subject: Subject, days: NDArray[np.datetime64]) -> DayRules:
    """The rule sets of many days at once. days: one dimension, datetime64[D]."""
    numbers = days.astype("datetime64[D]").astype(np.int64)
    if not len(numbers):
        return DayRules(rules=(), which=np.empty(0, dtype=np.intp))
    first = int(numbers.min())
    which_of_day = np.full(int(numbers.max()) - first + 1, -1, dtype=np.intp)
    occurs = np.zeros(len(which_of_day), dtype=np.bool_)
    occurs[numbers - first] = True
    known: dict[str, ValidityRules] = {}
    for place in np.flatnonzero(occurs).tolist():
        found = _rules_or_none(subject, _EPOCH + timedelta(days=first + place))
        if found is not None:
            known.setdefault(found.id, found)
            which_of_day[place] = list(known).index(found.id)
    return DayRules(rules=tuple(known.values()), which=which_of_day[numbers - first])


def subject_of(system_type: str, day: date) -> Subject:
    """Which subject's rules a device of this system type (ST, HJ 212-2017 table 5) follows.

    Types the table does not list follow OTHER. Raises OutsideEditionsError.
    """
    table = parameter(f"{_ROOM}/subject_of_system_type").on(day).table
    return Subject(str(table.get(system_type, Subject.OTHER)))


def _rules_or_none(subject: Subject, day: date) -> ValidityRules | None:
    quantities = _quantities(subject).values()
    return rules_on(subject, day) if all(_holds(one, day) for one in quantities) else None


def _holds(quantity: Parameter, day: date) -> bool:
    return any(
        edition.in_force_from <= day
        and (edition.in_force_until is None or day <= edition.in_force_until)
        for edition in quantity.editions
    )


def _quantities(subject: Subject) -> dict[str, Parameter]:
    names = ("minutes_per_hour", "hours_per_day", "mark_rule", "mean_method", "total_rule")
    return {name: parameter(f"{_ROOM}/{subject}/{name}") for name in names}


@cache
def _assembled(subject: Subject, first: date) -> ValidityRules:
    quantities = _quantities(subject)
    editions = {name: quantity.on(first) for name, quantity in quantities.items()}
    return ValidityRules(
        id=f"{subject}/{first.isoformat()}",
        subject=subject,
        in_force_from=first,
        in_force_until=_until(quantities, first),
        minutes_per_hour=editions["minutes_per_hour"].number,
        hours_per_day=editions["hours_per_day"].number,
        mark_rule=_mark_rule(editions["mark_rule"]),
        means={str(code): Mean(str(way)) for code, way in editions["mean_method"].table.items()},
        total_rule=TotalRule(editions["total_rule"].text),
        editions=editions,
    )


def _until(quantities: Mapping[str, Parameter], first: date) -> date | None:
    """The last day before anything in the set changes."""
    changes = [
        date.fromordinal(edition.in_force_from.toordinal() - 1)
        for quantity in quantities.values()
        for edition in quantity.editions
        if edition.in_force_from > first
    ]
    ends = [quantity.on(first).in_force_until for quantity in quantities.values()]
    return min([*changes, *(end for end in ends if end is not None)], default=None)


def _mark_rule(edition: Edition) -> MarkRule:
    table = edition.table
    kind = MarkRuleKind(str(table["rule"]))
    share = table.get("share", 0.0)
    if not isinstance(share, int | float) or not 0.0 <= share <= 1.0:
        raise ParameterFileError(f"the mark rule of {edition.reference} has share {share!r}")
    return MarkRule(kind=kind, share=float(share), otherwise=str(table["otherwise"]))
