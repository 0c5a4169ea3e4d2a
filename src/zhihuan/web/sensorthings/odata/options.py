"""Query options: ``$filter $select $expand $orderby $top $skip $count $resultFormat $skiptoken``.

An option we do not know is refused as unsupported (18-088, 9.3.1: 501), never ignored: a client that
asks for less than everything must not get everything. Names without ``$`` are the client's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from zhihuan.web.sensorthings.odata import limits
from zhihuan.web.sensorthings.odata.expression import Expression
from zhihuan.web.sensorthings.odata.expression import text as text_of
from zhihuan.web.sensorthings.odata.grammar import Order, read_filter, read_orderby
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal
from zhihuan.web.sensorthings.odata.splitting import split

_NAME = re.compile(r"@iot\.\w+|[^\W\d]\w*")
_WHOLE = re.compile(r"\d{1,12}")
_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for. top, select: None when not asked for. after: where the page before ended."""

    filter: Expression | None = None
    select: tuple[str, ...] | None = None
    expand: tuple[Expansion, ...] = ()
    orderby: tuple[Order, ...] = ()
    top: int | None = None
    skip: int = 0
    count: bool = False
    data_array: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Expansion:
    """One relation to expand, with options of its own."""

    name: str
    options: Options = Options()


def read_options(pairs: Iterable[tuple[str, str]]) -> Options:
    """The options of a query string's decoded pairs. Raises ``Refusal``."""
    return _read(pairs, depth=0)


def _read(pairs: Iterable[tuple[str, str]], depth: int) -> Options:
    found: dict[str, Any] = {}
    for name, text in pairs:
        if not name.startswith("$"):
            continue
        field, read = _OPTIONS.get(name) or _refuse(name)
        if field in found:
            raise Refusal(Reason.OPTION_TWICE).about(name)
        try:
            _bounded(text)
            found[field] = _read_expand(text, depth) if field == "expand" else read(text)
        except Refusal as refusal:
            raise refusal.about(name) from None
    return Options(**found)


def _refuse(name: str) -> Any:
    raise Refusal(Reason.UNSUPPORTED_OPTION, name=name[:60]).about(name[:60])


def _bounded(text: str) -> None:
    if len(text) > limits.TEXT:
        raise Refusal(Reason.TOO_LONG, most=limits.TEXT)


def _whole(text: str) -> int:
    if (
        not _WHOLE.fullmatch(text, 0)
        or not text.isascii()
        or int(text) > limits.LARGEST_PAGE_NUMBER
    ):
        raise Refusal(Reason.BAD_OPTION, text=text[:60])
    return int(text)


def _truth(text: str) -> bool:
    if text not in _TRUTHS:
        raise Refusal(Reason.BAD_OPTION, text=text[:60])
    return _TRUTHS[text]


def _result_format(text: str) -> bool:
    if text != "dataArray":
        raise Refusal(Reason.UNSUPPORTED_OPTION, name=f"$resultFormat={text[:40]}")
    return True


def _select(text: str) -> tuple[str, ...]:
    names = [part.strip() for _at, part in split(text, ",")]
    for name in names:
        if not _NAME.fullmatch(name):
            raise Refusal(Reason.BAD_OPTION, text=name[:60])
    return tuple(dict.fromkeys(names))


def _token(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z_.-]{1,80}", text):
        raise Refusal(Reason.BAD_TOKEN)
    return text


# ---- $expand ----


def _read_expand(text: str, depth: int) -> tuple[Expansion, ...]:
    if depth >= limits.EXPANSION_DEPTH:
        raise Refusal(Reason.TOO_DEEP, most=limits.EXPANSION_DEPTH)
    found: dict[str, Expansion] = {}
    for _at, part in split(text, ","):
        expansion = _expansion(part.strip(), depth)
        known = found.get(expansion.name)
        found[expansion.name] = expansion if known is None else _merged(known, expansion)
    if sum(map(_size, found.values())) > limits.EXPANSIONS:
        raise Refusal(Reason.TOO_MANY_PARTS, most=limits.EXPANSIONS)
    return tuple(found.values())


def _expansion(text: str, depth: int) -> Expansion:
    """``Datastreams/Sensor($select=name)`` is ``Datastreams($expand=Sensor($select=name))``."""
    path, opening, rest = text.partition("(")
    if opening and not rest.endswith(")"):
        raise Refusal(Reason.EXPECTED, expected=")", found=rest[-1:])
    names = path.strip().split("/")
    if depth + len(names) > limits.EXPANSION_DEPTH:
        raise Refusal(Reason.TOO_DEEP, most=limits.EXPANSION_DEPTH)
    if not all(_NAME.fullmatch(name) for name in names):
        raise Refusal(Reason.BAD_OPTION, text=path[:60])
    pairs = _pairs(rest[:-1]) if opening else ()
    expansion = Expansion(names[-1], _read(pairs, depth + len(names)))
    for name in reversed(names[:-1]):
        expansion = Expansion(name, Options(expand=(expansion,)))
    return expansion


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    for _at, part in split(text, ";"):
        name, equals, value = part.strip().partition("=")
        if not equals or not name.startswith("$"):
            raise Refusal(Reason.BAD_OPTION, text=part[:60])
        yield name, value


def _merged(one: Expansion, other: Expansion) -> Expansion:
    """``Datastreams/Sensor,Datastreams/Thing``: one expansion with both below it."""
    if (
        replace(one.options, expand=()) != Options()
        and replace(other.options, expand=()) != Options()
    ):
        raise Refusal(Reason.OPTION_TWICE).about(f"$expand={one.name}")
    richer, plainer = (
        (one, other) if replace(other.options, expand=()) == Options() else (other, one)
    )
    below = {each.name: each for each in richer.options.expand}
    for each in plainer.options.expand:
        below[each.name] = _merged(below[each.name], each) if each.name in below else each
    options = replace(richer.options, expand=tuple(below.values()))
    return Expansion(one.name, options)


def _size(expansion: Expansion) -> int:
    return 1 + sum(map(_size, expansion.options.expand))


# ---- and back to text, for links ----


def written(options: Options) -> list[tuple[str, str]]:
    """The options as pairs; reading them gives the same options."""
    pairs = [
        ("$filter", "" if options.filter is None else text_of(options.filter)),
        ("$select", ",".join(options.select or ())),
        ("$expand", ",".join(map(_expansion_text, options.expand))),
        ("$orderby", ",".join(map(_order_text, options.orderby))),
        ("$top", "" if options.top is None else str(options.top)),
        ("$skip", str(options.skip or "")),
        ("$count", "true" if options.count else ""),
        ("$resultFormat", "dataArray" if options.data_array else ""),
        ("$skiptoken", options.after),
    ]
    return [(name, text) for name, text in pairs if text]


def _expansion_text(expansion: Expansion) -> str:
    inner = ";".join(f"{name}={text}" for name, text in written(expansion.options))
    return f"{expansion.name}({inner})" if inner else expansion.name


def _order_text(order: Order) -> str:
    return text_of(order.expression) + (" desc" if order.descending else "")


_OPTIONS: dict[str, tuple[str, Any]] = {
    "$filter": ("filter", read_filter),
    "$select": ("select", _select),
    "$expand": ("expand", None),
    "$orderby": ("orderby", read_orderby),
    "$top": ("top", _whole),
    "$skip": ("skip", _whole),
    "$count": ("count", _truth),
    "$resultFormat": ("data_array", _result_format),
    "$skiptoken": ("after", _token),
}
