"""One thing a check has to say."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import IntEnum


class Level(IntEnum):
    """How bad it is. The number is also the command's exit code when nothing is worse."""

    FINE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """what: the fact, with its figures. why: what it leads to. mend: what to do; both empty when fine."""

    level: Level
    what: str
    why: str = ""
    mend: str = ""

    def facts(self, check: str) -> dict[str, object]:
        """For JSON."""
        return {"check": check, **asdict(self), "level": self.level.name.lower()}


def fine(what: str) -> Diagnosis:
    """Nothing to mend."""
    return Diagnosis(Level.FINE, what)


def warning(what: str, why: str, mend: str) -> Diagnosis:
    """Look at it this week."""
    return Diagnosis(Level.WARNING, what, why, mend)


def error(what: str, why: str, mend: str) -> Diagnosis:
    """Look at it now."""
    return Diagnosis(Level.ERROR, what, why, mend)
