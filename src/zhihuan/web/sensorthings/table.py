# ruff: noqa: ARG002 - every kind of entity keeps the same interface
"""Entity sets that are rows of the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import LARGEST_PAGE, USUAL_PAGE, Page, Row, Within
from zhihuan.web.sensorthings.columns import InDatabase, Place
from zhihuan.web.sensorthings.conditions import Translation, checked, links_of
from zhihuan.web.sensorthings.entity import IDS, Entity, Relation
from zhihuan.web.sensorthings.geometry_conditions import spatial_condition
from zhihuan.web.sensorthings.odata.address import Key
from zhihuan.web.sensorthings.odata.checking import kind_of
from zhihuan.web.sensorthings.odata.expression import (
    Call,
    Expression,
    Operation,
    is_spatial,
    paths,
)
from zhihuan.web.sensorthings.odata.grammar import Order
from zhihuan.web.sensorthings.odata.options import Options
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal, refusing

_TURN = "turn_in_its_group"
_LARGEST_KEY = 2**63 - 1


class Table:
    """A kind of entity whose rows a query set holds. Subclasses say which, and describe a row.

    fields: what is read of a row: name → look-up or expression; ``id`` and every link by which others
    ask for rows are among them.
    """

    entity: Entity

    # ---- said by the kinds ----

    def rows(self, ask: Ask) -> QuerySet[Any]:
        """All rows this person may read."""
        raise NotImplementedError

    def fields(self, ask: Ask) -> Mapping[str, Any]:
        raise NotImplementedError

    def column(self, ask: Ask, names: tuple[str, ...]) -> Any:
        """The column of a property a filter names."""
        raise NotImplementedError

    def compared(self, ask: Ask, node: Operation) -> Any | None:
        """A condition for a comparison that columns cannot express; None when they can."""
        return None

    def described(self, row: Row) -> dict[str, Any]:
        raise NotImplementedError

    def texts(self, ask: Ask, rows: Sequence[Row]) -> None:
        return None

    # ---- pages ----

    def valid_key(self, key: Key) -> bool:
        return isinstance(key, int) and key <= _LARGEST_KEY

    def page(self, ask: Ask, options: Options, within: Within) -> Page:
        rows = self._wanted(ask, options).filter(**dict(within))
        size = min(USUAL_PAGE if options.top is None else options.top, LARGEST_PAGE)
        ordered = rows.order_by(*self._order(ask, options))
        found = self._read(ask, ordered[options.skip : options.skip + size + 1])
        more = len(found) > size
        count = rows.order_by().count() if options.count else None
        ask.spend(len(found[:size]))
        return Page(found[:size], {"$skip": str(options.skip + size)} if more else None, count)

    def pages(
        self, ask: Ask, options: Options, relation: Relation, keys: Sequence[Any]
    ) -> Mapping[Any, Page]:
        rows = self._wanted(ask, options).filter(**{f"{relation.link}__in": keys})
        size = ask.share(options.top, USUAL_PAGE, len(keys))
        last = options.skip + size + 1
        turn = Window(RowNumber(), F(relation.link), order_by=self._order(ask, options))
        numbered = rows.annotate(**{_TURN: turn}).filter(**{f"{_TURN}__gt": options.skip})
        chosen = numbered.filter(**{f"{_TURN}__lte": last}).order_by(_TURN)
        groups: dict[Any, list[Row]] = defaultdict(list)
        for row in self._read(ask, chosen):
            groups[row[relation.link]].append(row)
        counts = self._counts(rows, relation) if options.count else {}
        ask.spend(sum(min(size, len(group)) for group in groups.values()))
        return {
            key: _page(
                groups[key], size, options.skip, counts.get(key, 0) if options.count else None
            )
            for key in groups.keys() | counts.keys()
        }

    def links(self, ask: Ask, expression: Expression, link: str) -> Any:
        return (
            self.rows(ask)
            .filter(self.condition(ask, expression))
            .order_by()
            .values_list(link, flat=True)
        )

    def _counts(self, rows: QuerySet[Any], relation: Relation) -> dict[Any, int]:
        counted = rows.order_by().values(of_key=F(relation.link)).annotate(how_many=Count("pk"))
        return dict(counted.values_list("of_key", "how_many"))

    def _read(self, ask: Ask, rows: QuerySet[Any]) -> list[Row]:
        fields = self.fields(ask)
        wanted = {f"f_{name}": _expression(field) for name, field in fields.items()}
        found = rows.annotate(**wanted).values_list(*wanted)
        return [dict(zip(fields, row, strict=True)) for row in found]

    # ---- filter and order ----

    def _wanted(self, ask: Ask, options: Options) -> QuerySet[Any]:
        rows = self.rows(ask)
        if options.filter is None:
            return rows
        return rows.filter(self.condition(ask, options.filter))

    def condition(self, ask: Ask, expression: Expression) -> Q:
        """A filter as a condition on this table. Raises ``Refusal``."""
        with refusing("$filter"):
            whole = checked(self.entity, expression)
            return Translation(self.entity, _InTable(self, ask)).of(whole)

    def _order(self, ask: Ask, options: Options) -> list[Any]:
        return [*(self._key(ask, key) for key in options.orderby), F("pk").asc()]

    def _key(self, ask: Ask, key: Order) -> Any:
        with refusing("$orderby"):
            if any(names[0] in self.entity.relations for names in paths(key.expression)):
                raise Refusal(Reason.NOT_SORTABLE)
            kind_of(key.expression, self.entity.kind_of)
            column = self.in_database(ask).value(key.expression)
            if isinstance(column, Place):
                raise Refusal(Reason.NOT_SORTABLE)
        if isinstance(column, Value):
            column = Coalesce(column, column)  # PostgreSQL reads a bare number as a column's place
        if key.descending:
            return column.desc(nulls_last=True)
        return column.asc(nulls_first=True)

    def in_database(self, ask: Ask) -> InDatabase:
        """Expressions over this table's columns."""

        def column(names: tuple[str, ...]) -> Any:
            if names[0] in IDS:
                return F("pk")
            found = self.column(ask, names)
            return found if isinstance(found, Place) else _expression(found)

        def condition(node: Expression) -> Q:
            return Translation(self.entity, _InTable(self, ask)).of(node)

        return InDatabase(column, lambda node: kind_of(node, self.entity.kind_of), condition)


class _InTable:
    """An ``Algebra`` of conditions on a table's rows."""

    def __init__(self, table: Table, ask: Ask) -> None:
        self._table = table
        self._ask = ask
        self._columns = table.in_database(ask)

    def constant(self, holds: bool) -> Q:
        return ~Q(pk__in=[]) if holds else Q(pk__in=[])

    def every(self, parts: Sequence[Q]) -> Q:
        return Q(*parts)

    def some(self, parts: Sequence[Q]) -> Q:
        return Q(*parts, _connector=Q.OR)

    def negated(self, condition: Q) -> Q:
        return ~condition

    def atom(self, expression: Expression) -> Q:
        if isinstance(expression, Operation):
            special = self._table.compared(self._ask, expression)
            return Q(self._columns.compared(expression) if special is None else special)
        if isinstance(expression, Call) and is_spatial(expression):
            return Q(self._spatial(expression))
        return Q(self._columns.truth(expression))

    def _spatial(self, expression: Call) -> Any:
        names = next(paths(expression))
        place = self._table.column(self._ask, names)
        return spatial_condition(expression, self._table.rows(self._ask), place.lon, place.lat)

    def among(self, relation: Relation, expression: Expression) -> Q:
        keys: Any = links_of(self._ask, relation, expression)
        return Q(**{f"{relation.column}__in": keys})


def _expression(field: Any) -> Any:
    return F(field) if isinstance(field, str) else field


def _page(rows: list[Row], size: int, skipped: int, count: int | None) -> Page:
    more = {"$skip": str(skipped + size)} if len(rows) > size else None
    return Page(rows[:size], more, count)
