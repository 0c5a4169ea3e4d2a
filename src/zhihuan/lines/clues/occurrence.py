"""What a machine found, as one value: where, when, by which rule, and the sentence that says what contradicts what.

Whatever detects something makes one of these; the pool knows nothing of who detects, and no detector knows the pool.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Occurrence", "Paper"]

_NAMESPACE = uuid.UUID("6f0f1a52-3c0e-4b55-8d6c-5f3b9a7c21d4")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of the vault as evidence. said: what is told of the piece (``vault.evidence.adding``)."""

    file: Any
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """key: names it for ever; the same key is one clue, however often it is raised.

    point: code of a monitoring point; factors: codes, the one it is about first. since, until: aware, the
    time it lasted. source: a value of ``Clue.Source``. rule, rule_version, parameters: what found it and with
    which settings. sentence: the contradiction, with its numbers, at most 300 characters. derivation: how it was
    judged, lines or any plain JSON. manual: manual monitoring of the same time beside the automatic data, a row
    of plain values each. papers: files beside what the platform keeps, which become evidence. excuses: innocent
    explanation → what became of it when it was tested. consequence, tier, score: as the rule proposes; "" and
    None for none.
    """

    key: str
    title: str
    point: str
    factors: tuple[str, ...]
    since: dt.datetime
    until: dt.datetime
    found_at: dt.datetime
    sentence: str
    rule: str
    rule_version: str = ""
    source: str = "alarm"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    derivation: Any = ()
    manual: Sequence[Mapping[str, Any]] = ()
    papers: Sequence[Paper] = ()
    excuses: Mapping[str, str] = field(default_factory=dict)
    consequence: str = ""
    tier: str = ""
    score: float | None = None

    def __post_init__(self) -> None:
        if self.until <= self.since:
            raise ValueError(f"{self.key}: it ends at {self.until}, not after it began")
        if not self.factors or not self.sentence:
            raise ValueError(f"{self.key}: say which factor it is about, and what contradicts what")

    @property
    def submission(self) -> uuid.UUID:
        """The number of the sheet it is registered with: one occurrence, one clue."""
        return uuid.uuid5(_NAMESPACE, self.key)

    def as_values(self) -> dict[str, Any]:
        """What is kept beside the clue: plain values, moments in ISO 8601."""
        return {
            "key": self.key,
            "point": self.point,
            "factors": list(self.factors),
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "parameters": dict(self.parameters),
            "excuses": dict(self.excuses),
        }
