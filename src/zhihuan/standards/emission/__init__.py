"""What an outlet emits: converted concentrations, limits, amounts, the permit, the tax.

The way of an hour: ``reported_concentration`` converts what a stack analyser read; ``judge_hours``
holds it against the limit of its day; ``episodes`` finds runs of exceeding hours; ``judge_days``
makes daily means by the validity rules and judges them (waste water is judged by the day, its
hours only warn: ``alarm_hours``); ``flue_gas_tonnage`` and ``wastewater_tonnage`` sum what was
emitted, measured and substituted apart; ``compare_with_permit`` and ``tax`` go on from there.

Limits come from the caller with their days and their clause (``Limit``): a permit decides which
standard binds an outlet. It refuses to judge invalid hours, and to call them compliant.
"""

from zhihuan.standards.emission.amounts import Tonnage, flue_gas_tonnage, wastewater_tonnage
from zhihuan.standards.emission.concentration import StackConcentration, reported_concentration
from zhihuan.standards.emission.days import (
    DayHours,
    DayJudgement,
    DayMeans,
    day_means,
    hours_of_days,
    judge_days,
)
from zhihuan.standards.emission.episodes import Episodes, episodes
from zhihuan.standards.emission.judgement import (
    LimitJudgement,
    alarm_hours,
    judge_against,
    judge_hours,
)
from zhihuan.standards.emission.limits import Limit, Period
from zhihuan.standards.emission.permit import PermitComparison, compare_with_permit
from zhihuan.standards.emission.states import HourState, states_of_marks
from zhihuan.standards.emission.verdict import VERDICT_TEXT, Verdict

__all__ = [
    "VERDICT_TEXT",
    "DayHours",
    "DayJudgement",
    "DayMeans",
    "Episodes",
    "HourState",
    "Limit",
    "LimitJudgement",
    "Period",
    "PermitComparison",
    "StackConcentration",
    "Tonnage",
    "Verdict",
    "alarm_hours",
    "compare_with_permit",
    "day_means",
    "episodes",
    "flue_gas_tonnage",
    "hours_of_days",
    "judge_against",
    "judge_days",
    "judge_hours",
    "reported_concentration",
    "states_of_marks",
    "wastewater_tonnage",
]
