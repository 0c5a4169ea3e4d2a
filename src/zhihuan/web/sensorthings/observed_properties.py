# ruff: noqa: ARG002 - every kind of entity keeps the same interface
"""ObservedProperties: the factors of HJ 212 (监测因子), by their code.

All factors of HJ 212-2017 annex B, and whatever else a registered point measures (process codes, codes
of later editions). They are few and packaged, so they are filtered in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from zhihuan.bureau.registry.models import PointFactor
from zhihuan.hj212.codes import factor as look_up
from zhihuan.hj212.codes import factors
from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import LARGEST_PAGE, USUAL_PAGE, Page, Row, Within
from zhihuan.web.sensorthings.conditions import Translation, checked
from zhihuan.web.sensorthings.entity import IDS, Entity, Relation
from zhihuan.web.sensorthings.memory import InMemory
from zhihuan.web.sensorthings.odata.address import Key
from zhihuan.web.sensorthings.odata.checking import kind_of
from zhihuan.web.sensorthings.odata.evaluation import evaluator
from zhihuan.web.sensorthings.odata.expression import Expression, paths
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.odata.options import Options
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal, refusing

_Accessor = Callable[[Any], Any]


class ObservedProperties:
    """A factor. ``definition`` names it; ``description`` tells the clause it comes from."""

    entity = Entity(
        "ObservedProperties",
        properties={
            ("id",): Kind.TEXT,
            ("name",): Kind.TEXT,
            ("definition",): Kind.TEXT,
            ("description",): Kind.TEXT,
            ("properties", "medium"): Kind.TEXT,
            ("properties", "unit"): Kind.TEXT,
        },
        relations={
            "Datastreams": Relation(
                "Datastreams", "Datastreams", True, "id", "point_factor__factor"
            )
        },
        shown=("name", "definition", "description", "properties"),
        open_objects=frozenset({"properties"}),
    )

    def valid_key(self, key: Key) -> bool:
        return isinstance(key, str)

    def page(self, ask: Ask, options: Options, within: Within) -> Page:
        wanted = self._wanted(ask, options)
        for link, key in within:
            wanted = [row for row in wanted if row[link] == key]
        size = min(USUAL_PAGE if options.top is None else options.top, LARGEST_PAGE)
        page = _cut(wanted, options, size)
        ask.spend(len(page.rows))
        return page

    def pages(
        self, ask: Ask, options: Options, relation: Relation, keys: Sequence[Any]
    ) -> Mapping[Any, Page]:
        groups: dict[Any, list[Row]] = defaultdict(list)
        asked = set(keys)
        for row in self._wanted(ask, options):
            if row[relation.link] in asked:
                groups[row[relation.link]].append(row)
        size = ask.share(options.top, USUAL_PAGE, len(keys))
        ask.spend(sum(map(len, groups.values())))
        return {key: _cut(rows, options, size) for key, rows in groups.items()}

    def links(self, ask: Ask, expression: Expression, link: str) -> Any:
        holds = self._condition(ask, expression)
        return [row[link] for row in _all(ask) if holds(row)]

    def texts(self, ask: Ask, rows: Sequence[Row]) -> None:
        return None

    def described(self, row: Row) -> dict[str, Any]:
        return {name: row[name] for name in self.entity.shown}

    def _wanted(self, ask: Ask, options: Options) -> list[Row]:
        rows = _all(ask)
        if options.filter is not None:
            holds = self._condition(ask, options.filter)
            rows = [row for row in rows if holds(row)]
        for key in reversed(options.orderby):
            with refusing("$orderby"):
                if any(names[0] in self.entity.relations for names in paths(key.expression)):
                    raise Refusal(Reason.NOT_SORTABLE)
                kind_of(key.expression, self.entity.kind_of)
            value = evaluator(key.expression, _access)
            rows = sorted(rows, key=_null_first(value), reverse=key.descending)
        return rows

    def _condition(self, ask: Ask, expression: Expression) -> Callable[[Any], bool]:
        algebra = InMemory(ask, _access, lambda column: lambda row: row[column])
        with refusing("$filter"):
            return Translation(self.entity, algebra).of(checked(self.entity, expression))


def _access(names: tuple[str, ...]) -> _Accessor:
    if names[0] in IDS:
        return lambda row: row["id"]
    if len(names) == 1:
        return lambda row: row[names[0]]
    return lambda row: row[names[0]].get(names[1])


def _null_first(value: _Accessor) -> _Accessor:
    def key(row: Row) -> tuple[bool, Any]:
        found = value(row)
        return (found is not None, "" if found is None else found)

    return key


def _cut(rows: list[Row], options: Options, size: int) -> Page:
    end = options.skip + size
    more = {"$skip": str(end)} if len(rows) > end else None
    return Page(rows[options.skip : end], more, len(rows) if options.count else None)


def _all(ask: Ask) -> list[Row]:
    """Every factor by code; made once a request."""
    if "observed properties" not in ask.memory:
        used = PointFactor.objects.order_by().values_list("factor", flat=True).distinct()
        listed = {factor.code for factor in factors() if not factor.code.endswith("xx")}
        codes = sorted(listed | set(used))
        ask.memory["observed properties"] = [_row(code) for code in codes]
    rows: list[Row] = ask.memory["observed properties"]
    return rows


def _row(code: str) -> Row:
    known = look_up(code)
    clause = known.source.clause if known else "登记代码，标准未列"
    return {
        "id": code,
        "name": known.name if known else code,
        "definition": f"urn:x-hj212:factor:{code}",
        "description": f"{code} {known.name if known else ''} ({clause})",
        "properties": {
            "medium": known.medium if known else "",
            "unit": known.unit if known else "",
        },
    }
