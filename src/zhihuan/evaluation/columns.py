"""Which columns a subject's file has: names in Chinese and English, units, what may be left out.

    layout = layout_of("air")
    layout.match(["时间", "PM2.5(mg/m³)"])      # {"time": Found(0, 1.0), "PM25": Found(1, 1000.0)}

Layouts are data (``layouts/<subject>.yaml``). A header may carry its unit in brackets; a unit that
differs by a plain factor is converted, any other is refused: ppb to µg/m³ needs a temperature that
a header does not know. A header without a unit is taken in the documented one.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from zhihuan.evaluation.errors import FileRefusedError
from zhihuan.standards.inputs import quantity
from zhihuan.standards.tables import table_rows

__all__ = ["UNROUNDED", "Column", "Found", "Layout", "layout_of"]

UNROUNDED = "_raw"
_SHOWN = 6
_BRACKETS = {")": "(", "]": "[", "】": "【", "〕": "〔"}
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: kind is ``number``, ``text``, ``time`` (a moment), ``day`` or ``choice``.

    key: its name in code. names: the headers taken for it, the first one is written in templates.
    unit: what the values are judged in; units: other units and their factor to it. quantity: the
    guard under ``standards/quantities/`` that says which values are plausible. below: values below
    the detection limit may be written ``<0.05`` or ``0.05L``. every: moments must be whole
    multiples of so many seconds. or_day: a moment may be empty where the file has days. choices: accepted words and what
    they mean in code. needed: a file without it is refused.
    """

    key: str
    names: tuple[str, ...]
    kind: str
    about: str
    unit: str = ""
    units: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    quantity: str = ""
    below: bool = False
    every: int = 1
    or_day: bool = False
    choices: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    needed: bool = False
    example: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The header people see."""
        return self.names[0]

    @property
    def header(self) -> str:
        """The header with its unit."""
        return f"{self.name}({self.unit})" if self.unit else self.name


@dataclass(frozen=True, slots=True)
class Found:
    """Where a column stands in the file, and the factor from its unit to the judged one."""

    place: int
    factor: float
    header: str


@dataclass(frozen=True, slots=True)
class Layout:
    """All columns of a subject's file. one_of: groups of which at least one column must be there;
    items: the columns made of a packaged table, of which at least one must be there too."""

    subject: str
    title: str
    about: str
    columns: tuple[Column, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    items: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def match(self, headers: Sequence[str]) -> dict[str, Found]:
        """The file's columns by key. Raises FileRefusedError that tells every fault at once."""
        found: dict[str, Found] = {}
        faults: list[str] = []
        names = {_plain(name): column for column in self.columns for name in column.names}
        for place, header in enumerate(headers):
            column, unit = _split(header, names)
            if column is None:
                continue
            factor = _factor(column, unit)
            if factor is None:
                faults.append(_wrong_unit(place, header, column, unit))
            elif column.key in found:
                faults.append(_twice(place, header, found[column.key]))
            else:
                found[column.key] = Found(place, factor, header.strip())
        faults += self._lacking(found, headers)
        if faults:
            raise FileRefusedError("\n".join(["第 1 行（表头）：", *faults]))
        return found

    def unused(self, headers: Sequence[str], found: Mapping[str, Found]) -> list[str]:
        """The headers nothing was read from."""
        used = {one.place for one in found.values()}
        return [header for place, header in enumerate(headers) if place not in used and header]

    def _lacking(self, found: Mapping[str, Found], headers: Sequence[str]) -> list[str]:
        unused = self.unused(headers, found)
        groups = [(column.key,) for column in self.columns if column.needed]
        lacking = [
            self._lack(group, unused)
            for group in (*groups, *self.one_of)
            if not any(key in found for key in group)
        ]
        if not lacking and (not found or (self.items and found.keys().isdisjoint(self.items))):
            lacking.append(self._nothing(unused))
        return lacking

    def _nothing(self, unused: Sequence[str]) -> str:
        """Words for a header that names nothing to judge: hundreds of items are not listed."""
        known = [self[key] for key in self.items] or self.columns
        some = [column.header for column in known if column.kind == "number" and column.example]
        given = "、".join(f"“{header}”" for header in unused[:_SHOWN])
        return (
            f"- 没有一列是{self.title}可评价的项目，例如 {'、'.join(some[:_SHOWN])}"
            f"（全部写法见 zhihuan evaluate columns {self.subject}）"
            + (f"；不认识的列：{given}" if given else "")
        )

    def _lack(self, group: tuple[str, ...], unused: Sequence[str]) -> str:
        wanted = [self[key] for key in group]
        shown = "、".join(f"“{column.header}”" for column in wanted)
        near = [
            header
            for header in unused
            for column in wanted
            if difflib.get_close_matches(_plain(header), [*map(_plain, column.names)], n=1)
        ]
        hint = f"；列 “{near[0]}” 是否应改名？" if near else ""
        few = "缺少列" if len(wanted) == 1 else "至少要有其中一列："
        return f"- {few} {shown}（写法见 zhihuan evaluate columns {self.subject}）{hint}"


@cache
def layout_of(subject: str) -> Layout:
    """The packaged layout, read once. Raises FileNotFoundError when there is none."""
    source = files("zhihuan.evaluation") / "layouts" / f"{subject}.yaml"
    content = yaml.safe_load(source.read_text(encoding="utf-8"))
    common = yaml.safe_load(
        (files("zhihuan.evaluation") / "layouts" / "_common.yaml").read_text(encoding="utf-8")
    )
    items = {e["key"]: e for group in reversed(content.get("items", ())) for e in _items(group)}
    entries = [*content["columns"], *items.values(), *common["columns"]]
    return Layout(
        subject=subject,
        title=content["title"],
        about=content["about"].strip(),
        columns=tuple(_column(entry, common["units"]) for entry in entries),
        one_of=tuple(map(tuple, content.get("one_of", ()))),
        items=tuple(items),
    )


def _items(group: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A column for each row of a packaged table of items: a subject with dozens of them names its
    table instead of repeating it. ``guard``: the subject of ``standards/quantities/``; ``aliases``:
    more spellings by item; ``unrounded``: items whose unrounded values have a column beside."""
    examples, left_out = group.get("examples", {}), set(group.get("except", ()))
    unrounded, also = set(group.get("unrounded", ())), group.get("aliases", {})
    for row in table_rows(group["table"]):
        item = row["item"]
        if item not in left_out:
            spellings = [
                row["name"],
                item,
                row.get("hj212", ""),
                *row.get("aliases", "").split("|"),
                *also.get(item, ()),
            ]
            entry = {
                "key": item,
                "names": [*dict.fromkeys(filter(None, spellings))],
                "kind": "number",
                "unit": row["unit"].removeprefix("-"),
                "quantity": _guard(f"{group['guard']}/{item}"),
                "below": True,
                "about": row["name"],
                "example": examples.get(item, ()),
            }
            yield entry
            if item in unrounded:
                yield _unrounded(entry)


def _unrounded(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The column of the same item before it was rounded for display."""
    return {
        **entry,
        "key": entry["key"] + UNROUNDED,
        "names": [name + ending for name in entry["names"] for ending in ("原始值", "_raw")],
        "about": f"{entry['about']}的未修约值；有值时代替修约值参加评价",
        "example": (),
    }


def _guard(code: str) -> str:
    """The code itself, or nothing where no plausible range is declared."""
    try:
        return quantity(code).code
    except KeyError:
        return ""


def _column(entry: Mapping[str, Any], units: Mapping[str, Mapping[str, float]]) -> Column:
    lists = ("names", "example")
    fields: dict[str, Any] = {
        key: tuple(map(str, value)) if key in lists else value for key, value in entry.items()
    }
    fields.setdefault("units", units.get(_bare(fields.get("unit", "")), _NOTHING))
    return Column(**fields)


def _plain(text: str) -> str:
    """Header text as it is compared: width, case, blanks and joining marks do not matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_\-‐–—]+", "", folded).strip("\ufeff")


def plain_unit(text: str) -> str:
    """Unit text as it is compared: ``µg/m³``, ``μg/m3``, ``ug/m^3`` are one."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u03bc", "u")
    return re.sub(r"[\s^*·]+", "", folded)


def _bare(unit: str) -> str:
    """A unit without what it counts: ``mg/L（以N计）`` is mg/L."""
    return re.sub(r"[（(]以.*$", "", unit)


def _split(header: str, names: Mapping[str, Column]) -> tuple[Column | None, str]:
    whole = names.get(_plain(header))
    if whole is not None:
        return whole, ""
    name, unit = _parted(unicodedata.normalize("NFKC", header).strip())
    return names.get(_plain(name)), unit


def _parted(header: str) -> tuple[str, str]:
    """Name and unit of ``等效声级(dB(A))``: the unit is the last bracket, with brackets in it."""
    closing = header[-1:]
    opening, depth = _BRACKETS.get(closing), 0
    for place in range(len(header) - 1, 0, -1):
        depth += (header[place] == closing) - (header[place] == opening)
        if opening and depth == 0:
            return header[:place].strip(), header[place + 1 : -1].strip()
    return header, ""


def _factor(column: Column, unit: str) -> float | None:
    if not unit or plain_unit(unit) in {plain_unit(column.unit), plain_unit(_bare(column.unit))}:
        return 1.0
    known = {plain_unit(name): factor for name, factor in column.units.items()}
    return known.get(plain_unit(_bare(unit)))


def _wrong_unit(place: int, header: str, column: Column, unit: str) -> str:
    taken = "、".join(filter(None, [column.unit, *column.units])) or "不带单位"
    return (
        f"- 第 {place + 1} 列 “{header.strip()}” 的单位 “{unit}” 不能识别或不能直接换算；"
        f"可用的单位：{taken}。请换算后再评价"
    )


def _twice(place: int, header: str, first: Found) -> str:
    return (
        f"- 第 {place + 1} 列 “{header.strip()}” 与第 {first.place + 1} 列 “{first.header}” "
        "是同一个量；请只保留一列"
    )
