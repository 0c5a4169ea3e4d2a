"""A question as SQL: one SELECT for each kind of record and each reason to be found, each with its own
limit, so that a question that fits everything costs little more than one that fits nothing.

What is joined here are our own words and SQL that Django wrote; everything that was typed goes as a
parameter.
"""
# ruff: noqa: S608 - see above

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F

from zhihuan.bureau.search.declaration import SearchedModel, Seen
from zhihuan.bureau.search.engine import Engine, Where
from zhihuan.bureau.search.question import Condition, Rank, Tier

#: What is asked of one kind for one reason, with its parameters.
Part = tuple[str, tuple[Any, ...]]
#: (rank, the code it was found by or "", key of the entry)
Row = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record with the SQL of the entries that the reader may see ("" = all).

    ``is_narrow``: they are few, so that each is looked at; else the index is asked first. An index
    would go through everything that fits a common word before it met one of theirs.
    """

    of: SearchedModel
    within: str = ""
    params: tuple[Any, ...] = ()
    is_narrow: bool = False


def kind_within(of: SearchedModel, seen: Seen) -> Kind | None:
    """That kind of record for somebody who may find those; None when there are none."""
    if seen.rows is None:
        return Kind(of)
    entries = seen.rows.order_by().annotate(own_entry=F("pk") + of.first_key).values("own_entry")
    try:
        sql, params = entries.query.sql_with_params()
    except EmptyResultSet:
        return None
    return Kind(of, sql, params, is_narrow=seen.is_narrow)


def code_parts(engine: Engine, kinds: Iterable[Kind], code: str) -> Iterator[Part]:
    """Records with this very code, and those with one that begins so."""
    begins, params = engine.beginning(code)
    for kind in kinds if code else ():
        mine, rights = _within(kind, "entry_id")
        known = f"FROM search_code WHERE kind = {kind.of.number:d}{mine}"
        exact = f"SELECT {Rank.CODE:d} AS tier, code, entry_id {known} AND code = %s"
        yield f"{exact} ORDER BY entry_id", (*rights, code)
        others = f"SELECT {Rank.CODE_BEGINS:d} AS tier, code, entry_id {known} AND NOT is_whole"
        yield f"{others} AND {begins} ORDER BY code, entry_id", (*rights, *params)


def text_parts(engine: Engine, kinds: Iterable[Kind], tiers: Sequence[Tier]) -> Iterator[Part]:
    """Records whose entries hold what the tiers ask for."""
    for kind in kinds:
        span = f"BETWEEN {kind.of.first_key:d} AND {kind.of.last_key:d}"
        for tier in tiers:
            where = _holding(engine, kind, tier)
            mine, rights = _within(kind, where.key)
            found = f"SELECT {tier.rank:d} AS tier, '' AS code, {where.key} AS entry_id"
            asked = f"{where.key} {span}{mine} AND {where.sql} ORDER BY {where.key}"
            yield f"{found} FROM {where.table} WHERE {asked}", (*rights, *where.params)


def rows_of(parts: Iterable[Part], most: int, using: str) -> list[Row]:
    """The rows of all parts, each up to ``most``, in no order; one query, or none."""
    limited = [(f"SELECT * FROM ({sql} LIMIT {most:d}) AS part", given) for sql, given in parts]
    if not limited:
        return []
    with connections[using].cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sql for sql, _ in limited),
            [value for _, given in limited for value in given],
        )
        return list(cursor.fetchall())


def _holding(engine: Engine, kind: Kind, tier: Tier) -> Where:
    """By the index, or by a look at each entry where the reader's are few."""
    if not kind.is_narrow:
        return engine.holding(tier.conditions)
    sql = " AND ".join(_looked_at(engine, each) for each in tier.conditions)
    params = [each.phrase for each in tier.conditions for _column in each.columns]
    return Where("search_entry", "id", sql, tuple(params))


def _looked_at(engine: Engine, condition: Condition) -> str:
    looks = (f"{engine.position}({name}, %s) > 0" for name in condition.columns)
    return f"({' OR '.join(looks)})"


def _within(kind: Kind, key: str) -> Part:
    """The reader's entries alone. A plus keeps the planner from asking the index once for each."""
    if not kind.within:
        return "", ()
    return f" AND {'' if kind.is_narrow else '+'}{key} IN ({kind.within})", kind.params
