"""Ask: what somebody typed, within what they may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.utils.module_loading import import_string

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.search import statement
from zhihuan.bureau.search.declaration import SearchedModel, Seen, searched_models
from zhihuan.bureau.search.engine import Engine
from zhihuan.bureau.search.engines import engine_of
from zhihuan.bureau.search.question import Rank, Tier, question
from zhihuan.bureau.search.statement import (
    LOOKED_AT,
    Kind,
    Part,
    Row,
    code_parts,
    kind_within,
    newest_part,
    rows_of,
    text_parts,
    turn_part,
    turns,
)


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind: primary keys, best first. ``is_more``: there are others."""

    of: SearchedModel
    keys: tuple[int, ...]
    ranks: tuple[Rank, ...]
    is_more: bool

    @property
    def best(self) -> Rank:
        return self.ranks[0]


def search(
    user: Any, typed: str, *, most: int, labels: Sequence[str] = (), using: str = DEFAULT_DB_ALIAS
) -> list[Hits]:
    """At most ``most`` records of each kind (of ``labels`` alone, when given), kinds with the best
    hits first.

    Two queries at most, and for each kind whose newest come first a look or two at these, one for the newest key
    and one or two for each tier they left; none when nothing was typed or nothing may be seen. Whoever types a whole code means that
    record: nothing but longer codes is looked for then.
    """
    asked = question(typed)
    kinds = _kinds(user, labels) if asked else []
    if asked is None or not kinds:
        return []
    engine = engine_of(using)
    rows = rows_of(code_parts(engine, kinds, asked.code), most + 1, using)
    if all(rank != Rank.CODE for rank, _code, _entry in rows):
        rows += _by_text(engine, kinds, asked.tiers, most + 1, using)
    return sorted(_hits(kinds, rows, most), key=lambda hits: hits.best)


def _kinds(user: Any, labels: Sequence[str]) -> list[Kind]:
    wanted = [each for each in searched_models().values() if not labels or each.label in labels]
    found = [kind_within(each, _seen(each, user)) for each in wanted]
    return [each for each in found if each is not None]


def _seen(of: SearchedModel, user: Any) -> Seen:
    if of.declared.seen_by:
        told: Seen = import_string(of.declared.seen_by)(user)
        return told
    scope = scope_of(user, of.declared.permission)
    if scope.city:
        return Seen(None)
    rows = of.model._default_manager.all()
    return Seen(scope.filter(rows) if scope else rows.none(), is_narrow=not scope.towns)


def _by_text(
    engine: Engine, kinds: Sequence[Kind], tiers: Sequence[Tier], most: int, using: str
) -> list[Row]:
    rows: list[Row] = []
    asked = []
    for kind in kinds:
        held = kind.of.declared.columns
        left: Sequence[Tier] = [each for each in tiers if each.is_asked_of(held)]
        if left and kind.of.declared.newest_first:
            look = _among_all if kind.is_narrow else _among_newest
            found, left = look(engine, kind, left, most, using)
            rows += found
            rows += _in_turn(engine, kind, left, most, using)
            continue
        asked += text_parts(engine, kind, left)
    return rows + rows_of(asked, most, using)


def _in_turn(engine: Engine, kind: Kind, tiers: Sequence[Tier], most: int, using: str) -> list[Row]:
    """A query a tier, the best first, until one is full: in what grows every year the index has tens of thousands
    that fit a tier, and as many again that fit the next. Of a tier the newest keys first: what is common everywhere,
    though not among the reader's newest, fills it there."""
    rows: list[Row] = []
    spans = turns(kind, using) if tiers else ()
    for tier in tiers:
        found: list[Row] = []
        for keys in spans:
            part = turn_part(engine, kind, tier, keys)
            found += rows_of([part], most - len(found), using)
            if len(found) == most:
                return rows + found
        rows += found
    return rows


def _among_all(
    engine: Engine, kind: Kind, tiers: Sequence[Tier], most: int, using: str
) -> tuple[list[Row], Sequence[Tier]]:
    """What fits among the few that the reader may see, looked at once for all tiers; none is left."""
    part = newest_part(engine, kind, tiers, most, None)
    return _looked_through(part, len(tiers) * most, using)[0], ()


def _among_newest(
    engine: Engine, kind: Kind, tiers: Sequence[Tier], most: int, using: str
) -> tuple[list[Row], Sequence[Tier]]:
    """What fits among the reader's newest, and the tiers that others may fit: none when these were all;
    those above the first that is full, else.

    A part of them first. More are looked at only where they would fill one of those tiers: what is rarer has
    few that fit, and the index goes through those."""
    newest = -(-statement.NEWEST // statement.A_LOOK)
    part = newest_part(engine, kind, tiers, most, newest)
    rows, looked_at = _looked_through(part, len(tiers) * most, using)
    more = _worth_looking_at(rows, _unfilled(rows, tiers, most), most, looked_at)
    if looked_at == newest < more:
        newest = more
        part = newest_part(engine, kind, tiers, most, newest)
        rows, looked_at = _looked_through(part, len(tiers) * most, using)
    return rows, () if looked_at < newest else _unfilled(rows, tiers, most)


def _worth_looking_at(rows: Sequence[Row], left: Sequence[Tier], most: int, looked_at: int) -> int:
    """How many of the newest would fill one of the tiers that are left twice, by what fitted among the first;
    0 where not even all that may be looked at would fill it once."""
    counts = Counter(rank for rank, _code, _entry in rows)
    commonest = max((counts[tier.rank] for tier in left), default=0)
    if commonest * statement.NEWEST < looked_at * most or not commonest:
        return 0
    return min(2 * looked_at * most // commonest, statement.NEWEST)


def _looked_through(part: Part, most: int, using: str) -> tuple[list[Row], int]:
    """What fits, and among how many."""
    told = rows_of([part], most + 1, using)
    rows = [row for row in told if row[0] != LOOKED_AT]
    return rows, next(count for rank, _code, count in told if rank == LOOKED_AT)


def _unfilled(rows: Sequence[Row], tiers: Sequence[Tier], most: int) -> Sequence[Tier]:
    """Those above the first that is full; all where none is."""
    counts = Counter(rank for rank, _code, _entry in rows)
    full = [place for place, tier in enumerate(tiers) if counts[tier.rank] == most]
    return tiers[: full[0]] if full else tiers


def _hits(kinds: Sequence[Kind], rows: Sequence[Row], most: int) -> list[Hits]:
    found = []
    for of in (kind.of for kind in kinds):
        best = _best(of, [row for row in rows if of.first_key <= row[2] <= of.last_key])
        if best:
            keys = tuple(of.pk_of(entry) for entry in [*best][:most])
            ranks = tuple([*best.values()][:most])
            found.append(Hits(of, keys, ranks, len(best) > most))
    return found


def _best(of: SearchedModel, rows: Sequence[Row]) -> dict[int, Rank]:
    """Entries with the best rank of each, best first."""
    turn = -1 if of.declared.newest_first else 1
    best: dict[int, Rank] = {}
    for rank, _code, entry in sorted(rows, key=lambda row: (row[0], row[1], turn * row[2])):
        best.setdefault(entry, Rank(rank))
    return best
