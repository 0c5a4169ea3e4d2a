"""Leniency (宽严相济): when an act goes without a penalty, under observation, or with a lower fine.

Dated rule sets and pure judgements with reasons. What a rule's text does not confirm is said to be
unconfirmed (待核实) and never decides by itself.
"""

from zhihuan.bureau.lenience.apology import (
    exclusions,
    judge_apology,
    ladders,
    reduce_fine,
    shares,
)
from zhihuan.bureau.lenience.judgement import Judgement, Outcome, Reason
from zhihuan.bureau.lenience.mitigation import circumstances, judge_circumstances
from zhihuan.bureau.lenience.no_penalty import judge_item, judge_law, minor_items
from zhihuan.bureau.lenience.observation import (
    judge_observation,
    last_day,
    observation_rule,
)

__all__ = [
    "Judgement",
    "Outcome",
    "Reason",
    "circumstances",
    "exclusions",
    "judge_apology",
    "judge_circumstances",
    "judge_item",
    "judge_law",
    "judge_observation",
    "ladders",
    "last_day",
    "minor_items",
    "observation_rule",
    "reduce_fine",
    "shares",
]
