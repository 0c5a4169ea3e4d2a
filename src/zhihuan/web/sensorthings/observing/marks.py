"""Where a page of Observations ended, as the text of a ``$skiptoken``.

``TIME.SERIES``: rows in order of time, then of Datastream, go on after that one. ``sSERIES.TIME``: rows
Datastream by Datastream go on in that one after that time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

#: After every Datastream's row of that time.
AFTER_ALL = 2**62
_MARK = re.compile(r"(s?)(\d{1,19})\.(\d{1,19})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """time: epoch seconds. series: a Datastream's id. by_series: the order pages are in."""

    time: int
    series: int
    by_series: bool = False

    def text(self) -> str:
        """As a token."""
        if self.by_series:
            return f"s{self.series}.{self.time}"
        return f"{self.time}.{self.series}"


def read_mark(text: str, *, by_series: bool) -> Mark | None:
    """The mark of a token, None for no token. Raises ``Refusal`` for a token of another question."""
    if not text:
        return None
    found = _MARK.fullmatch(text)
    if found is None or bool(found[1]) is not by_series:
        raise Refusal(Reason.BAD_TOKEN).about("$skiptoken")
    one, other = int(found[2]), int(found[3])
    return Mark(other, one, True) if by_series else Mark(one, other)
