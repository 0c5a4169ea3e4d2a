"""One figure of a cockpit. A number without unit, time or a list behind it cannot be made here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from zhihuan.web.components.value import Kind, is_missing, shown


@dataclass(frozen=True, slots=True)
class KpiTile:
    """``value`` is already rounded; None is shown as “—” with ``reason``, never as 0.

    ``url``: the list whose count or sum the figure is. ``target``: in words with its unit, ``met``:
    whether it is reached, None while that is open. ``trend``: which way, with ``trend_words`` (较上月
    −3.2%). ``completeness``: percent of the data that should be there. ``as_of``: aware.
    """

    title: Any
    value: Any
    unit: str
    url: str
    as_of: dt.datetime
    target: Any = ""
    met: bool | None = None
    trend: Literal["up", "down", "level", ""] = ""
    trend_words: Any = ""
    completeness: int | None = None
    reason: Any = ""

    @property
    def is_missing(self) -> bool:
        return is_missing(self.value)

    @property
    def shown(self) -> Any:
        return shown(self.value, Kind.TEXT if isinstance(self.value, str) else Kind.NUMBER)

    @property
    def met_slug(self) -> str:
        return {True: "yes", False: "no", None: ""}[self.met]
