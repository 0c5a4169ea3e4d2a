"""Times as digests take them, read from the database the quickest way: ten million are no small thing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Func, TextField

from zhihuan.bureau.audit.block import micros

__all__ = ["NO_MOMENT", "Moment", "moment_of"]

NO_MOMENT = -1  # of a time that is none; nothing bears it, so its digest does not agree


class Moment(Func):
    """A time as the engine gives it quickest: µs since 1970 UTC on PostgreSQL, its text on SQLite; None
    where there is none. For ``moment_of``."""

    arity = 1
    output_field = TextField()  # neither is to be converted

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = (
            "CASE WHEN isfinite(%(expressions)s) "
            "THEN (EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint "
            f"WHEN %(expressions)s IS NULL THEN NULL ELSE {NO_MOMENT} END"
        )
        return self.as_sql(compiler, connection, template=template, **more)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS TEXT)", **more)


def moment_of(read: int | str) -> int:
    """µs since 1970 UTC of what ``Moment`` gave; NO_MOMENT for what is no time."""
    if type(read) is int:
        return read
    try:
        return micros(dt.datetime.fromisoformat(str(read)).replace(tzinfo=dt.UTC))
    except ValueError:
        return NO_MOMENT
