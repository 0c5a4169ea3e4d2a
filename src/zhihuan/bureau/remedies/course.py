"""What became of a decision by review or lawsuit, as a matter's events tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.remedies.periods import Ruling

__all__ = ["CHANGED", "CONTEST_OVER", "UPHELD", "Contest", "brought", "contests_of", "last_ruling"]

#: Codes of the steps by which a contest ends, alike in every procedure that has them.
UPHELD = ("upheld", "upheld_in_time", "upheld_paid")
CHANGED = ("changed", "changed_in_time", "changed_paid")
CONTEST_OVER = (*UPHELD, *CHANGED, "overturned")


@dataclass(frozen=True, slots=True)
class Contest:
    """A review, or a lawsuit. since: when it was taken on; until: when its outcome took effect, None: it is open. Days of
    Beijing."""

    is_review: bool
    since: date
    until: date | None = None

    @property
    def ruling(self) -> Ruling | None:
        """How it ended; None: it is open."""
        return Ruling(self.is_review, self.until) if self.until else None

    def as_values(self) -> dict[str, Any]:
        """As a form tells it and an event keeps it."""
        until = self.until.isoformat() if self.until else None
        return {"is_review": self.is_review, "since": self.since.isoformat(), "until": until}

    @classmethod
    def from_values(cls, told: Mapping[str, Any]) -> Contest:
        """The reverse of ``as_values``."""
        until = told["until"]
        return cls(
            bool(told["is_review"]),
            date.fromisoformat(told["since"]),
            date.fromisoformat(until) if until else None,
        )


def contests_of(events: Iterable[Any]) -> list[Contest]:
    """All of a matter, in order: its own, and those that it brought along from the matter whose decision it carries out
    (``contests`` of a step's answers)."""
    found: list[Contest] = []
    for each in events:
        if each.step == "contest":
            since = date.fromisoformat(each.said["filed_on"])
            found.append(Contest(each.said["kind"] == "review", since))
        elif each.step in CONTEST_OVER and found and found[-1].until is None:
            found[-1] = Contest(found[-1].is_review, found[-1].since, _over_on(each))
        else:
            found += brought(each.said)
    return found


def brought(said: Mapping[str, Any]) -> list[Contest]:
    """Those that a step was told of from elsewhere."""
    return [Contest.from_values(told) for told in said.get("contests") or ()]


def last_ruling(events: Iterable[Any]) -> Ruling | None:
    """How the newest contest ended; None: there was none, or it is open."""
    found = contests_of(events)
    return found[-1].ruling if found else None


def _over_on(event: Any) -> date:
    told: Any = event.said.get("ruled_on")
    return date.fromisoformat(told) if told else beijing_day(event.at)
