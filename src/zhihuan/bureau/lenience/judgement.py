"""A judgement of the law on leniency, with its reasons: yes, no, or not to be told from what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["Judgement", "Outcome", "Reason"]


class Outcome(StrEnum):
    """OPEN: something must be found out, or a rule confirmed, before anybody can say."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground in words, and the clause it rests on."""

    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows. conclusion: in one sentence; missing: what must still be found out; warnings: what
    must be checked before it is used."""

    outcome: Outcome
    conclusion: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def as_values(self) -> Mapping[str, Any]:
        """Plain values for a case file or an answer."""
        return {
            "outcome": str(self.outcome),
            "conclusion": self.conclusion,
            "reasons": [{"text": each.text, "clause": each.clause} for each in self.reasons],
            "missing": list(self.missing),
            "warnings": list(self.warnings),
        }
