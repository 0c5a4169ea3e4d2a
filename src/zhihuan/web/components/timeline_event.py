"""One event of a timeline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from zhihuan.web.components.status import StatusKind


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """``at`` is aware; ``kind`` gives the mark its shape and colour; ``who`` is empty for the platform."""

    at: dt.datetime
    title: Any
    who: str = ""
    words: Any = ""
    kind: StatusKind = StatusKind.ONGOING
    url: str = ""
