"""Conditions over rows in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.conditions import links_of
from zhihuan.web.sensorthings.entity import Relation
from zhihuan.web.sensorthings.odata.evaluation import Accessor, evaluator
from zhihuan.web.sensorthings.odata.expression import Expression

Condition = Callable[[object], bool]


class InMemory:
    """An ``Algebra`` of functions from a row to whether it is meant.

    access: how a property is read from a row. column: how the value a relation hangs on is read.
    """

    def __init__(
        self, ask: Ask, access: Accessor, column: Callable[[str], Callable[[object], object]]
    ) -> None:
        self._ask = ask
        self._access = access
        self._column = column

    def constant(self, holds: bool) -> Condition:
        return lambda _row: holds

    def every(self, parts: Sequence[Condition]) -> Condition:
        return lambda row: all(part(row) for part in parts)

    def some(self, parts: Sequence[Condition]) -> Condition:
        return lambda row: any(part(row) for part in parts)

    def negated(self, condition: Condition) -> Condition:
        return lambda row: not condition(row)

    def atom(self, expression: Expression) -> Condition:
        evaluate = evaluator(expression, self._access)
        return lambda row: bool(evaluate(row))

    def among(self, relation: Relation, expression: Expression) -> Condition:
        keys = set(links_of(self._ask, relation, expression))  # type: ignore[call-overload]
        column = self._column(relation.column)
        return lambda row: column(row) in keys
