"""The events of many matters at once, a row a matter: PostgreSQL strings each column of them together.

Ten million rows of eleven values are a minute of fetching alone. Here soundness is reckoned from a few long
values a matter, which is nearly always all that is asked; whatever is not sound so is read again, row by row
(``verifying``). So what is found out here may be "sound" only where every event is: a value that holds the
separator, or none where one must be, leaves the columns with unlike numbers of values, and that is not sound.
"""
# ruff: noqa: S608 - what is joined are names of our own

from __future__ import annotations

import struct
from dataclasses import dataclass

from django.db import connection

from zhihuan.bureau.audit.moment import FROM_1970
from zhihuan.bureau.matters.engine.chain import chained
from zhihuan.bureau.matters.engine.chain_findings import Kept
from zhihuan.telemetry.digest import SM3_BYTES

__all__ = ["Gathered", "can_gather", "gathered"]

_SEPARATOR = "\x1e"
#: In the order in which a digest takes them; of an actor, none is "".
_TOLD = ("actor_id", "actor_name", "officers", "step", "source", "target", "said")
_TARGET = _TOLD.index("target")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The events of a matter in the order of their numbers, as PostgreSQL has them. numbers: 4 bytes each.
    moments: 8 bytes each, µs since 2000 UTC. digests: one after the other. told: the values of each column,
    separated."""

    matter: int
    numbers: bytes | None
    moments: bytes | None
    digests: bytes | None
    told: tuple[str | None, ...]

    def is_sound(self, kept: Kept, newest: tuple[int, bytes] | None) -> bool:
        """As ``chain_findings.is_sound``, but False also where only a look at each event can tell."""
        if self.numbers is None or self.moments is None or None in self.told:
            return False
        count = len(self.numbers) // 4
        columns = [(column or "").split(_SEPARATOR) for column in self.told]
        if any(len(column) != count for column in (*columns, self.moments[::8])):
            return False
        if self.numbers != struct.pack(f">{count}i", *range(1, count + 1)):
            return False
        moments = [at + FROM_1970 for at in struct.unpack(f">{count}q", self.moments)]
        digests = chained(self.matter, moments, columns)
        return (
            b"".join(digests) == self.digests
            and (kept.version, kept.head) == (count, digests[-1]) == newest
            and kept.state == columns[_TARGET][-1]
        )


def can_gather() -> bool:
    """Whether the database does this."""
    return connection.vendor == "postgresql"


def gathered(first: int, last: int) -> list[Gathered]:
    """Of the matters with keys from ``first`` to ``last`` that have events, by key."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, (first, last))
        return [
            Gathered(matter, numbers, moments, digests, tuple(told))
            for matter, numbers, moments, digests, *told in cursor.fetchall()
        ]


def _strung(column: str) -> str:
    """A value that is none counts as two, so that nothing else can make up for it."""
    none = "''" if column == "actor_id" else f"'{_SEPARATOR}'"
    return f"string_agg(coalesce({column}::text, {none}), '{_SEPARATOR}')"


#: What comes in another order than was asked for has no numbers from 1 on, and is looked at again. A digest
#: of another length is left out, lest it be made up for by its neighbour's.
_SQL = f"""
    SELECT matter_id, string_agg(int4send(number), ''), string_agg(timestamptz_send(at), ''),
           string_agg(digest, '') FILTER (WHERE octet_length(digest) = {SM3_BYTES:d}),
           {", ".join(map(_strung, _TOLD))}
    FROM (
        SELECT * FROM matters_matterevent WHERE matter_id BETWEEN %s AND %s ORDER BY matter_id, number
    ) AS event
    GROUP BY matter_id ORDER BY matter_id
"""
