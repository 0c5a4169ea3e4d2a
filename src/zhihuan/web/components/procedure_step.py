"""One step of a procedure's course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """``note`` stands below the title: a date, a time limit."""

    title: Any
    state: Literal["done", "current", "todo", "skipped"]
    note: Any = ""
