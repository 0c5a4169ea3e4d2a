"""The newest or oldest rows of several series, read in windows that grow.

A page wants few rows of what may be years. So a window is read that should hold them, then one eight
times as wide, and so on, each time only for the series that still lack rows. How many windows, and how
many rows, is bounded: a series that could not be finished says up to where it is known (``reached``),
and the next page goes on there.

The newest row alone of very many series is what the store keeps at hand: then no window is read at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhihuan.telemetry.store import MeasurementColumns, TelemetryStore
from zhihuan.web.sensorthings.moments import period_seconds
from zhihuan.web.sensorthings.observing.latest import Latest
from zhihuan.web.sensorthings.observing.observed import Observed, columns_of
from zhihuan.web.sensorthings.observing.series import ALWAYS, Series
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

#: Rows one request may look at.
LOOKED_AT = 100_000
_GROWTH = 8
#: So many series are read to the end of the span if need be; more get this many windows.
_FEW = 20
_WINDOWS_OF_MANY = 4
#: Of so many series it is asked whether there is anything beyond the windows, or where they begin; of
#: more, a page of one row each is their latest.
_ASKED_ABOUT = 500
_INSTANTS_APART = 60

Accept = Callable[[Observed], bool]


@dataclass(frozen=True, slots=True)
class Span:
    """[start, end) in epoch seconds."""

    start: int = 0
    end: int = ALWAYS

    @property
    def is_empty(self) -> bool:
        return self.start >= self.end


@dataclass(slots=True)
class Edge:
    """Rows of one series from the edge on. reached: None when there are no more in the span, else the
    time up to which all are known: what lies beyond it is not read yet."""

    rows: list[Observed] = field(default_factory=list)
    reached: int | None = None


@dataclass(slots=True)
class _Progress:
    """How far one series has been read: ``cursor`` is where the next window begins."""

    series: Series
    cursor: int
    rows: list[Observed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is wanted: at least ``count`` accepted rows of each series, as long as there are any.

    shown: how many of them a page shows. ``count`` is more by those before it, and by one behind it that
    tells whether there are more.
    """

    store: TelemetryStore
    span: Span
    count: int
    newest: bool = True
    accept: Accept | None = None
    shown: int | None = None

    def edges(self, series: Sequence[Series]) -> dict[int, Edge]:
        """The edge of every series, by its id. Raises ``Refusal`` and the store's errors."""
        edges = {each.id: Edge() for each in series}
        if self.span.is_empty or not series:
            return edges
        latest = self._latest(series)
        if self._is__newest_alone and len(series) > _ASKED_ABOUT:
            at_hand = [each for each in series if each.is_plain]
            edges |= {each.id: _newest_alone(each, latest) for each in at_hand}
            series = [each for each in series if not each.is_plain]
        progress = self._beginnings(series, latest)
        self._read(progress)
        self._settle([each for each in progress if self._lacks(each)])
        for each in progress:
            reached = each.cursor if self._inside(each.cursor) else None
            edges[each.series.id] = Edge(each.rows, reached)
        return edges

    def _read(self, progress: list[_Progress]) -> None:
        """Window after window, until every series has enough or too much has been looked at."""
        pending, width, looked, windows = progress, 1, 0, 0
        while pending and looked < LOOKED_AT:
            for group in _by_kind(pending):
                looked += self._look(group, width)
            pending = [each for each in pending if self._lacks(each)]
            width, windows = width * _GROWTH, windows + 1
            if len(progress) > _FEW and windows == _WINDOWS_OF_MANY:
                return

    def _settle(self, lacking: list[_Progress]) -> None:
        """Series that have nothing beyond the windows are finished, not to be gone on with."""
        if not self.newest or len(lacking) > _ASKED_ABOUT:
            return
        for group in _by_kind(lacking):
            first = self._first(group, max(each.cursor for each in group))
            for each in group:
                if first.get(each.series.id, ALWAYS) >= each.cursor:
                    each.cursor = self.span.start

    # ---- where to begin, when to stop ----

    @property
    def _is__newest_alone(self) -> bool:
        whole = self.span == Span() and self.accept is None
        return self.newest and whole and self.shown == 1 and self.count == 2

    def _latest(self, series: Sequence[Series]) -> Latest:
        """The newest row of every device, factor and kind of these."""
        mns = sorted({mn for each in series for mn in each.mns})
        return Latest(self.store.latest(mns, kinds={each.kind for each in series}))

    def _beginnings(self, series: Sequence[Series], latest: Latest) -> list[_Progress]:
        """Where each series is read from; those without a row in the span are absent."""
        known = [each for each in self._known(series, latest) if each.cursor > self.span.start]
        if self.newest or not known:
            return known
        begins: dict[int, int] = {}
        if self.span.start <= 0:
            if len(known) > _ASKED_ABOUT:
                raise Refusal(Reason.NEEDS_START)
            for group in _by_kind(known):
                begins |= self._first(group, self.span.end)
        return [
            _Progress(each.series, begins.get(each.series.id, self.span.start)) for each in known
        ]

    def _known(self, series: Sequence[Series], latest: Latest) -> Iterator[_Progress]:
        for each in series:
            ends = [
                min(source.end, latest.time(source.mn, each.factor, each.kind) + 1)
                for source in each.sources
            ]
            if max(ends) > 0:
                yield _Progress(each, min(self.span.end, max(ends)))

    def _first(self, group: list[_Progress], end: int) -> dict[int, int]:
        """When the series of one kind begin in the span, up to ``end``, by their ids."""
        table = self.store.first_times(
            group[0].series.kind, self.span.start, end, **_names_of(group)
        )
        keys = zip(table.mn, table.factor, strict=True)
        first = dict(zip(keys, table.time.tolist(), strict=True))
        begins = {}
        for each in (one.series for one in group):
            times = [first[mn, each.factor] for mn in each.mns if (mn, each.factor) in first]
            if times:
                begins[each.id] = min(times)
        return begins

    def _inside(self, cursor: int) -> bool:
        return cursor > self.span.start if self.newest else cursor < self.span.end

    def _lacks(self, progress: _Progress) -> bool:
        return len(progress.rows) < self.count and self._inside(progress.cursor)

    # ---- one window ----

    def _look(self, group: list[_Progress], width: int) -> int:
        """Read one window of series of one kind; how many rows that were."""
        window = self._window(group, width)
        table = self.store.edge_rows(
            group[0].series.kind,
            window.span.start,
            window.span.end,
            count=window.most,
            newest=self.newest,
            **_names_of(group),
        )
        runs = _runs(table)
        for each in group:
            self._take(each, [runs[mn, each.series.factor] for mn in each.series.mns], window)
        return len(table)

    def _window(self, group: list[_Progress], width: int) -> _Window:
        period = min(_period(each.series) for each in group)
        seconds = 2 * self.count * period * width
        cursors = [each.cursor for each in group]
        if self.newest:
            end = max(cursors)
            return _Window(Span(max(self.span.start, end - seconds), end), self._most(len(group)))
        start = min(cursors)
        return _Window(Span(start, min(self.span.end, start + seconds)), self._most(len(group)))

    def _most(self, series: int) -> int:
        """Rows of one series and window. A condition lets some fall, so more are looked at."""
        if self.accept is None:
            return self.count
        return max(4 * self.count, 5_000 if series == 1 else 100)

    def _take(self, progress: _Progress, runs: list[list[Any]], window: _Window) -> None:
        """Rows of a series' devices, as far as all of them are known in this window."""
        cursor, full = progress.cursor, [run for run in runs if len(run) == window.most]
        if self.newest:
            known = max([window.span.start, *(run[-1][0] for run in full)])
            fresh = [row for row in _merged(progress.series, runs) if known <= row[0] < cursor]
            progress.cursor = min(cursor, known)
        else:
            known = min([window.span.end, *(run[-1][0] + 1 for run in full)])
            fresh = [row for row in _merged(progress.series, runs) if cursor <= row[0] < known]
            progress.cursor = max(cursor, known)
        rows = (Observed(progress.series, *row) for row in sorted(fresh, reverse=self.newest))
        progress.rows += rows if self.accept is None else filter(self.accept, rows)


@dataclass(frozen=True, slots=True)
class _Window:
    """most: rows that were read of each device and factor at most."""

    span: Span
    most: int


def _period(series: Series) -> int:
    """How far apart its rows usually are [s]."""
    return period_seconds(series.kind, series.minute_minutes) or _INSTANTS_APART


def _names_of(group: list[_Progress]) -> dict[str, list[str]]:
    """The devices and factors to ask the store for."""
    return {
        "mns": sorted({mn for each in group for mn in each.series.mns}),
        "factors": sorted({each.series.factor for each in group}),
    }


def _by_kind(progress: Iterable[_Progress]) -> list[list[_Progress]]:
    groups: dict[int, list[_Progress]] = defaultdict(list)
    for each in progress:
        groups[each.series.kind].append(each)
    return list(groups.values())


def _newest_alone(series: Series, latest: Latest) -> Edge:
    """The newest row of a series whose devices never stood elsewhere; the first device's word counts.
    Whether there are older ones is not known, so the next page may be empty."""
    found = [latest.row(mn, series.factor, series.kind) for mn in series.mns]
    rows = [row for row in found if row is not None]
    if not rows:
        return Edge()
    newest = max(rows, key=lambda row: row[0])
    return Edge([Observed(series, *newest)], reached=newest[0])


def _runs(table: MeasurementColumns) -> dict[tuple[str, str], list[Any]]:
    """Rows of each (mn, factor), in the order read."""
    runs: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for mn, factor, row in zip(table.mn, table.factor, columns_of(table), strict=True):
        runs[mn, factor].append(row)
    return runs


def _merged(series: Series, runs: list[list[Any]]) -> Iterable[Any]:
    """One row a time: the word of the first device that has one while it stood at the point."""
    if len(runs) == 1 and series.sources[0].is_always:
        return runs[0]
    told: dict[int, Any] = {}
    for source, run in zip(series.sources, runs, strict=True):
        for row in run:
            if source.start <= row[0] < source.end:
                told.setdefault(row[0], row)
    return told.values()
