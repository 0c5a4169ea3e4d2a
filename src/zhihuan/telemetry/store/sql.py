"""SQL text: literals, and conditions that several reads share.

The dialect is what ClickHouse 18.16 and today's engine both accept. That rules out server-side
parameters, so literals are made here, and only here. Table names are written ``@measurement``; the
engine puts in the name it uses (a cluster's local or distributed table). A literal never contains
a bare ``@``, so no value can be mistaken for a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from zhihuan.telemetry.store.errors import RowsRefused

__all__ = [
    "LONGEST_QUERY_BYTES",
    "MOST_QUERY_ELEMENTS",
    "integers",
    "moment",
    "name_tables",
    "text",
    "texts",
    "time_span",
]

#: A list of ten thousand devices makes a long query; these bounds of the engine are raised to it.
LONGEST_QUERY_BYTES = 16 * 2**20
MOST_QUERY_ELEMENTS = 2_000_000

_ESCAPED = {"\\": "\\\\", "'": "\\'", "@": "\\x40", "\0": "\\0", "\n": "\\n", "\r": "\\r"}
_NEEDS_ESCAPE = re.compile("[\\\\'@\0\n\r]")
_TABLE = re.compile(r"@([a-z_]+)")
#: DateTime is an unsigned 32-bit count of seconds.
_LAST_MOMENT = 2**32 - 1


def text(value: str) -> str:
    """A string literal, whatever the value contains."""
    return "'" + _NEEDS_ESCAPE.sub(lambda found: _ESCAPED[found[0]], value) + "'"


def texts(values: Sequence[str]) -> str:
    """A list for ``IN``; refuses an empty one, which SQL does not know."""
    if not values:
        raise RowsRefused("an empty list of names reached the query; ask for at least one")
    return "(" + ",".join(map(text, values)) + ")"


def integers(values: Iterable[int]) -> str:
    """A list of whole numbers for ``IN``."""
    numbers = ",".join(str(int(value)) for value in values)
    if not numbers:
        raise RowsRefused("an empty list of numbers reached the query; ask for at least one")
    return f"({numbers})"


def moment(epoch_seconds: int) -> str:
    """A DateTime literal; what lies outside 1970–2106 becomes the nearest moment inside."""
    return f"toDateTime({min(max(int(epoch_seconds), 0), _LAST_MOMENT)})"


def time_span(start: int, end: int, column: str = "time") -> str:
    """``start <= column < end`` [epoch s]."""
    return f"{column} >= {moment(start)} AND {column} < {moment(end)}"


def name_tables(sql: str, name_of: Callable[[str], str]) -> str:
    """The text with every ``@table`` replaced by its name on this engine."""
    return _TABLE.sub(lambda found: name_of(found[1]), sql)
