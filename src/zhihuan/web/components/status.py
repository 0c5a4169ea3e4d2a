"""Where a matter stands, as pages show it: a word with the shape and colour of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class StatusKind(StrEnum):
    """What a status means to a reader, whatever its word; each has a shape of its own."""

    DONE = "done"  # ● over, and well
    ONGOING = "ongoing"  # ◐ being dealt with
    WAITING = "waiting"  # ○ nobody has begun
    WARNING = "warning"  # ◆ needs a look
    DANGER = "danger"  # ▲ overdue, exceeding, refused
    PAUSED = "paused"  # ‖ the clock stands
    VOID = "void"  # ✕ withdrawn, cancelled


@dataclass(frozen=True, slots=True)
class Status:
    """``Status(StatusKind.DONE, _("已办结"))``; a column of kind STATUS shows it as a badge."""

    kind: StatusKind
    text: Any

    def __str__(self) -> str:
        return str(self.text)
