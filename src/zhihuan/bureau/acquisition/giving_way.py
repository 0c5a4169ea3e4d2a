"""Long reading in the process that also makes pages: it computes for as long as it rests.

Python computes in one thread at a time. Whoever builds a hundred thousand objects in a row makes every page
beside it slow for seconds; with a pause after each portion pages keep half of the processor.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

__all__ = ["giving_way"]

_PORTION = 100
_Row = TypeVar("_Row")


def giving_way(rows: Iterable[_Row]) -> Iterator[_Row]:
    """The same rows; after each portion a pause as long as the portion took, with what was done to its rows."""
    began = time.monotonic()
    for number, row in enumerate(rows, 1):
        yield row
        if number % _PORTION == 0:
            time.sleep(time.monotonic() - began)
            began = time.monotonic()
