"""Credit classes of firms from a table, all or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.lines.inspection.models import Standing

__all__ = ["StandingsError", "load_standings"]


class StandingsError(ValueError):
    """A line cannot be taken; names the line and what is wrong."""


@transaction.atomic
def load_standings(rows: Iterable[Mapping[str, str | None]]) -> int:
    """How many are new. Each row: code of the firm, credit, since (ISO day), source. StandingsError."""
    firms = dict(Enterprise.objects.values_list("code", "pk"))
    added = 0
    for number, row in enumerate(rows, start=2):
        firm, values = _read(row, number, firms)
        _standing, is_new = Standing.objects.get_or_create(
            enterprise_id=firm, since=values.pop("since"), defaults=values
        )
        added += is_new
    record("inspection.standings", "standings", added=added)
    return added


def _read(
    row: Mapping[str, str | None], number: int, firms: Mapping[str, int]
) -> tuple[int, dict[str, object]]:
    told = {name: (row.get(name) or "").strip() for name in ("code", "credit", "since", "source")}
    if told["code"] not in firms:
        raise StandingsError(f"line {number}: no firm has the code {told['code']!r}")
    if told["credit"] not in Standing.Credit.values:
        raise StandingsError(f"line {number}: credit is A, B, C or D, not {told['credit']!r}")
    try:
        since = date.fromisoformat(told["since"])
    except ValueError:
        words = f"line {number}: since is a day as 2026-01-31, not {told['since']!r}"
        raise StandingsError(words) from None
    return firms[told["code"]], {
        "credit": told["credit"],
        "since": since,
        "source": told["source"][:120],
    }
