"""CN: the command codes by edition, sender and kind (2017: 6.6.5, table 9).

The same CN may mean different things in different editions (1001, 1014, 2062, 3014, 3015) and is
used in both directions (2011 asks for real-time data and carries it), so a row is found by code,
edition and sender together. Each row names the class of ``zhihuan.hj212.commands`` that holds its
parameters and the exchange of ``zhihuan.hj212.exchange`` it starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.source import Source, editions_of, rows, source_of

__all__ = ["CommandCode", "command", "commands", "commands_of"]


@dataclass(frozen=True, slots=True)
class CommandCode:
    """One row of the command table.

    cn: four digits. name: Chinese.
    editions: where this row holds.
    sender: "host" (上位机), "device" (现场机) or "both".
    kind: request, reply (the value asked for, between 9011 and 9012), upload, notice or answer.
    exchange: machine the sender runs (see ``exchange``), "" where the frame starts none.
    body: class name of the parameters.
    system_types: ST values this row is restricted to; () if any.
    """

    cn: str
    name: str
    editions: tuple[Edition, ...]
    sender: str
    kind: str
    exchange: str
    body: str
    system_types: tuple[str, ...]
    source: Source

    def sent_by(self, party: str) -> bool:
        """Whether ``party`` ("host" or "device") may send this."""
        return self.sender in {party, "both"}


def command(cn: str, edition: Edition, sender: str, st: str = "") -> CommandCode | None:
    """The row of a CN sent by ``sender`` under an edition; None if the edition does not define it.

    A row restricted to the given ST is preferred over the general one.
    """
    found = [row for row in commands_of(cn, edition) if row.sent_by(sender)]
    restricted = [row for row in found if st and st in row.system_types]
    general = [row for row in found if not row.system_types]
    return next(iter(restricted + general), None)


def commands_of(cn: str, edition: Edition) -> tuple[CommandCode, ...]:
    """All rows of a CN under an edition: both directions, all system types."""
    return _table().get((cn, edition), ())


def commands() -> tuple[CommandCode, ...]:
    """The whole table in the order of codes."""
    return _rows()


@cache
def _rows() -> tuple[CommandCode, ...]:
    return tuple(
        CommandCode(
            row["cn"],
            row["name"],
            editions_of(row),
            row["sender"],
            row["kind"],
            row["exchange"],
            row["body"],
            tuple(row["system_types"].split()),
            source_of(row),
        )
        for row in rows("commands")
    )


@cache
def _table() -> Mapping[tuple[str, Edition], tuple[CommandCode, ...]]:
    table: dict[tuple[str, Edition], list[CommandCode]] = {}
    for row in _rows():
        for edition in row.editions:
            table.setdefault((row.cn, edition), []).append(row)
    return {key: tuple(found) for key, found in table.items()}
