"""Expressions as the ORM's own: what can be calculated in the database is calculated there.

Equal on SQLite and PostgreSQL: text is compared by code, never by ``LIKE`` (whose case and wildcards
differ); division by zero is null on both; numbers are counted in whole or double.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Field,
    FloatField,
    Func,
    IntegerField,
    TextField,
    Value,
    When,
)
from django.db.models import Expression as Column
from django.db.models.expressions import CombinedExpression, ExpressionWrapper
from django.db.models.functions import (
    Abs,
    Cast,
    Ceil,
    Coalesce,
    Concat,
    Floor,
    Greatest,
    Least,
    Length,
    Lower,
    Mod,
    NullIf,
    Sign,
    Sqrt,
    StrIndex,
    Substr,
    Trim,
    Upper,
)
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    IsNull,
    LessThan,
    LessThanOrEqual,
)

from zhihuan.web.sensorthings.odata.evaluation import geometry
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
    is_spatial,
)
from zhihuan.web.sensorthings.odata.grammar import COMPARISONS
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal


@dataclass(frozen=True, slots=True)
class Place:
    """A point as two columns."""

    lon: str = "lon"
    lat: str = "lat"


#: A property's column; only places are two.
ColumnOf = Callable[[tuple[str, ...]], Any]

_FIELDS: dict[Kind, type[Field[Any, Any]]] = {
    Kind.TRUTH: BooleanField,
    Kind.WHOLE: BigIntegerField,
    Kind.NUMBER: FloatField,
    Kind.TEXT: TextField,
}
_COMPARISONS: dict[str, Any] = {
    "eq": Exact,
    "gt": GreaterThan,
    "ge": GreaterThanOrEqual,
    "lt": LessThan,
    "le": LessThanOrEqual,
}
_SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/"}


class InDatabase:
    """Turns nodes into columns. column: a property's. kind: the kind of any expression. condition: a
    node that is itself a condition, never null; how it is decided is not known here.
    """

    def __init__(
        self,
        column: ColumnOf,
        kind: Callable[[Expression], Kind],
        condition: Callable[[Expression], Any],
    ) -> None:
        self._column = column
        self._kind = kind
        self._condition = condition

    # ---- conditions ----

    def compared(self, node: Operation) -> Any:
        """A comparison, never null: what is not known to hold does not."""
        if node.name == "ne":
            return ~self.compared(Operation("eq", node.left, node.right))
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, Literal) and one.value is None:
                return self._is_null(other) if node.name == "eq" else _never()
        left, right = self.value(node.left), self.value(node.right)
        lookup = _COMPARISONS[node.name](left, right)
        plain = all(isinstance(side, Literal | Path) for side in (node.left, node.right))
        return lookup if plain and not self._nullable(node) else _known(lookup)

    def _nullable(self, node: Operation) -> bool:
        return any(
            isinstance(side, Path) and len(side.names) > 1 for side in (node.left, node.right)
        )

    def _is_null(self, node: Expression) -> Any:
        return IsNull(self.value(node), True)

    def truth(self, node: Expression) -> Any:
        """A call or a path that is a truth."""
        value = self.value(node)
        return _known(value if isinstance(node, Call) else Exact(value, Value(True)))

    # ---- values ----

    def value(self, node: Expression) -> Any:
        """The column of a value. Raises ``Refusal`` for what the database cannot calculate."""
        if _is_condition(node):
            return _condition(self._condition(node))
        match node:
            case Literal():
                return self._literal(node)
            case Path():
                return self._column(node.names)
            case Operation():
                return self._calculated(node)
            case Minus():
                zero = Literal(0 if self._kind(node.operand) is Kind.WHOLE else 0.0)
                return self._calculated(Operation("sub", zero, node.operand))
            case Call():
                return self._called(node)
        raise AssertionError(f"neither a value nor a condition: {node}")

    def _literal(self, node: Literal) -> Any:
        field = _FIELDS.get(self._kind(node))
        if field is None:
            raise Refusal(Reason.NOT_FILTERABLE, name=str(node.value)[:60])
        return Value(node.value, output_field=field())

    def _calculated(self, node: Operation) -> Any:
        kind = self._kind(node)
        if kind not in _FIELDS:
            raise Refusal(Reason.NOT_FILTERABLE, name=node.name)
        field = _FIELDS[kind]()
        left, right = (Cast(self.value(side), field) for side in (node.left, node.right))
        if node.name in {"div", "mod"}:
            right = NullIf(right, Value(0, output_field=field))
        if node.name == "mod":
            return Cast(Mod(left, right), field)
        return CombinedExpression(left, _SIGNS[node.name], right, output_field=field)

    def _called(self, node: Call) -> Any:
        if node.name == "geo.distance":
            return self._distance(*node.arguments)
        build = _BUILD.get(node.name)
        if build is None:
            raise Refusal(Reason.NOT_FILTERABLE, name=node.name)
        return build(*map(self.value, node.arguments))

    def _distance(self, one: Expression, other: Expression) -> Any:
        """Between a place and a fixed point, in degrees of the plane."""
        fixed, free = (one, other) if isinstance(one, Literal) else (other, one)
        if not isinstance(fixed, Literal) or not isinstance(fixed.value, Wkt):
            raise Refusal(Reason.NOT_FILTERABLE, name="geo.distance")
        point, place = geometry(fixed.value), self.value(free)
        if point.geom_type != "Point":
            raise Refusal(Reason.BAD_GEOMETRY, text=fixed.value.text[:60])
        east, north = _apart(place.lon, point.x), _apart(place.lat, point.y)
        return Sqrt(east * east + north * north, output_field=FloatField())


def _is_condition(node: Expression) -> bool:
    """Whether it is decided as a whole: truths that stand where a value is asked for."""
    if isinstance(node, Operation):
        return node.name in COMPARISONS
    return isinstance(node, Junction | Not) or is_spatial(node)


def _apart(column: str, number: float) -> Any:
    from django.db.models import F

    return ExpressionWrapper(F(column) - Value(float(number)), output_field=FloatField())


def _known(condition: Any) -> Any:
    wrapped = ExpressionWrapper(condition, output_field=BooleanField())
    return Coalesce(wrapped, Value(False), output_field=BooleanField())


def _never() -> Any:
    return _known(Exact(Value(1), Value(0)))


class _Condition(Func):
    """A condition where a value is asked for: in parentheses, for PostgreSQL chains no comparisons."""

    template = "(%(expressions)s)"
    output_field = BooleanField()


def _condition(lookup: Any) -> Any:
    return _Condition(lookup)


def _found(text: Column, part: Column) -> Any:
    return _condition(GreaterThan(StrIndex(text, part), Value(0)))


def _ends(text: Column, part: Column) -> Any:
    start = CombinedExpression(
        Length(text) - Length(part), "+", Value(1), output_field=IntegerField()
    )
    tail = Substr(text, _at_least(start, 1))
    return Case(
        When(GreaterThan(Length(part), Length(text)), then=Value(False)),
        default=_condition(Exact(tail, part)),
        output_field=BooleanField(),
    )


def _at_least(number: Any, least: int) -> Any:
    return Case(
        When(LessThan(number, Value(least)), then=Value(least)),
        default=number,
        output_field=IntegerField(),
    )


def _cut(text: Column, start: Column, length: Column | None = None) -> Any:
    begin = CombinedExpression(_place(start), "+", Value(1), output_field=IntegerField())
    cut = Substr(text, begin) if length is None else Substr(text, begin, _place(length))
    negative = [
        When(LessThan(number, Value(0)), then=Value(""))
        for number in (start, length)
        if number is not None
    ]
    return Case(*negative, default=cut, output_field=TextField())


def _place(number: Column) -> Any:
    """A place in a text, not negative: PostgreSQL counts those in 32 bits."""
    return Cast(Least(Greatest(number, Value(0)), Value(10**9)), IntegerField())


def _rounded(number: Column) -> Any:
    """Halves away from zero, on both databases."""
    half = CombinedExpression(Abs(number), "+", Value(0.5), output_field=FloatField())
    return CombinedExpression(Floor(half), "*", Sign(number), output_field=FloatField())


def _real(number: Column) -> Any:
    return Cast(number, FloatField())


_BUILD: dict[str, Callable[..., Any]] = {
    "substringof": lambda part, text: _found(text, part),
    "contains": _found,
    "startswith": lambda text, part: _condition(Exact(StrIndex(text, part), Value(1))),
    "endswith": _ends,
    "length": Length,
    "indexof": lambda text, part: CombinedExpression(
        StrIndex(text, part), "-", Value(1), output_field=BigIntegerField()
    ),
    "substring": _cut,
    "tolower": Lower,
    "toupper": Upper,
    "trim": Trim,
    "concat": lambda one, other: Concat(one, other, output_field=TextField()),
    "round": lambda number: _rounded(_real(number)),
    "floor": lambda number: Floor(_real(number)),
    "ceiling": lambda number: Ceil(_real(number)),
}
