"""A trial case that goes from step to step, and its people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass
class Cast:
    """Two officers and a head at a branch, a head of another branch, and the party with its user."""

    officer: Any
    second: Any
    head: Any
    stranger: Any
    owner: Any
    firm: Any
    here: Any
    town: Any


@dataclass
class Walk:
    """A case that goes from step to step, a day of 2026 at a time."""

    cast: Cast
    matter: Any

    def take(self, step: str, by: Any, day: str, *, officers: Any = (), **said: Any) -> Any:
        """Take a step at nine in the morning (Beijing) of that day, "03-02"."""
        from zhihuan.bureau.matters.engine.taking import Acting, Said, take

        acting = Acting(by, "10.0.0.8", officers=officers, at=nine(day))
        return take(self.matter, step, acting, Said(said), version=self.matter.version)

    def clock(self, code: str) -> Any:
        """The newest clock of that code."""
        return self.matter.clocks.filter(code=code).order_by("-pk").first()


def nine(day: str) -> dt.datetime:
    """Nine in the morning, Beijing."""
    return dt.datetime.fromisoformat(f"2026-{day}T09:00+08:00")
