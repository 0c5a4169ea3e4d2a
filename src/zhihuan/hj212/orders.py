"""Commands a person may order from a device, as data a form can be built from.

    for order in orders(Edition.HJ2017): order.title(Edition.HJ2017), order.parameters(Edition.HJ2017) …
    prepared = prepare("AskHourData", {"begin": "2026-11-23T08:00", "end": …}, edition)
    prepared.cn, prepared.cp                     # what the outbox keeps

Which commands there are, under which heading and with which caution, is in ``codes/data/orders.csv``;
their parameters come from the typed commands, names and ranges from the field dictionary. Wrong
input raises ``OrderError`` with a Chinese message for each parameter. 1022 of 2005 (a table of
limits) cannot be ordered by form; build ``SetAlarmLimits`` for it.

Refuses to decide who may order what, and never sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from zhihuan.hj212.codes.catalogue import CommandCode, commands
from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.factors import factor
from zhihuan.hj212.codes.fields import field
from zhihuan.hj212.codes.source import Source, rows, source_of
from zhihuan.hj212.commands import Body
from zhihuan.hj212.commands.slots import BODIES, Slot, slots_of
from zhihuan.hj212.exchange.drafts import NOW, NOW_MS
from zhihuan.hj212.orderinput import InputError, read_input

__all__ = ["Order", "OrderError", "Parameter", "Prepared", "order", "orders", "prepare"]

_AT_SENDING = {"SystemTime": NOW, "SKCreateTime": NOW_MS}
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_SECRET = frozenset({"NewPW", "NewSK"})
_PATTERN = "0123456789abcdefghijklmnopqrstuvwxyz" + "0123456789abcdef" * 2
_LOG = "1"  # second digit of an information code: log, state, parameter (2017: table B.9)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One input of an order.

    name: key of the values handed to ``prepare``. key: the standard's name. label: Chinese.
    kind: text, secret, integer, decimal, time, clock, choice, factor, info_code, integers or factors (lists,
        separated by blanks).
    required: may not be left blank. choices: (value, Chinese name). unit: of the number.
    clause: where type and range stand.
    """

    name: str
    key: str
    label: str
    kind: str
    required: bool
    minimum: int | None
    maximum: int | None
    choices: tuple[tuple[str, str], ...]
    unit: str
    clause: str


@dataclass(frozen=True, slots=True)
class Order:
    """A command that can be ordered.

    code: name of the typed command, stable. group: heading to sort it under. help, caution: Chinese
    sentences, "" if there is nothing to say.
    """

    code: str
    group: str
    help: str
    caution: str
    source: Source

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions that define this command."""
        return tuple(edition for edition in Edition if self._rows(edition))

    def title(self, edition: Edition | None = None) -> str:
        """The command's Chinese name under an edition, by default the oldest that has it."""
        row = self.row(edition, "44") if edition else None
        return (row or next(row for row in commands() if self._is(row))).name

    def row(self, edition: Edition, st: str = "") -> CommandCode | None:
        """The command-table row (CN, clause, confidence) under an edition; None if it has none."""
        fitting = [r for r in self._rows(edition) if not r.system_types or st in r.system_types]
        return next(iter(fitting), None)

    def parameters(self, edition: Edition) -> tuple[Parameter, ...]:
        """The inputs under an edition (3011 asks for zero or span only in 2025)."""
        slots = slots_of(BODIES[self.code])
        return tuple(_parameter(slot, edition) for slot in slots if _asked(slot, edition))

    def _rows(self, edition: Edition) -> tuple[CommandCode, ...]:
        return tuple(row for row in commands() if self._is(row) and edition in row.editions)

    def _is(self, row: CommandCode) -> bool:
        return row.body == self.code and row.sender == "host"


@dataclass(frozen=True, slots=True)
class Prepared:
    """An order ready for the outbox.

    cn: command code. cp: text between ``CP=&&`` and ``&&``; ``{now}`` in it is replaced by the time of
    sending (``exchange.command_draft``), for a clock must not be set to the time of ordering.
    exchange: name of the machine. title: Chinese.
    """

    code: str
    title: str
    cn: str
    cp: str
    exchange: str


class OrderError(ValueError):
    """An order that cannot be carried out. problems: parameter name ("" = the order itself) to
    Chinese message."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(
            "; ".join(f"{name}: {text}" if name else text for name, text in problems.items())
        )
        self.problems = dict(problems)


def orders(edition: Edition | None = None, st: str = "") -> tuple[Order, ...]:
    """Everything that can be ordered, or what an edition (and ST, where it matters) knows."""
    return tuple(o for o in _table().values() if edition is None or o.row(edition, st))


def order(code: str) -> Order | None:
    """An order by its code."""
    return _table().get(code)


def prepare(code: str, values: Mapping[str, object], edition: Edition, *, st: str = "") -> Prepared:
    """Judge a filled-in form and make it ready to send.

    values: parameter name to text as typed (times ``2026-11-23T08:00``, Beijing time if they name no
    zone) or to a ready value; blank = left out. OrderError tells each parameter's fault.
    """
    found = order(code)
    row = found.row(edition, st) if found else None
    if found is None or row is None:
        raise OrderError({"": f"{edition.standard} 没有命令 {found.title() if found else code}"})
    typed, waiting = _typed(found, values, edition)
    body = BODIES[code](**typed)
    problems = _further(body, typed) | {p.attribute: p.message for p in body.problems(edition)}
    if problems:
        raise OrderError(problems)
    return Prepared(code, row.name, row.cn, _cp(body, edition, waiting), row.exchange)


def _typed(
    found: Order, values: Mapping[str, object], edition: Edition
) -> tuple[dict[str, Any], dict[str, str]]:
    """Typed values; and those to be filled in at sending, as key to the text they have until then."""
    typed: dict[str, Any] = {}
    problems: dict[str, str] = {}
    waiting: dict[str, str] = {}
    for parameter in found.parameters(edition):
        given = values.get(parameter.name)
        if given is None or given == "":
            if parameter.key in _AT_SENDING:
                typed[parameter.name], waiting[parameter.key] = _until_sent(parameter)
            elif parameter.required:
                problems[parameter.name] = f"请填写{parameter.label}"
            continue
        try:
            typed[parameter.name] = _as_sent(read_input(given, parameter.kind), parameter, edition)
        except InputError as error:
            problems[parameter.name] = f"{parameter.label}{error}"
    unknown = set(values) - {p.name for p in found.parameters(edition)}
    problems |= dict.fromkeys(sorted(unknown), "没有这个参数")
    if problems:
        raise OrderError(problems)
    return typed, waiting


def _as_sent(value: Any, parameter: Parameter, edition: Edition) -> Any:
    """Factors go to a 2005 device under their old code: ``w01018`` as ``011``."""
    if edition is not Edition.HJ2005 or parameter.kind not in {"factor", "factors"}:
        return value
    if isinstance(value, tuple):
        return tuple(_old_code(code) for code in value)
    return _old_code(value)


def _old_code(code: str) -> str:
    found = factor(code)
    return found.old_code if found and found.old_code else code


def _until_sent(parameter: Parameter) -> tuple[Any, str]:
    if parameter.kind == "time":
        return _ANY_TIME, "20000101080000"
    return "20000101080000000", "20000101080000000"


def _cp(body: Body, edition: Edition, waiting: Mapping[str, str]) -> str:
    text = body.to_cp(edition)
    for key, placeholder in waiting.items():
        text = text.replace(f"{key}={placeholder}", f"{key}={_AT_SENDING[key]}")
    return text


def _further(body: Body, typed: Mapping[str, Any]) -> dict[str, str]:
    """What no single field can tell."""
    problems: dict[str, str] = {}
    key = typed.get("new_key", "")
    if key and (len(set(key)) < 6 or key.lower() in _PATTERN):
        problems["new_key"] = "密钥过于规律，请用随机生成的 16 个字符（HJ 212-2025 6.4.3）"
    if type(body).__name__ == "AskDeviceInfo" and str(typed["info"])[2:3] == _LOG:
        missing = [name for name in ("begin", "end") if name not in typed]
        problems |= dict.fromkeys(missing, "提取日志须填写起止时间")
    return problems


def _asked(slot: Slot, edition: Edition) -> bool:
    """Whether an edition knows this input; an optional field only other editions have is left out."""
    in_edition = field(slot.key_in(edition), edition) is not None
    return slot.reading is None and (slot.required or in_edition)


def _parameter(slot: Slot, edition: Edition) -> Parameter:
    entry = slot.entry(edition)
    return Parameter(
        name=slot.attribute,
        key=slot.key_in(edition),
        label="仪器（监测因子）" if slot.attribute == "instrument" else entry.name,
        kind=_kind(slot, edition),
        required=slot.required and entry.key not in _AT_SENDING,
        minimum=entry.minimum,
        maximum=entry.maximum,
        choices=entry.choices,
        unit=entry.unit,
        clause=entry.source.clause,
    )


def _kind(slot: Slot, edition: Edition) -> str:
    entry = slot.entry(edition)
    if slot.key == "PolId":
        return "factors" if slot.repeated else "factor"
    if slot.key == "InfoId":
        return "info_code"
    if slot.key in _SECRET:
        return "secret"
    if entry.choices:
        return "choice"
    return "integers" if slot.repeated else entry.kind


@cache
def _table() -> Mapping[str, Order]:
    return {
        row["body"]: Order(row["body"], row["group"], row["help"], row["caution"], source_of(row))
        for row in rows("orders")
    }
