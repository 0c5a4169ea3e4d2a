"""Which orders a device understands, and what each asks for: read from the protocol's own tables.

Nothing is listed here: the command table says which commands a host may send under an edition, the
declared command classes say with which parameters, the field dictionary says in which range. A new
command in ``hj212`` appears on the order form by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhihuan.bureau.acquisition.masking import is_secret
from zhihuan.bureau.registry.models import Device
from zhihuan.hj212.codes import CommandCode, Edition, commands, factor
from zhihuan.hj212.commands import Body, body_class
from zhihuan.hj212.commands.slots import Slot, slots_of

#: Orders after which a device may be locked out or answer to another name.
SENSITIVE_BODIES = frozenset({"SetPassword", "SetKey", "SetLoggerCode", "SetHostAddress"})
_ORDERED_KINDS = frozenset({"request", "notice"})


@dataclass(frozen=True, slots=True)
class OrderField:
    """One parameter of an order, as a form needs it.

    kind: text, integer, decimal, time or clock. choices: (value, text) pairs, () if free.
    minimum, maximum: of the number, or of the length of a text.
    """

    attribute: str
    label: str
    kind: str
    required: bool
    repeated: bool
    secret: bool
    choices: tuple[tuple[str, str], ...]
    minimum: int | None
    maximum: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class OrderKind:
    """One order a device understands."""

    code: CommandCode
    edition: Edition
    body: type[Body]
    sensitive: bool

    @property
    def key(self) -> str:
        """What names it in a form: CN and class, because one CN may carry two orders."""
        return f"{self.code.cn}-{self.code.body}"


def edition_of(device: Device) -> Edition:
    """The edition orders are written in; 2017 while the device's own is not registered."""
    version = Device.Version.V2017 if device.version is None else device.version
    return Edition.of(version, surface_water=device.surface_water)


def order_kinds(device: Device) -> tuple[OrderKind, ...]:
    """Every order ``device`` understands, in the order of command codes.

    Orders with a list of factor groups (alarm limits of 2005) are left out: a form of single
    fields cannot hold them.
    """
    edition = edition_of(device)
    return tuple(
        OrderKind(code, edition, body_class(code), code.body in SENSITIVE_BODIES)
        for code in commands()
        if edition in code.editions and _may_be_ordered(code, device.system_type)
    )


def _may_be_ordered(code: CommandCode, system_type: str) -> bool:
    if not (code.sent_by("host") and code.kind in _ORDERED_KINDS and code.exchange):
        return False
    if code.system_types and system_type not in code.system_types:
        return False
    return all(slot.reading is None for slot in slots_of(body_class(code)))


def order_kind(device: Device, key: str) -> OrderKind | None:
    """The order named ``key``, None when the device does not understand it."""
    return next((kind for kind in order_kinds(device) if kind.key == key), None)


def order_fields(kind: OrderKind, factors: Sequence[str]) -> tuple[OrderField, ...]:
    """The parameters of an order; ``factors``: codes offered where a factor is asked for."""
    return tuple(_order_field(slot, kind.edition, factors) for slot in slots_of(kind.body))


def _order_field(slot: Slot, edition: Edition, factors: Sequence[str]) -> OrderField:
    entry = slot.entry(edition)
    return OrderField(
        attribute=slot.attribute,
        label=entry.name,
        kind=entry.kind,
        required=slot.required,
        repeated=slot.repeated,
        secret=is_secret(slot.key_in(edition)),
        choices=_factor_choices(factors) if slot.key == "PolId" else entry.choices,
        minimum=entry.minimum,
        maximum=entry.maximum,
        unit=entry.unit,
    )


def _factor_choices(factors: Sequence[str]) -> tuple[tuple[str, str], ...]:
    known = ((code, factor(code)) for code in factors)
    return tuple((code, f"{found.name}（{code}）" if found else code) for code, found in known)
