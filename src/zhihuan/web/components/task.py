"""One task of a task list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhihuan.web.components.status import Status


@dataclass(frozen=True, slots=True)
class Task:
    """Without ``url`` it cannot be begun yet; ``hint`` says why or what belongs to it."""

    title: Any
    status: Status
    url: str = ""
    hint: Any = ""
