"""A query that every page asks with other values, built once for all: to turn a few joins and subqueries into
SQL takes Django milliseconds, to answer it takes the database a fraction of one.

    rows = ask("grants", build, user=7, day=today)

``build(**values)`` gives an ordinary queryset, so that its rules stay where they are declared. While it is
built, stand-ins are in the place of the values. It refuses what would not be the same query for others:
a value of another type than ``int``, ``date`` and ``str``, two of one type, one that is no parameter of the
query. What is kept is the text of the query and which of its columns need reading, never an answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

__all__ = ["ask", "fields_of", "record_of"]

_Value = int | dt.date | str
_Row = tuple[Any, ...]
_Record = TypeVar("_Record", bound=Model)
_STAND_INS: dict[type, _Value] = {int: -8_602_134_771, dt.date: dt.date(1, 2, 3), str: "\x02?\x03"}


@dataclass(frozen=True, slots=True)
class _Built:
    """read: the columns of which the engine's values are not yet those of their field (SQLite has neither dates
    nor booleans), by place."""

    sql: str
    parameters: _Row
    read: Mapping[int, Any]


_built: dict[tuple[str, str], _Built] = {}


def ask(
    name: str, build: Callable[..., Any], /, *, using: str = "default", **values: _Value
) -> list[_Row]:
    """The rows of ``build(**values)``, a queryset of values; one query. ``name``: its own in the process."""
    connection = connections[using]
    key = (connection.vendor, name)
    if (built := _built.get(key)) is None:
        built = _built[key] = _build(connection, build, values)
    given = {
        _written(_STAND_INS[type(value)], connection): _written(value, connection)
        for value in values.values()
    }
    with connection.cursor() as cursor:
        cursor.execute(built.sql, [given.get(each, each) for each in built.parameters])
        rows = list(cursor.fetchall())
    return [_as_read(row, built.read, connection) for row in rows] if built.read else rows


def fields_of(model: type[Model]) -> list[str]:
    """The columns of its records, in the order that ``record_of`` takes their values."""
    return [field.attname for field in model._meta.concrete_fields]


def record_of(model: type[_Record], values: _Row) -> _Record:
    """The record as a queryset would make it of these values."""
    return model.from_db(DEFAULT_DB_ALIAS, fields_of(model), values)


def _as_read(row: _Row, columns: Mapping[int, Any], connection: Any) -> _Row:
    """With the values of fields in the place of the engine's."""
    values = list(row)
    for place, column in columns.items():
        for convert in _converters(column, connection):
            values[place] = convert(values[place], column, connection)
    return tuple(values)


def _converters(column: Any, connection: Any) -> list[Any]:
    return [
        *connection.ops.get_db_converters(column),
        *column.get_db_converters(connection),
    ]


def _build(connection: Any, build: Callable[..., Any], values: Mapping[str, _Value]) -> _Built:
    types = [type(value) for value in values.values()]
    if len(set(types)) < len(types) or not set(types) <= _STAND_INS.keys():
        raise TypeError(f"one int, one date and one str can be told apart, not {types}")
    stand_ins = {name: _STAND_INS[type(value)] for name, value in values.items()}
    compiler = build(**stand_ins).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    lost = [n for n, each in stand_ins.items() if _written(each, connection) not in parameters]
    if lost:
        raise ValueError(f"{', '.join(lost)}: no parameter of the query")
    columns = enumerate(expression for expression, *_sql in compiler.select)
    return _Built(
        sql, parameters, {n: each for n, each in columns if _converters(each, connection)}
    )


def _written(value: _Value, connection: Any) -> Any:
    """As the database takes it: SQLite has no dates."""
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    return value
