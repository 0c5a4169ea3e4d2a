"""What a store may raise.

::

    StoreError                 base; ``retryable`` tells whether trying again can help
    ├── StoreUnavailable       retryable: engine or quorum not reachable, disk full, server overloaded
    ├── StoreHeld              another process has the folder; ``pid`` says which
    ├── StoreCorrupt           what is on disk is not what was written
    ├── StoreOutdated          migrations are missing, or the store is newer than this program
    ├── QueryTooLarge          a read hit its time or memory bound
    └── RowsRefused            rows that no store can hold; says which row and column

The one ``except`` a caller needs::

    try:
        store.write(batch)
    except StoreError as error:
        if not error.retryable:
            raise
        # nothing may be acknowledged; write the same batch again later
"""

# ruff: noqa: N818 - named for what happened; callers read them in an except
from __future__ import annotations

__all__ = [
    "QueryTooLarge",
    "RowsRefused",
    "StoreCorrupt",
    "StoreError",
    "StoreHeld",
    "StoreOutdated",
    "StoreUnavailable",
]


class StoreError(Exception):
    """Anything that went wrong in the store. retryable: whether the same call may work later.
    code: the engine's own number of the error, 0 when it gave none."""

    retryable = False
    code = 0


class StoreUnavailable(StoreError):
    """The store cannot be reached or cannot promise durability now. Nothing was promised."""

    retryable = True


class StoreHeld(StoreError):
    """Another process holds the data folder. pid: who, 0 when it cannot be told."""

    def __init__(self, message: str, pid: int = 0) -> None:
        super().__init__(message)
        self.pid = pid


class StoreCorrupt(StoreError):
    """Data on disk does not read back as written."""


class StoreOutdated(StoreError):
    """Tables are missing or differ from what this program expects."""


class QueryTooLarge(StoreError):
    """A read was stopped at its bound of time, memory or rows. Ask for a shorter span."""


class RowsRefused(StoreError, ValueError):
    """Rows that cannot be stored as they are; the message names column, row and value."""
