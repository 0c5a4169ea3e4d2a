"""How a command's class is declared: one line per field, everything else derived.

    @body
    class SetRealTimeInterval(Body):
        \"\"\"设置实时数据间隔 …\"\"\"

        interval_seconds: int = key("RtdInterval")

``key`` names the field of the standard's dictionary (``codes.fields``), which knows type and range;
``readings`` collects factor groups; ``sub`` names what stands behind the dash in a group. Nothing
here parses or prints; ``bodies`` does, from what is declared here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from dataclasses import field as dataclass_field
from functools import cache
from typing import Any, TypeVar, dataclass_transform

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.fields import Field, field, sub_field
from zhihuan.hj212.codes.information import info_code
from zhihuan.hj212.codes.source import Confidence, Source

__all__ = ["BODIES", "Slot", "body", "dictionary_entry", "key", "readings", "slots_of", "sub"]

BODIES: dict[str, type[Any]] = {}
"""Every declared command class by its name."""

_SLOTS: dict[type[Any], tuple[Slot, ...]] = {}
_T = TypeVar("_T")


def key(  # noqa: PLR0913 - six independent facts a declaration may state, all but one by name
    name: str,
    *,
    default: Any = MISSING,
    repeated: bool = False,
    comma: Iterable[Edition] = (),
    hj2005: str = "",
    pad: int = 0,
) -> Any:
    """A field of CP.

    name: as the dictionary has it; ``{attribute}`` in it is replaced by that attribute's value.
    default: "" (text), () (repeated) or None for a field that may be left out.
    repeated: the key appears once per value; the attribute is a tuple.
    comma: editions that print a comma, not a semicolon, before this field (their examples do).
    hj2005: another name under HJ/T 212-2005. pad: digits an integer is padded to.
    """
    declared = {
        "key": name,
        "repeated": repeated,
        "comma": frozenset(comma),
        "hj2005": hj2005,
        "pad": pad,
    }
    return dataclass_field(default=default, metadata=declared)


def readings(reading: type[Any], *, default: Any = MISSING) -> Any:
    """The factor groups of CP as a tuple of ``reading``."""
    return dataclass_field(default=default, metadata={"readings": reading})


def sub(name: str, *, default: Any = MISSING) -> Any:
    """What stands behind the dash (``Rtd`` of ``w01018-Rtd``); default: "" for text, else None."""
    found = sub_field(name)
    if found is None:
        raise KeyError(f"{name} is not in the sub-field dictionary (codes/data/subfields.csv)")
    return dataclass_field(default=default, metadata={"sub": name, "kind": found.kind})


@dataclass_transform(
    kw_only_default=True, frozen_default=True, field_specifiers=(key, readings, sub)
)
def body(cls: type[_T]) -> type[_T]:
    """Declare a command's parameters: a frozen dataclass with slots, keyword arguments only."""
    made: type[_T] = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    BODIES[made.__name__] = made
    return made


@dataclass(frozen=True, slots=True)
class Slot:
    """One declared attribute: a key, or the place of the readings."""

    attribute: str
    required: bool
    key: str = ""
    repeated: bool = False
    comma: frozenset[Edition] = frozenset()
    hj2005: str = ""
    pad: int = 0
    reading: type[Any] | None = None

    def key_in(self, edition: Edition) -> str:
        """The key's name under an edition."""
        return self.hj2005 if self.hj2005 and edition is Edition.HJ2005 else self.key

    def entry(self, edition: Edition) -> Field:
        """The dictionary's entry under an edition."""
        return dictionary_entry(self.key_in(edition), edition)


def slots_of(cls: type[Any]) -> tuple[Slot, ...]:
    """The declared attributes of a command class in order, without ``extra``."""
    known = _SLOTS.get(cls)
    if known is None:
        known = _SLOTS[cls] = tuple(
            _slot(f.name, f.metadata, f.default is MISSING) for f in fields(cls) if f.metadata
        )
    return known


def _slot(attribute: str, declared: Mapping[str, Any], required: bool) -> Slot:
    if "readings" in declared:
        return Slot(attribute, required=False, reading=declared["readings"])
    return Slot(attribute, required, **declared)


@cache
def dictionary_entry(name: str, edition: Edition) -> Field:
    """The dictionary's entry of a key; of another edition where this one has none; else free text.

    A composite key (``i23005-Info``, ``{info_id}-Info``) takes the kind of its sub-field.
    """
    return field(name, edition) or _any_entry(name)


def _any_entry(name: str) -> Field:
    for edition in reversed(Edition):
        found = field(name, edition)
        if found is not None:
            return found
    behind = sub_field(name.rpartition("-")[2])
    kind = behind.kind if behind else "text"
    source = behind.source if behind else Source("not in the dictionary", Confidence.UNCONFIRMED)
    choices = behind.choices if behind else ()
    told = info_code(name.partition("-")[0])  # i23005-Info: the code says more than "Info"
    chinese = told.name if told else (behind.name if behind else name)
    return Field(name, chinese, kind, None, None, choices, "", source)
