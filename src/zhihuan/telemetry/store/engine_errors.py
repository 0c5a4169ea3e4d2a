"""An engine's error code -> the store's error, the same for both engines.

Source of the numbers: ClickHouse, ``src/Common/ErrorCodes.cpp`` (they are stable across versions).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterator

from zhihuan.telemetry.store.errors import (
    QueryTooLarge,
    StoreCorrupt,
    StoreError,
    StoreOutdated,
    StoreUnavailable,
)

__all__ = ["passing_over", "store_error"]

_CODE = re.compile(r"[Cc]ode: ?(\d+)")

_BOUND_HIT = {158, 159, 160, 241, 307, 396}
_SCHEMA_DIFFERS = {8, 10, 16, 47, 60, 81}
_DAMAGED = {33, 40, 228, 246, 271}
_NOT_NOW = {
    3, 74, 75, 76, 164, 173, 198, 202, 203, 209, 210, 225, 232, 236, 242, 243, 244, 252, 279,
    285, 286, 287, 289, 297, 319, 394, 410, 415, 425, 439, 499, 734, 999, 1000, 1001,
}  # fmt: skip


def store_error(message: str, *, writing: bool = False) -> StoreError:
    """The store's error for an engine's message.

    writing: then a memory or time bound means "not now" (the rows are good, the engine is busy).
    """
    found = _CODE.search(message)
    code = int(found[1]) if found else 0
    error = _of_kind(code, _told(message), writing=writing)
    error.code = code
    return error


def _of_kind(code: int, told: str, *, writing: bool) -> StoreError:
    if code in _BOUND_HIT and not writing:
        return QueryTooLarge(f"{told} — ask for a shorter span or fewer devices")
    if code in _SCHEMA_DIFFERS:
        return StoreOutdated(f"{told} — run `zhihuan telemetry migrate`")
    if code in _DAMAGED:
        return StoreCorrupt(told)
    if code in _NOT_NOW or (writing and code in _BOUND_HIT) or "No space left" in told:
        return StoreUnavailable(told)
    return StoreError(told)


def _told(message: str) -> str:
    """The message without the engine's stack trace, on one line."""
    return " ".join(message.split("Stack trace", 1)[0].split())[:600] or "no text"


@contextlib.contextmanager
def passing_over(codes: Collection[int]) -> Iterator[None]:
    """Let an error of these codes pass as success."""
    try:
        yield
    except StoreError as error:
        if error.code not in codes:
            raise
