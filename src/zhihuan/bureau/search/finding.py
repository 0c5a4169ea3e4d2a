"""Ask: what somebody typed, within what they may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.utils.module_loading import import_string

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.search.declaration import SearchedModel, Seen, searched_models
from zhihuan.bureau.search.engines import engine_of
from zhihuan.bureau.search.question import Rank, question
from zhihuan.bureau.search.statement import Kind, Row, code_parts, kind_within, rows_of, text_parts


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

    Two queries at most; none when nothing was typed or nothing may be seen. Whoever types a whole
    code means that record: nothing but longer codes is looked for then.
    """
    asked = question(typed)
    kinds = _kinds(user, labels) if asked else []
    if asked is None or not kinds:
        return []
    engine = engine_of(using)
    rows = rows_of(code_parts(engine, kinds, asked.code), most + 1, using)
    if all(rank != Rank.CODE for rank, _code, _entry in rows):
        rows += rows_of(text_parts(engine, kinds, asked.tiers), most + 1, using)
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


def _hits(kinds: Sequence[Kind], rows: Sequence[Row], most: int) -> list[Hits]:
    best: dict[int, Rank] = {}
    for rank, _code, entry in sorted(rows):
        best.setdefault(entry, Rank(rank))
    found = []
    for of in (kind.of for kind in kinds):
        mine = [entry for entry in best if of.first_key <= entry <= of.last_key]
        if mine:
            keys = tuple(of.pk_of(entry) for entry in mine[:most])
            ranks = tuple(best[entry] for entry in mine[:most])
            found.append(Hits(of, keys, ranks, len(mine) > most))
    return found
