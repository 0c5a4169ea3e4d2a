"""Times as digests take them, read from the database the quickest way: ten million are no small thing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Func, TextField

from zhihuan.bureau.audit.block import micros

__all__ = ["FROM_1970", "NO_MOMENT", "Moment", "moment_of"]

#: What PostgreSQL's µs since 2000 UTC lack to those since 1970.
FROM_1970 = 946_684_800_000_000
_INFINITE = (-(1 << 63), (1 << 63) - 1)  # as PostgreSQL keeps them
NO_MOMENT = -1  # of a time that is none; nothing bears it, so its digest does not agree


class Moment(Func):
    """A time as the engine gives it quickest: the 8 bytes that PostgreSQL keeps (µs since 2000 UTC), its text on
    SQLite; None where there is none. For ``moment_of``."""

    arity = 1
    output_field = TextField()  # neither is to be converted

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="timestamptz_send", **more)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS TEXT)", **more)


def moment_of(read: bytes | str) -> int:
    """µs since 1970 UTC of what ``Moment`` gave; NO_MOMENT for what is no time."""
    if isinstance(read, bytes):
        moment = int.from_bytes(read, signed=True)
        return NO_MOMENT if moment in _INFINITE else moment + FROM_1970
    try:
        return micros(dt.datetime.fromisoformat(str(read)).replace(tzinfo=dt.UTC))
    except ValueError:
        return NO_MOMENT
