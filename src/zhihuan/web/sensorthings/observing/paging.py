"""Pages of Observations: of one series, of several by time, or of many one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from zhihuan.telemetry.store import TelemetryStore
from zhihuan.web.sensorthings.observing.edges import Accept, Edge, Reading, Span
from zhihuan.web.sensorthings.observing.marks import AFTER_ALL, Mark
from zhihuan.web.sensorthings.observing.observed import Observed
from zhihuan.web.sensorthings.observing.series import ALWAYS, Series
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

#: Series read together, ordered by time; more must be narrowed down.
MOST_TOGETHER = 200
_BATCH = 20
_BATCHES = 5
#: Rows that may be sorted by anything but time.
MOST_SORTED = 20_000
#: Up to here Observations are counted.
MOST_COUNTED = 20_000

_SortKey = Callable[[Observed], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page is made of. size: rows of a page. skip: rows to leave out before the first page."""

    store: TelemetryStore
    span: Span
    accept: Accept | None
    newest: bool
    size: int
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a page, and where the next one goes on; None: there is none."""

    rows: list[Observed]
    mark: Mark | None = None


# ---- in order of time ----


def by_time(series: Sequence[Series], wanted: Wanted, after: Mark | None) -> Found:
    """Rows of all series in order of time, then of Datastream."""
    if len(series) > MOST_TOGETHER:
        raise Refusal(Reason.TOO_MANY_SERIES, most=MOST_TOGETHER)
    wanted = wanted if after is None else _after(wanted, after)
    least = wanted.size + wanted.skip + 1
    edges = _reading(wanted, least).edges(series)
    rows, unread = _together(list(edges.values()), newest=wanted.newest)
    return page_of(rows, unread, wanted)


def page_of(rows: list[Observed], unread: int | None, wanted: Wanted) -> Found:
    """One page of rows known up to ``unread``."""
    page = rows[wanted.skip : wanted.skip + wanted.size]
    if len(rows) > wanted.skip + wanted.size and page:
        return Found(page, Mark(page[-1].time, page[-1].series.id))
    if unread is None or wanted.size == 0:
        return Found(page)
    if len(rows) < wanted.skip:
        raise Refusal(Reason.SKIP_TOO_FAR, most=len(rows)).about("$skip")
    beyond = unread if wanted.newest else unread - 1
    return Found(page, Mark(beyond, AFTER_ALL))


def _together(edges: list[Edge], *, newest: bool) -> tuple[list[Observed], int | None]:
    """All rows in order, and up to which time none is missing (None: none is)."""
    unread = [edge.reached for edge in edges if edge.reached is not None]
    limit = (max if newest else min)(unread) if unread else None
    rows = [row for edge in edges for row in edge.rows]
    if limit is not None and newest:
        rows = [row for row in rows if row.time >= limit]
    elif limit is not None:
        rows = [row for row in rows if row.time < limit]
    rows.sort(key=lambda row: (-row.time if newest else row.time, row.series.id))
    return rows, limit


def _after(wanted: Wanted, mark: Mark) -> Wanted:
    time, series, inner = mark.time, mark.series, wanted.accept
    if wanted.newest:
        span = Span(wanted.span.start, min(wanted.span.end, time + 1))
    else:
        span = Span(max(wanted.span.start, time), wanted.span.end)

    def later(row: Observed) -> bool:
        is_later = row.time != time or row.series.id > series
        return is_later and (inner is None or inner(row))

    if series == AFTER_ALL:  # nothing of that second is wanted: no row need be looked at to know
        edge = Span(span.start, min(span.end, time)) if wanted.newest else Span(time + 1, span.end)
        return replace(wanted, span=edge, skip=0)
    return replace(wanted, span=span, accept=later, skip=0)


# ---- Datastream by Datastream ----


def by_series(series: Sequence[Series], wanted: Wanted, after: Mark | None) -> Found:
    """All rows of the first series, then of the next: bounded however many series there are."""
    if after is not None:
        wanted = replace(wanted, skip=0)
        series = [each for each in series if each.id >= after.series]
    rows: list[Observed] = []
    read = 0
    for batch in _batches(series, alone=after is not None):
        least = wanted.size + wanted.skip + 1 - len(rows)
        edges = _reading(_going_on(wanted, batch, after), least).edges(batch)
        for each in batch:
            edge = edges[each.id]
            rows += edge.rows
            if len(rows) > wanted.skip + wanted.size:
                return _filled(rows, wanted)
            if edge.reached is not None:
                return _unfinished(rows, wanted, Mark(edge.reached, each.id, by_series=True))
        read += len(batch)
    if read < len(series):
        return _unfinished(rows, wanted, Mark(ALWAYS, series[read].id, by_series=True))
    return Found(rows[wanted.skip :])


def _batches(series: Sequence[Series], *, alone: bool) -> Iterator[Sequence[Series]]:
    """A few series at a time; the first by itself when it is gone on with somewhere inside."""
    begin = 1 if alone else 0
    if alone and series:
        yield series[:1]
    for first in range(begin, min(len(series), begin + _BATCH * _BATCHES), _BATCH):
        yield series[first : first + _BATCH]


def _going_on(wanted: Wanted, batch: Sequence[Series], after: Mark | None) -> Wanted:
    if after is None or batch[0].id != after.series:
        return wanted
    return replace(wanted, span=Span(wanted.span.start, min(wanted.span.end, after.time)))


def _filled(rows: list[Observed], wanted: Wanted) -> Found:
    page = rows[wanted.skip : wanted.skip + wanted.size]
    if not page:
        return Found(page)
    return Found(page, Mark(page[-1].time, page[-1].series.id, by_series=True))


def _unfinished(rows: list[Observed], wanted: Wanted, mark: Mark) -> Found:
    if len(rows) < wanted.skip:
        raise Refusal(Reason.SKIP_TOO_FAR, most=len(rows)).about("$skip")
    return Found(rows[wanted.skip :], mark)


# ---- in another order, and counting ----


def in_order(
    series: Sequence[Series], wanted: Wanted, keys: Sequence[tuple[_SortKey, bool]]
) -> Found:
    """Rows in any order: all of them are read, so they must be few. Raises ``Refusal``."""
    if len(series) > MOST_TOGETHER:
        raise Refusal(Reason.TOO_MANY_SERIES, most=MOST_TOGETHER)
    each = MOST_SORTED // max(1, len(series)) + 1
    edges = _reading(wanted, each).edges(series).values()
    if any(edge.reached is not None for edge in edges):
        raise Refusal(Reason.NOT_SORTABLE, most=MOST_SORTED).about("$orderby")
    rows = [row for edge in edges for row in edge.rows]
    for key, descending in reversed(keys):
        rows.sort(key=key, reverse=descending)
    return Found(rows)


def counted(series: Sequence[Series], wanted: Wanted) -> tuple[int, bool]:
    """How many rows there are, and whether counting went to the end (up to ``MOST_COUNTED``)."""
    if wanted.accept is not None or not all(each.is_plain for each in series[:_BATCH]):
        return _counted_looking(series, wanted)
    total = 0
    for each in series[:_BATCH]:
        total += wanted.store.count_times(
            each.mns, each.factor, each.kind, wanted.span.start, wanted.span.end,
            at_most=MOST_COUNTED + 1 - total,
        )  # fmt: skip
        if total > MOST_COUNTED:
            return MOST_COUNTED, False
    return total, len(series) <= _BATCH


def _counted_looking(series: Sequence[Series], wanted: Wanted) -> tuple[int, bool]:
    edges = _reading(wanted, MOST_COUNTED // max(1, len(series[:_BATCH])) + 1).edges(
        series[:_BATCH]
    )
    total = sum(len(edge.rows) for edge in edges.values())
    ended = all(edge.reached is None for edge in edges.values())
    return min(total, MOST_COUNTED), ended and len(series) <= _BATCH


def _reading(wanted: Wanted, count: int) -> Reading:
    return Reading(wanted.store, wanted.span, count, wanted.newest, wanted.accept)
