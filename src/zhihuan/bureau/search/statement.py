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

#: Of a kind that grows every year, so many of the reader's newest are looked at at most before an index is asked.
NEWEST = 20_000
#: The part of them that is looked at first: what fits none of those is rare, and the index has it sooner.
A_LOOK = 8
#: So many of the newest keys are asked of the index before the older ones.
LATEST = 60_000
_EVERY = 1 << 62  # as a limit: keeps a query in its order apart from the one around it
#: The rank of the row that says how many those were.
LOOKED_AT = 99
#: What is asked of one kind for one reason, with its parameters.
Part = tuple[str, tuple[Any, ...]]
#: From this key on up to that.
Keys = tuple[int, int]
#: (rank, the code it was found by or "", key of the entry)
Row = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record with the SQL of the primary keys (``own``) that the reader may see ("" = all).

    ``is_narrow``: they are few, so that each is looked at; else the index is asked, of what grows every
    year after a look at the newest (``newest_part``). An index would go through everything that fits a
    common word before it met one of theirs.
    """

    of: SearchedModel
    within: str = ""
    params: tuple[Any, ...] = ()
    is_narrow: bool = False

    @property
    def order(self) -> str:
        return "DESC" if self.of.declared.newest_first else "ASC"

    @property
    def span(self) -> str:
        return f"BETWEEN {self.of.first_key:d} AND {self.of.last_key:d}"


def kind_within(of: SearchedModel, seen: Seen) -> Kind | None:
    """That kind of record for somebody who may find those; None when there are none."""
    if seen.rows is None:
        return Kind(of)
    try:
        sql, params = seen.rows.order_by().values(own=F("pk")).query.sql_with_params()
    except EmptyResultSet:
        return None
    return Kind(of, sql, params, is_narrow=seen.is_narrow)


def code_parts(engine: Engine, kinds: Iterable[Kind], code: str) -> Iterator[Part]:
    """Records with this very code, and those with one that begins so."""
    begins, params = engine.beginning(code)
    for kind in kinds if code else ():
        if not kind.of.declared.is_coded:
            continue
        mine, rights = _within(kind, "search_code.entry_id")
        known = f"FROM search_code WHERE kind = {kind.of.number:d}{mine}"
        exact = f"SELECT {Rank.CODE:d} AS tier, code, entry_id {known} AND code = %s"
        yield f"{exact} ORDER BY entry_id {kind.order}", (*rights, code)
        others = f"SELECT {Rank.CODE_BEGINS:d} AS tier, code, entry_id {known} AND NOT is_whole"
        order = f"ORDER BY code, entry_id {kind.order}"
        yield f"{others} AND {begins} {order}", (*rights, *params)


def text_parts(engine: Engine, kind: Kind, tiers: Iterable[Tier]) -> Iterator[Part]:
    """Records whose entries hold what the tiers ask for."""
    for tier in tiers:
        where = _holding(engine, kind, tier)
        mine, rights = _within(kind, f"{where.table}.{where.key}")
        found = f"SELECT {tier.rank:d} AS tier, '' AS code, {where.key} AS entry_id"
        asked = f"{where.key} {kind.span}{mine} AND {where.sql}"
        order = f"ORDER BY {where.key} {kind.order}"
        yield f"{found} FROM {where.table} WHERE {asked} {order}", (*rights, *where.params)


def turn_part(engine: Engine, kind: Kind, tier: Tier, keys: Keys) -> Part:
    """What fits among these keys: all of it by the index, in its order, and then one by one whether it is the
    reader's, until there are enough.

    A planner is kept from two things that it likes better: to go through the entries themselves from the newest
    on (by a sum, which is no column's order), and to ask of all hits whether they are the reader's (by a query
    within the row's own)."""
    where = engine.holding(tier.conditions)
    found = f"SELECT {tier.rank:d} AS tier, '' AS code, {where.key} + 0 AS entry_id"
    span = f"{where.key} BETWEEN {keys[0]:d} AND {keys[1]:d}"
    fits = f"FROM {where.table} WHERE {span} AND {where.sql}"
    order = f"ORDER BY entry_id {kind.order}"
    if not kind.within:
        return f"{found} {fits} {order}", where.params
    own = f"own = entry_id - {kind.of.first_key:d}"
    is_mine = f"(SELECT own FROM ({kind.within}) AS own_rows WHERE {own} LIMIT 1) IS NOT NULL"
    hits = f"{found} {fits} {order} LIMIT {_EVERY:d}"
    return f"SELECT * FROM ({hits}) AS hits WHERE {is_mine} {order}", (*where.params, *kind.params)


def turns(kind: Kind, using: str) -> tuple[Keys, ...]:
    """The keys of the kind in the turn in which they are asked: the newest, the others. One query."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM search_entry WHERE id {kind.span}")
        newest = cursor.fetchone()[0]
    first = kind.of.first_key
    if newest is None or newest - first <= LATEST:
        return ((first, kind.of.last_key),)
    return (newest - LATEST + 1, kind.of.last_key), (first, newest - LATEST)


def newest_part(
    engine: Engine, kind: Kind, tiers: Sequence[Tier], most: int, newest: int | None
) -> Part:
    """Of so many of the reader's newest (None: of all), each under the first tier that it fits, ``most`` a
    tier; and a row that says how many were looked at. What fits a common word is found there sooner than by an
    index, which goes through all that fit."""
    looks = [(tier.rank, *_looking(engine, tier)) for tier in tiers]
    cases = " ".join(f"WHEN {sql} THEN {rank:d}" for rank, sql, _params in looks)
    params = [value for _rank, _sql, given in looks for value in given]
    first, own = kind.of.first_key, kind.within
    if not own:
        own = f"SELECT id - {first:d} AS own FROM search_entry WHERE id {kind.span}"
    # a query within a row's own: a planner that thinks of joining reads every entry there is
    fits = f"(SELECT CASE {cases} END FROM search_entry WHERE id = mine.entry_id)"
    limit = "" if newest is None else f"ORDER BY own DESC LIMIT {newest:d}"
    some = f"SELECT own + {first:d} AS entry_id FROM ({own}) AS own_rows {limit}"
    place = "row_number() OVER (PARTITION BY tier ORDER BY entry_id DESC) AS place"
    sql = f"""WITH
        mine AS MATERIALIZED ({some}),
        fitting AS MATERIALIZED (SELECT {fits} AS tier, entry_id FROM mine),
        placed AS (SELECT tier, entry_id, {place} FROM fitting WHERE tier IS NOT NULL)
        SELECT tier, '' AS code, entry_id FROM placed WHERE place <= {most:d}
        UNION ALL SELECT {LOOKED_AT:d}, '', count(*) FROM mine"""
    return sql, (*kind.params, *params)


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
    return Where("search_entry", "id", *_looking(engine, tier))


def _looking(engine: Engine, tier: Tier) -> Part:
    sql = " AND ".join(_looked_at(engine, each) for each in tier.conditions)
    return sql, tuple(each.phrase for each in tier.conditions for _column in each.columns)


def _looked_at(engine: Engine, condition: Condition) -> str:
    looks = (f"{engine.position}({name}, %s) > 0" for name in condition.columns)
    return f"({' OR '.join(looks)})"


def _within(kind: Kind, key: str) -> Part:
    """The reader's entries alone. Of few, each is looked up; of many, each hit is asked whether it is one."""
    if not kind.within:
        return "", ()
    first = f"{kind.of.first_key:d}"
    if kind.is_narrow:
        mine = f"SELECT own + {first} FROM ({kind.within}) AS own_rows"
        return f" AND {key} IN ({mine})", kind.params
    mine = f"SELECT 1 FROM ({kind.within}) AS own_rows WHERE own = {key} - {first}"
    return f" AND EXISTS ({mine})", kind.params
