"""Expressions over values in memory: one function made once, called for each row.

Missing values follow OData 4.0 part 2, 5.1.1: null equals null and nothing else; any other comparison
with null is false, a calculation with null is null, and a condition that is null counts as false.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from zhihuan.web.sensorthings.odata.expression import (
    Call,
    Expression,
    Junction,
    Literal,
    Minus,
    Not,
    Operation,
    Path,
    Wkt,
    children,
    text,
)
from zhihuan.web.sensorthings.odata.functions import FUNCTIONS
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

Row = Any
Evaluate = Callable[[Row], Any]
#: How a property is read from a row.
Accessor = Callable[[tuple[str, ...]], Evaluate]

_NULL = Literal(None)
_COMMA_POINT = re.compile(r"^\s*POINT\s*\(\s*(\S+?)\s*,\s*(\S+?)\s*\)\s*$", re.IGNORECASE)


def geometry(literal: Wkt) -> Any:
    """The geometry of a literal. Raises ``Refusal``.

    ``POINT (-122, 43)`` is no WKT, but the standard's own examples are written so: it is read.
    """
    try:
        with np.errstate(over="ignore"):  # a number beyond all bounds is no finite one, see below
            found = shapely.from_wkt(_COMMA_POINT.sub(r"POINT (\1 \2)", literal.text))
    except shapely.errors.GEOSException as error:
        raise Refusal(Reason.BAD_GEOMETRY, text=literal.text[:60]) from error
    if found is None or not bool(shapely.is_valid(found)) or not _finite(found):
        raise Refusal(Reason.BAD_GEOMETRY, text=literal.text[:60])
    return found


def _finite(found: Any) -> bool:
    return all(math.isfinite(number) for pair in shapely.get_coordinates(found) for number in pair)


def folded(expression: Expression) -> Expression:
    """The expression with every part that names no property replaced by its value.

    Raises ``Refusal`` where such a part cannot be calculated (too large). Kinds must fit already.
    """
    match expression:
        case Junction():
            return Junction(expression.name, tuple(map(folded, expression.parts)))
        case Not():
            return Not(folded(expression.operand))
        case Literal() | Path():
            return expression
    parts = tuple(map(folded, children(expression)))
    whole = _with_children(expression, parts)
    if not (isinstance(whole, Operation) and whole.name in {"eq", "ne"}) and _NULL in parts:
        return _NULL
    constant = all(isinstance(part, Literal) for part in parts)
    return Literal(_constant(whole)) if constant else whole


def _constant(expression: Expression) -> Any:
    try:
        value = evaluator(expression, _no_property)(None)
    except Refusal:  # it says itself what is wrong, and is a ValueError
        raise
    except shapely.errors.GEOSException as error:
        raise Refusal(Reason.BAD_GEOMETRY, text=text(expression)[:60]) from error
    except (OverflowError, ValueError) as error:
        raise Refusal(Reason.NUMBERS_TOO_LARGE) from error
    if isinstance(value, float) and not math.isfinite(value):
        raise Refusal(Reason.NUMBERS_TOO_LARGE)
    return value


def _no_property(names: tuple[str, ...]) -> Evaluate:
    raise AssertionError(f"a constant names no property: {names}")


def _with_children(expression: Expression, parts: tuple[Expression, ...]) -> Expression:
    match expression:
        case Call():
            return Call(expression.name, parts)
        case Operation():
            return Operation(expression.name, *parts)
    return Minus(*parts)


def evaluator(expression: Expression, access: Accessor) -> Evaluate:  # noqa: PLR0911 - one a node
    """A function from a row to the expression's value; None is null."""
    match expression:
        case Literal(Wkt() as literal):
            place = geometry(literal)
            return lambda _row: place
        case Literal():
            value = expression.value
            return lambda _row: value
        case Path():
            return access(expression.names)
        case Junction():
            return _junction(expression, access)
        case Not():
            inner = evaluator(expression.operand, access)
            return lambda row: not inner(row)
        case Minus():
            return _strict(operator.neg, [evaluator(expression.operand, access)])
        case Operation():
            return _operation(expression, access)
    arguments = [evaluator(argument, access) for argument in expression.arguments]
    return _strict(FUNCTIONS[expression.name].call, arguments)


def _junction(expression: Junction, access: Accessor) -> Evaluate:
    parts = [evaluator(part, access) for part in expression.parts]
    if expression.name == "and":
        return lambda row: all(part(row) for part in parts)
    return lambda row: any(part(row) for part in parts)


def _operation(expression: Operation, access: Accessor) -> Evaluate:
    sides = [evaluator(expression.left, access), evaluator(expression.right, access)]
    match expression.name:
        case "eq":
            return lambda row: sides[0](row) == sides[1](row)
        case "ne":
            return lambda row: sides[0](row) != sides[1](row)
    return _strict(_OPERATORS[expression.name], sides)


def _strict(call: Callable[..., Any], arguments: list[Evaluate]) -> Evaluate:
    """Null as soon as one argument is."""
    if len(arguments) == 1:
        only = arguments[0]
        return lambda row: None if (value := only(row)) is None else call(value)

    def evaluate(row: Row) -> Any:
        values = [argument(row) for argument in arguments]
        return None if None in values else call(*values)

    return evaluate


def _divide(one: float, other: float) -> float | None:
    """Whole by whole is whole, towards zero (OData 4.0 part 2, 5.1.1.2.4); by zero is null."""
    if other == 0:
        return None
    if isinstance(one, int) and isinstance(other, int):
        quotient = abs(one) // abs(other)
        return quotient if (one < 0) == (other < 0) else -quotient
    return one / other


def _remainder(one: float, other: float) -> float | None:
    """With the sign of the dividend; by zero is null."""
    if other == 0:
        return None
    if isinstance(one, int) and isinstance(other, int):
        return abs(one) % abs(other) * (1 if one >= 0 else -1)
    return math.fmod(one, other)


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": _divide,
    "mod": _remainder,
}
