"""Parameters of commands: reading them from a CP and printing them, from their declaration.

Every command is a frozen dataclass below ``Body``. Reading keeps everything: what a class does not
declare stays in ``extra`` and is printed again, so ``to_cp`` of what was read loses nothing.
Reading is lenient (letter case, separators); printing is strict and refuses values outside the
standard's ranges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple, Self

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.commands.judging import CommandError, Problem, judge, judge_extra
from zhihuan.hj212.commands.slots import Slot, dictionary_entry, slots_of
from zhihuan.hj212.commands.values import print_value, read_value

__all__ = ["Body", "Item", "Reading", "edition_of", "read_declared"]

Extra = tuple[tuple[str, str], ...]


class Item(NamedTuple):
    """One ``key=value`` of a CP: factor code ("" if ungrouped), key or sub-field, text."""

    code: str
    key: str
    value: str

    @property
    def full_key(self) -> str:
        """The key as it travels."""
        return f"{self.code}-{self.key}" if self.code else self.key


def edition_of(edition: Edition | int) -> Edition:
    """An edition, or a version number, as an edition."""
    return edition if isinstance(edition, Edition) else Edition.of(edition)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Base of all command parameters.

    extra: keys the class does not declare, as sent, in order.
    """

    extra: Extra = ()

    @classmethod
    def read(cls, items: Sequence[Item], edition: Edition) -> Self:
        """The parameters in a CP. CommandError when one is missing or no value of its kind."""
        return cls(**read_declared(cls, items, edition))

    def problems(self, edition: Edition | int) -> tuple[Problem, ...]:
        """What the standard forbids about these values; () if they may be sent."""
        return tuple(self._problems(edition_of(edition)))

    def to_cp(self, edition: Edition | int, *, answers: str = "") -> str:
        """The text between ``CP=&&`` and ``&&``. CommandError if a value is out of range.

        answers: QN of the request this answers; HJ/T 212-2005 puts it first into the CP (annex C),
            later editions into the head, so it is left out there.
        """
        edition = edition_of(edition)
        found = self.problems(edition)
        if found:
            text = "; ".join(problem.message for problem in found)
            raise CommandError(found[0].key, text, problems=found)
        parts = list(self._parts(edition))
        if answers and edition is Edition.HJ2005:
            parts.insert(0, (";", f"QN={answers}"))
        return "".join(separator + text for separator, text in parts)[1:]

    def _problems(self, edition: Edition) -> Iterator[Problem]:
        for slot in slots_of(type(self)):
            if slot.reading is not None:
                for reading in getattr(self, slot.attribute):
                    yield from reading.problems(edition)
            else:
                for value in self._values(slot):
                    yield from judge(value, slot.entry(edition), slot.attribute)
        yield from judge_extra(self.extra)

    def _parts(self, edition: Edition) -> Iterator[tuple[str, str]]:
        """(separator before it, text) of everything in the CP, in the order declared."""
        for slot in slots_of(type(self)):
            if slot.reading is not None:
                yield from ((";", reading.to_text()) for reading in getattr(self, slot.attribute))
            else:
                yield from self._pairs(slot, edition)
        yield from ((";", f"{name}={value}") for name, value in self.extra)

    def _pairs(self, slot: Slot, edition: Edition) -> Iterator[tuple[str, str]]:
        name = self._name(slot, edition)
        kind = slot.entry(edition).kind
        separator = "," if edition in slot.comma else ";"
        for value in self._values(slot):
            yield separator, f"{name}={print_value(value, kind, slot.pad)}"

    def _name(self, slot: Slot, edition: Edition) -> str:
        key = slot.key_in(edition)
        if "{" not in key:
            return key
        return key.format_map({f.name: getattr(self, f.name) for f in fields(self)})

    def _values(self, slot: Slot) -> tuple[Any, ...]:
        """The values to print: optional ones that are absent print nothing."""
        value = getattr(self, slot.attribute)
        if slot.repeated:
            return tuple(value)
        absent = value is None or (value == "" and not slot.required)
        return () if absent else (value,)


def read_declared(cls: type[Body], items: Sequence[Item], edition: Edition) -> dict[str, Any]:
    """The attributes a CP gives a command class, ``extra`` included; absent optional ones are left out."""
    left = list(items)
    values: dict[str, Any] = {}
    for slot in slots_of(cls):
        if slot.reading is not None:
            values[slot.attribute] = tuple(slot.reading.take(left))
        else:
            values[slot.attribute] = _take(slot, left, values, edition)
    present = {name: value for name, value in values.items() if value is not None}
    return {**present, "extra": tuple((item.full_key, item.value) for item in left)}


def _take(slot: Slot, left: list[Item], known: dict[str, Any], edition: Edition) -> Any:
    """Remove a slot's items from what is left and read them; None if an optional one is absent."""
    name = slot.key_in(edition).format_map(known).lower()
    found = [item for item in left if item.full_key.lower() == name]
    if not slot.repeated:
        found = found[:1]
    for item in found:
        left.remove(item)
    if not found and slot.required:
        raise CommandError(slot.key_in(edition), "missing from CP")
    kind = dictionary_entry(slot.key, edition).kind
    values = tuple(_read(item, kind) for item in found)
    return values if slot.repeated else next(iter(values), None)


def _read(item: Item, kind: str) -> Any:
    try:
        return read_value(item.value, kind)
    except ValueError as error:
        raise CommandError(item.full_key, str(error)) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Base of factor groups: ``w01018-Rtd=2.2,w01018-Flag=N``.

    code: factor code as sent.
    extra: sub-fields the class does not declare, and any whose text is no value of its kind (an
        instrument prints ``--`` where it has no number): kept as sent, the typed attribute is None.
    """

    code: str
    extra: Extra = field(default=())

    @classmethod
    def take(cls, left: list[Item]) -> Iterator[Self]:
        """Remove the groups from ``left`` and read them; a sub-field sent twice opens a new group."""
        groups: list[tuple[str, dict[str, str]]] = []
        latest: dict[str, dict[str, str]] = {}
        for item in [item for item in left if item.code]:
            left.remove(item)
            group = latest.get(item.code)
            if group is None or item.key in group:
                group = latest[item.code] = {}
                groups.append((item.code, group))
            group[item.key] = item.value
        return (cls._read(code, group) for code, group in groups)

    @classmethod
    def _read(cls, code: str, group: dict[str, str]) -> Self:
        typed: dict[str, Any] = {}
        extra: list[tuple[str, str]] = []
        known = {name.lower(): (attribute, kind) for attribute, name, kind in _subs(cls)}
        for name, text in group.items():
            attribute, kind = known.get(name.lower(), ("", "text"))
            value = _typed(text, kind) if attribute and attribute not in typed else None
            if value in {None, ""}:
                extra.append((name, text))
            else:
                typed[attribute] = value
        return cls(code=code, extra=tuple(extra), **typed)

    def problems(self, edition: Edition) -> Iterator[Problem]:
        """What the standard forbids: unsafe characters in texts, states outside their list."""
        yield from judge_extra((("code", self.code), *self.extra))
        for attribute, name, _ in _subs(type(self)):
            value = getattr(self, attribute)
            if value is not None and value != "":
                # by sub-field, not by factor: factor codes are endless, the dictionary is not
                found = judge(value, dictionary_entry(f"-{name}", edition), attribute)
                yield from (replace(problem, key=self.code + problem.key) for problem in found)
        if not self.to_text():
            yield Problem(self.code, "code", f"{self.code} 没有任何数值", "HJ 212-2017, 6.3.3.1")

    def to_text(self) -> str:
        """The group as it travels."""
        printed = [
            (name, print_value(getattr(self, attribute), kind))
            for attribute, name, kind in _subs(type(self))
            if getattr(self, attribute) not in {None, ""}
        ]
        return self._separator().join(
            f"{self.code}-{name}={text}" for name, text in (*printed, *self.extra)
        )

    @classmethod
    def _separator(cls) -> str:
        """Between the sub-fields of one factor: a comma (2017: 6.3.3.1)."""
        return ","


def _subs(cls: type[Reading]) -> list[tuple[str, str, str]]:
    """(attribute, sub-field, kind) of a reading class in the order declared."""
    return [
        (f.name, f.metadata["sub"], f.metadata["kind"]) for f in fields(cls) if "sub" in f.metadata
    ]


def _typed(text: str, kind: str) -> Any:
    try:
        return read_value(text, kind)
    except ValueError:
        return None
