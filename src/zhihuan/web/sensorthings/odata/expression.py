"""What an expression is once it has been read: five kinds of node, immutable, and printable again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wkt:
    """The text of a geometry literal: ``geography'POINT (113.4 22.5)'``."""

    text: str


#: What a literal can hold.
Value = None | bool | int | float | str | dt.datetime | dt.date | dt.time | dt.timedelta | Wkt


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant. Moments are aware."""

    value: Value


@dataclass(frozen=True, slots=True)
class Path:
    """Names from the entity to a property: ``Datastreams/ObservedProperty/name``."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands: eq ne gt ge lt le add sub mul div mod."""

    name: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Junction:
    """``and`` or ``or`` of two operands or more: flat, so that a long list is not deep."""

    name: str
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Negation of a truth."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Minus:
    """Negation of a number."""

    operand: Expression


Expression = Literal | Path | Call | Operation | Junction | Not | Minus


def conjuncts(expression: Expression | None) -> tuple[Expression, ...]:
    """The parts that must all hold."""
    if expression is None:
        return ()
    if isinstance(expression, Junction) and expression.name == "and":
        return expression.parts
    return (expression,)


def children(expression: Expression) -> tuple[Expression, ...]:
    """The nodes directly below."""
    match expression:
        case Call():
            return expression.arguments
        case Operation():
            return (expression.left, expression.right)
        case Junction():
            return expression.parts
        case Not() | Minus():
            return (expression.operand,)
    return ()


def is_spatial(expression: Expression) -> bool:
    """Whether it is a condition on places."""
    return isinstance(expression, Call) and expression.name.startswith(("st_", "geo.intersects"))


def walk(expression: Expression) -> Iterator[Expression]:
    """The node and all nodes below it."""
    yield expression
    for child in children(expression):
        yield from walk(child)


def paths(expression: Expression) -> Iterator[tuple[str, ...]]:
    """The names of every path in it."""
    return (node.names for node in walk(expression) if isinstance(node, Path))


def text(expression: Expression) -> str:  # noqa: PLR0911 - one a node
    """The expression as OData text, fully parenthesised; reading it gives the same expression."""
    match expression:
        case Literal():
            return _literal(expression.value)
        case Path():
            return "/".join(expression.names)
        case Call():
            return f"{expression.name}({','.join(map(text, expression.arguments))})"
        case Operation():
            return f"({text(expression.left)} {expression.name} {text(expression.right)})"
        case Junction():
            return "(" + f" {expression.name} ".join(map(text, expression.parts)) + ")"
        case Not():
            return f"(not {text(expression.operand)})"
    return f"(-({text(expression.operand)}))"


def _literal(value: Value) -> str:  # noqa: PLR0911 - one line a kind of value
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case Wkt():
            return f"geography'{value.text}'"
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return f"duration'{_duration(value)}'"
    return repr(value)


def _duration(value: dt.timedelta) -> str:
    sign = "-" if value < dt.timedelta(0) else ""
    value = abs(value)
    fraction = f".{value.microseconds:06}" if value.microseconds else ""
    return f"{sign}P{value.days}DT{value.seconds}{fraction}S"
