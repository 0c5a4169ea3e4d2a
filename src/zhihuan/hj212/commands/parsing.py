"""From a message to its typed command, and what an answer answers.

Who sent a message is not written in it: 2011 from the host asks, from the device carries data. Say
it where it is known; without, the CP decides (data has a DataTime, a request has none).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhihuan.hj212.codes.catalogue import CommandCode, command
from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.commands.bodies import Body, Item
from zhihuan.hj212.commands.judging import CommandError
from zhihuan.hj212.commands.slots import BODIES, body
from zhihuan.hj212.message import Message

__all__ = [
    "UnknownCommand",
    "answered_qn",
    "body_class",
    "command_of",
    "edition_of_message",
    "items_of",
    "parse_command",
]


@body
class UnknownCommand(Body):
    """A CN its edition does not define; everything sent is in ``extra``."""


def edition_of_message(message: Message) -> Edition:
    """The edition whose tables apply to a message: by profile, ST and Flag as the decoder judged."""
    return Edition.of(message.version, surface_water=message.surface_water)


def items_of(message: Message) -> list[Item]:
    """The items of a message's CP in order."""
    columns, values = message.shape.columns, message.values
    return [Item(c.code, c.sub, value) for c, value in zip(columns, values, strict=True)]


def parse_command(message: Message, *, sender: str = "") -> Body:
    """The typed parameters of a message.

    sender: "host" or "device" if known, "" to judge by the CP.
    UnknownCommand if the edition does not define the CN. CommandError (with the CN, the key and
    what is wrong) if a field is missing or no value of its kind.
    """
    row = command_of(message, sender=sender)
    if row is None:
        return UnknownCommand(extra=tuple((i.full_key, i.value) for i in items_of(message)))
    edition = edition_of_message(message)
    try:
        return body_class(row).read(_parameters(message, row, edition), edition)
    except CommandError as error:
        raise CommandError(error.key, error.detail, cn=message.cn) from None


def command_of(message: Message, *, sender: str = "") -> CommandCode | None:
    """The command-table row of a message; None if its edition does not define the CN."""
    edition = edition_of_message(message)
    if sender:
        return command(message.cn, edition, sender, message.st)
    found = [command(message.cn, edition, party, message.st) for party in ("device", "host")]
    rows = [row for row in found if row is not None]
    return min(rows, key=lambda row: _misfit(row, message, edition), default=None)


def body_class(row: CommandCode) -> type[Body]:
    """The class that holds a row's parameters."""
    return BODIES[row.body]


def answered_qn(message: Message) -> str:
    """QN of the exchange a message belongs to: the head's, or the CP's as HJ/T 212-2005 answers do."""
    return message.qn or message.get("QN") or ""


def _misfit(row: CommandCode, message: Message, edition: Edition) -> int:
    """How badly a CP fits a row: the keys left over, or all and one more if it cannot be read."""
    items = _parameters(message, row, edition)
    try:
        return len(body_class(row).read(items, edition).extra)
    except CommandError:
        return len(items) + 1


def _parameters(message: Message, row: CommandCode, edition: Edition) -> Sequence[Item]:
    """The items without the envelope: 2005 answers and replies carry the request's QN in CP."""
    return list(_without_qn(items_of(message), row, edition))


def _without_qn(items: Sequence[Item], row: CommandCode, edition: Edition) -> Iterator[Item]:
    envelope = edition is Edition.HJ2005 and row.kind in {"answer", "reply"}
    return (item for item in items if not (envelope and item.full_key.upper() == "QN"))
