"""From a filter to a condition, whatever evaluates it: a database or memory.

What is said of a related entity (``Datastreams/ObservedProperty/name eq 'SO2'``) becomes "its key is
among the keys of those for which the rest holds". A relation to many means *any* of them; what an
``and`` says of one relation is said of the same related entity.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import collection
from zhihuan.web.sensorthings.entity import Entity, Relation
from zhihuan.web.sensorthings.odata.checking import require_truth
from zhihuan.web.sensorthings.odata.evaluation import folded
from zhihuan.web.sensorthings.odata.expression import (
    Call,
    Expression,
    Junction,
    Literal,
    Minus,
    Not,
    Operation,
    Path,
    paths,
    walk,
)
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

_Condition = TypeVar("_Condition")


class Algebra(Protocol[_Condition]):
    """How conditions are made and joined by whoever evaluates them."""

    def constant(self, holds: bool) -> _Condition:
        """Always, or never."""
        ...

    def every(self, parts: Sequence[_Condition]) -> _Condition:
        """All hold."""
        ...

    def some(self, parts: Sequence[_Condition]) -> _Condition:
        """At least one holds."""
        ...

    def negated(self, condition: _Condition) -> _Condition:
        """It does not hold."""
        ...

    def atom(self, expression: Expression) -> _Condition:
        """A comparison, a call or a truth that names only properties of the entity itself."""
        ...

    def among(self, relation: Relation, expression: Expression) -> _Condition:
        """Some related entity fulfils ``expression``, which is said in that entity's names."""
        ...


def checked(entity: Entity, expression: Expression) -> Expression:
    """The expression with kinds checked, members nobody has made null, and constants calculated.

    Raises ``Refusal``.
    """

    def kind(names: tuple[str, ...]) -> Kind:
        return kind_along(entity, names)

    require_truth(expression, kind)
    return folded(_without_missing(expression, kind))


def kind_along(entity: Entity, names: tuple[str, ...]) -> Kind:
    """The kind of a property at the end of a path over relations."""
    while len(names) > 1 and names[0] in entity.relations:
        entity = collection(entity.relations[names[0]].target).entity
        names = names[1:]
    return entity.kind_of(names)


def _without_missing(expression: Expression, kind) -> Expression:  # type: ignore[no-untyped-def]
    def again(part: Expression) -> Expression:
        return _without_missing(part, kind)

    match expression:
        case Path() if kind(expression.names) is Kind.NULL:
            return Literal(None)
        case Junction():
            return Junction(expression.name, tuple(map(again, expression.parts)))
        case Call():
            return Call(expression.name, tuple(map(again, expression.arguments)))
        case Operation():
            return Operation(expression.name, again(expression.left), again(expression.right))
        case Not() | Minus():
            return type(expression)(again(expression.operand))
    return expression


class Translation(Generic[_Condition]):
    """Walks a checked expression and lets an algebra build the condition."""

    def __init__(self, entity: Entity, algebra: Algebra[_Condition]) -> None:
        self._entity = entity
        self._algebra = algebra

    def of(self, expression: Expression) -> _Condition:
        """The condition. Raises ``Refusal`` for what cannot be translated."""
        match expression:
            case Literal():
                return self._algebra.constant(bool(expression.value))
            case Not():
                return self._algebra.negated(self.of(expression.operand))
            case Junction() if expression.name == "or":
                return self._algebra.some([self.of(part) for part in expression.parts])
            case Junction():
                return self._algebra.every(self._conjunction(expression.parts))
        if (relation := self._said_of(expression)) is None:
            return self._algebra.atom(expression)
        return self._algebra.among(relation, stripped(expression))

    def _conjunction(self, parts: Sequence[Expression]) -> list[_Condition]:
        """What is said of one relation is said of one related entity."""
        together: dict[str, list[Expression]] = {}
        apart = []
        for part in parts:
            relation = None if _negates(part) else self._said_of(part, strict=False)
            if relation is None:
                apart.append(part)
            else:
                together.setdefault(relation.name, []).append(stripped(part))
        conditions = [self.of(part) for part in apart]
        for name, said in together.items():
            whole = said[0] if len(said) == 1 else Junction("and", tuple(said))
            conditions.append(self._algebra.among(self._entity.relations[name], whole))
        return conditions

    def _said_of(self, expression: Expression, *, strict: bool = True) -> Relation | None:
        """The one relation all its paths begin with; None when they name the entity's own properties.

        strict: refuse where both are mixed in what cannot be taken apart.
        """
        first = {
            names[0] if len(names) > 1 and names[0] in self._entity.relations else ""
            for names in paths(expression)
        }
        if len(first) > 1:
            if strict:
                raise Refusal(Reason.MIXED_PATHS)
            return None
        name = next(iter(first), "")
        return self._entity.relations[name] if name else None


def _negates(expression: Expression) -> bool:
    return any(isinstance(node, Not) for node in walk(expression))


def stripped(expression: Expression) -> Expression:
    """The expression in the names of the entity its paths lead to first."""
    match expression:
        case Path():
            return Path(expression.names[1:])
        case Junction():
            return Junction(expression.name, tuple(map(stripped, expression.parts)))
        case Call():
            return Call(expression.name, tuple(map(stripped, expression.arguments)))
        case Operation():
            return Operation(expression.name, stripped(expression.left), stripped(expression.right))
        case Not() | Minus():
            return type(expression)(stripped(expression.operand))
    return expression


def links_of(ask: Ask, relation: Relation, expression: Expression) -> object:
    """The keys of related entities for which the expression holds."""
    return collection(relation.target).links(ask, expression, relation.link)
