"""The CP of a data segment: the text between ``CP=&&`` and ``&&``.

HJ 212-2017, 6.3.1 table 2 and 6.3.2:

    CP    = item *(";" item)
    item  = key "=" value                      a field: DataTime=20240520210600
          | sub *("," sub)                     a group: a21026-Rtd=12.3,a21026-Flag=N
    sub   = code "-" name "=" value

A value may be free text between ``//`` and ``//`` (device logs, tables B.8 to B.10), and then holds
any separator. Which factor a value belongs to is said by its key, not by its separators: the
standards' own examples mix ``;`` and ``,`` (C.14, C.20, C.23), so they are read alike.

A layout, that is all keys with their separators, is read once and kept as a ``CpShape``; for the
next frame that has it remain one split, one look-up and the values.

Refuses to judge codes and values: whether ``a21026`` exists and ``12.3`` is plausible is for others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhihuan.hj212.errors import Reason, Refusal
from zhihuan.hj212.oddity import Oddity
from zhihuan.hj212.shape import (
    DATA_TIME,
    Column,
    CpShape,
    column_of,
    find_shape,
    is_sub,
    keep_shape,
)

__all__ = ["read_cp"]

_MAY_REPEAT = "polid"


def read_cp(text: str) -> tuple[CpShape, list[str]]:
    """A CP's shape and its values in order. Raises Refusal when it does not follow the grammar."""
    if "/" in text or " " in text or not text:
        return _read_item_by_item(text)
    # Every key but the first keeps the separator before it: the keys alone then spell the layout.
    marked = text.replace(";", "=;").replace(",", "=,")
    tokens = marked.split("=")
    layout = "=".join(tokens[::2])
    shape = find_shape(layout)
    if shape is None:
        return _learn_layout(layout, tokens, text)
    if len(tokens) != shape.tokens or len(marked) - len(text) != shape.separators:
        return _read_item_by_item(text)  # an item without =, or a separator inside a value
    return shape, tokens[1::2]


def _learn_layout(layout: str, tokens: list[str], text: str) -> tuple[CpShape, list[str]]:
    """Remember a layout if the quick split reads it as the grammar does."""
    shape, values = _read_item_by_item(text)
    if values == tokens[1::2] and layout == _spelled(tokens, shape):
        keep_shape(layout, shape)
    return shape, values


def _spelled(tokens: list[str], shape: CpShape) -> str:
    """The layout text that ``shape`` has under the separators of ``tokens``."""
    keys = list(shape.keys) + [""] * (Oddity.TRAILING_SEPARATOR in shape.notes)
    firsts = ["", *(token[:1] for token in tokens[2::2])]
    if len(keys) != len(firsts) or any(first not in (";", ",") for first in firsts[1:]):
        return ""
    return "=".join(first + key for first, key in zip(firsts, keys, strict=True))


# --- item by item: the definition, of which the above is a short cut -------------------------------

_SEPARATOR = re.compile("[;,]")
_TEXT_END = re.compile(r"// *(?=[;,]|\Z)")


def _read_item_by_item(text: str) -> tuple[CpShape, list[str]]:
    notes: dict[Oddity, None] = {}
    keys: list[str] = []
    values: list[str] = []
    separators: list[str] = []
    for separator, item in _items(text, notes):
        key, equals, value = item.partition("=")
        if equals and key.strip(" "):
            keys.append(_key(key, notes))
            values.append(_value(value, notes))
            separators.append(separator)
        else:
            _odd_item(separator, item, values, notes)
    _note_end(text, notes)
    _note_layout(keys, separators, notes)
    return _shape_of(tuple(keys), tuple(notes)), values


def _shape_of(keys: tuple[str, ...], notes: tuple[Oddity, ...]) -> CpShape:
    name = "\n".join((*notes, "", *keys))  # no layout text holds a line feed: keys are printable
    shape = find_shape(name)
    if shape is None:
        shape = CpShape(keys, notes)
        keep_shape(name, shape)
    return shape


def _items(text: str, notes: dict[Oddity, None]) -> Iterator[tuple[str, str]]:
    """Each item with the separator before it; text between ``//`` and ``//`` stays whole."""
    separator, start, closings = "", 0, True
    while start <= len(text):
        found = _SEPARATOR.search(text, start)
        end = found.start() if found else len(text)
        equals = text.find("=", start, end)
        if closings and equals >= 0 and text[equals + 1 : end].lstrip(" ").startswith("//"):
            closing = _TEXT_END.search(text, text.index("//", equals) + 2)
            closings = closing is not None  # none from here on: do not search again
            end = closing.end() if closing else end
            if closing is None:
                notes[Oddity.OPEN_TEXT] = None
        yield separator, text[start:end]
        separator, start = text[end : end + 1], end + 1


def _key(key: str, notes: dict[Oddity, None]) -> str:
    stripped = key.strip(" ")
    if stripped != key:
        notes[Oddity.BLANKS] = None
    if not stripped.isprintable():
        raise Refusal(Reason.BAD_GRAMMAR, f"the CP key {stripped[:40]!r} is not text")
    return stripped


def _value(value: str, notes: dict[Oddity, None]) -> str:
    stripped = value.strip(" ")
    if stripped != value:
        notes[Oddity.BLANKS] = None
    if "=" in stripped and not stripped.startswith("//"):
        notes[Oddity.EQUALS_IN_VALUE] = None
    return stripped


def _odd_item(separator: str, item: str, values: list[str], notes: dict[Oddity, None]) -> None:
    """An item that is not key=value: nothing, or the rest of a value that holds a comma."""
    if not item.strip(" "):
        notes[Oddity.BLANKS if item else Oddity.EMPTY_ITEM] = None
    elif separator == "," and values and "=" not in item:
        values[-1] += "," + item.rstrip(" ")
        notes[Oddity.COMMA_IN_VALUE] = None
    else:
        raise Refusal(Reason.BAD_GRAMMAR, f"the CP item {item[:40]!r} is not key=value")


def _note_end(text: str, notes: dict[Oddity, None]) -> None:
    """No items are no empty item; a separator after the last item is an oddity of its own."""
    if not text:
        notes.clear()
    elif text.rstrip(" ")[-1:] in (";", ","):
        notes.pop(Oddity.EMPTY_ITEM, None)
        notes[Oddity.TRAILING_SEPARATOR] = None


def _note_layout(keys: list[str], separators: list[str], notes: dict[Oddity, None]) -> None:
    before = Column("", "")
    seen: set[Column] = set()
    for key, separator in zip(keys, separators, strict=True):
        column = column_of(key)
        if column in seen and column.sub.lower() != _MAY_REPEAT:
            notes[Oddity.REPEATED_KEY] = None
        if column.code:
            _note_group(column, before, separator, notes)
        elif is_sub(column.sub):
            notes[Oddity.DETACHED_SUB] = None
        if not key.endswith(column.sub) or (key != "DataTime" and key.lower() == DATA_TIME):
            notes[Oddity.KEY_CASE] = None
        seen.add(column)
        before = column


def _note_group(column: Column, before: Column, separator: str, notes: dict[Oddity, None]) -> None:
    if separator == "," and before.code not in ("", column.code):
        notes[Oddity.MIXED_GROUP] = None
    if separator == ";" and before.code == column.code:
        notes[Oddity.SPLIT_GROUP] = None
