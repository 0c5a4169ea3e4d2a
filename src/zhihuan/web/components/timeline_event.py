"""One event of a timeline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from zhihuan.web.components.status import StatusKind
from zhihuan.web.components.term import Term


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """``at`` is aware; ``kind`` gives the mark its shape and colour; ``who`` is empty for the platform.
    ``terms`` are what was said then, ``notes`` what came of it, a line each."""

    at: dt.datetime
    title: Any
    who: str = ""
    words: Any = ""
    kind: StatusKind = StatusKind.ONGOING
    url: str = ""
    terms: tuple[Term, ...] = ()
    notes: tuple[Any, ...] = ()
