"""How long to wait before trying again: longer every time, then no more.

After the pauses that Standard Webhooks recommends, three days and more altogether; a little chance
keeps many that failed together from coming back together.
"""

from __future__ import annotations

import datetime as dt
import random

PAUSES = (
    dt.timedelta(seconds=5),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=5),
    dt.timedelta(hours=10),
    dt.timedelta(hours=14),
    dt.timedelta(hours=20),
    dt.timedelta(hours=24),
)
_CHANCE = 0.1
_LONGEST_ASKED = dt.timedelta(hours=24)


def pause_after(attempts: int, retry_after: int = 0) -> dt.timedelta | None:
    """The pause after so many attempts that failed; None: give up.

    ``retry_after``: what the receiver asks for [s]; it can lengthen a pause, to a day at most.
    """
    if attempts > len(PAUSES):
        return None
    usual = PAUSES[attempts - 1] * (1 + _CHANCE * random.random())  # noqa: S311 - no secret
    return max(usual, min(dt.timedelta(seconds=retry_after), _LONGEST_ASKED))
