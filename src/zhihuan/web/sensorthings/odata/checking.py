"""Which kind of value an expression has, found before it is evaluated.

A filter that compares a name with a number is refused in words here, instead of by a database.
"""

from __future__ import annotations

from collections.abc import Callable

from zhihuan.web.sensorthings.odata.expression import (
    Call,
    Expression,
    Junction,
    Literal,
    Minus,
    Not,
    Operation,
    Path,
)
from zhihuan.web.sensorthings.odata.functions import FUNCTIONS
from zhihuan.web.sensorthings.odata.grammar import COMPARISONS
from zhihuan.web.sensorthings.odata.kinds import Kind, fits, kind_of_value
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

#: The kind of a property; raises ``Refusal`` for a name nobody knows.
KindOfPath = Callable[[tuple[str, ...]], Kind]

_NUMBERS = frozenset({Kind.WHOLE, Kind.NUMBER})
_TIMES = {
    ("add", Kind.MOMENT, Kind.DURATION): Kind.MOMENT,
    ("add", Kind.DURATION, Kind.MOMENT): Kind.MOMENT,
    ("sub", Kind.MOMENT, Kind.DURATION): Kind.MOMENT,
    ("sub", Kind.MOMENT, Kind.MOMENT): Kind.DURATION,
    ("add", Kind.DURATION, Kind.DURATION): Kind.DURATION,
    ("sub", Kind.DURATION, Kind.DURATION): Kind.DURATION,
}


def kind_of(expression: Expression, of_path: KindOfPath) -> Kind:  # noqa: PLR0911 - one a node
    """The kind of an expression; raises ``Refusal`` where kinds do not go together."""
    match expression:
        case Literal():
            return kind_of_value(expression.value)
        case Path():
            return of_path(expression.names)
        case Junction():
            for part in expression.parts:
                _require(part, Kind.TRUTH, of_path, expression.name)
            return Kind.TRUTH
        case Not():
            _require(expression.operand, Kind.TRUTH, of_path, "not")
            return Kind.TRUTH
        case Minus():
            return _minus(expression, of_path)
        case Operation():
            return _operation(expression, of_path)
    return _call(expression, of_path)


def require_truth(expression: Expression, of_path: KindOfPath) -> None:
    """Refuse a filter that is no condition."""
    _require(expression, Kind.TRUTH, of_path, "$filter")


def _require(expression: Expression, wanted: Kind, of_path: KindOfPath, where: str) -> None:
    found = kind_of(expression, of_path)
    if not fits(found, wanted):
        raise Refusal(Reason.WRONG_KIND, where=where, wanted=wanted, found=found)


def _minus(expression: Minus, of_path: KindOfPath) -> Kind:
    kind = kind_of(expression.operand, of_path)
    if kind not in _NUMBERS | {Kind.DURATION, Kind.NULL}:
        raise Refusal(Reason.WRONG_KIND, where="-", wanted=Kind.NUMBER, found=kind)
    return kind


def _operation(expression: Operation, of_path: KindOfPath) -> Kind:
    name = expression.name
    left, right = kind_of(expression.left, of_path), kind_of(expression.right, of_path)
    if name in COMPARISONS:
        _comparable(name, left, right)
        return Kind.TRUTH
    if Kind.NULL in (left, right):
        return Kind.NULL
    if (name, left, right) in _TIMES:
        return _TIMES[name, left, right]
    for kind in (left, right):
        if kind not in _NUMBERS:
            raise Refusal(Reason.WRONG_KIND, where=name, wanted=Kind.NUMBER, found=kind)
    return Kind.WHOLE if left is right is Kind.WHOLE else Kind.NUMBER


def _comparable(name: str, left: Kind, right: Kind) -> None:
    both_numbers = {left, right} <= _NUMBERS
    if Kind.NULL not in (left, right) and left is not right and not both_numbers:
        raise Refusal(Reason.WRONG_KIND, where=name, wanted=left, found=right)
    for kind in (left, right):
        if kind is Kind.PLACE or (kind is Kind.TRUTH and name not in {"eq", "ne"}):
            raise Refusal(Reason.WRONG_KIND, where=name, wanted=Kind.NUMBER, found=kind)


def _call(expression: Call, of_path: KindOfPath) -> Kind:
    function = FUNCTIONS.get(expression.name)
    if function is None:
        raise Refusal(Reason.UNKNOWN_FUNCTION, name=expression.name[:60])
    given = len(expression.arguments)
    if given not in function.counts:
        raise Refusal(Reason.ARGUMENT_COUNT, name=expression.name, given=given)
    for argument, wanted in zip(expression.arguments, function.wants, strict=False):
        found = kind_of(argument, of_path)
        if not any(fits(found, each) for each in wanted):
            raise Refusal(Reason.WRONG_KIND, where=expression.name, wanted=wanted[0], found=found)
    return function.gives
