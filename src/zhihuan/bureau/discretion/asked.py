"""What the calculator is asked: the act, what was found out of it, and the days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypedDict

from zhihuan.bureau.discretion.reckoning import Severity

__all__ = ["Asked", "Circumstances"]


class Circumstances(TypedDict, total=False):
    """The optional parts of a question, as ``Asked`` explains them."""

    decided_on: date | None
    bases: Mapping[str, Decimal]
    severity: Severity
    person: bool
    factor_set: str
    tier: int
    law_range: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    case_id: number of a table (2.7) or code of a case type of the Code (PW08). answers: level by factor.
    act_on, decided_on: days of Beijing; decided_on None: not asked. bases: what a formula multiplies
    (所需处置费用), in yuan. severity: within a band (§12). person: of the persons responsible, not the unit.
    factor_set, tier: under the Code, which old table lends its factors, and which of the act's ranges
    holds (0: its own). law_range: the statutory range in yuan as read in the law, where the table's words
    do not give it.
    """

    case_id: str
    answers: Mapping[str, str]
    act_on: date
    decided_on: date | None = None
    bases: Mapping[str, Decimal] = field(default_factory=dict)
    severity: Severity = Severity.NORMAL
    person: bool = False
    factor_set: str = ""
    tier: int = 0
    law_range: tuple[Decimal, Decimal] | None = None
