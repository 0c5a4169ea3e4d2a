# ruff: noqa: ARG002 - every kind of entity keeps the same interface
"""Observations: rows of the telemetry store.

``phenomenonTime`` is the period a value stands for, named by its start (HJ 212-2017, table 4);
``resultTime`` is when the platform received it, so what was sent late or corrected shows itself.
Compared, a period is its start.

Unless an order is asked for, rows come newest first; those of several Datastreams one Datastream after
the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import USUAL_PAGE, Page, Row, Within
from zhihuan.web.sensorthings.datastreams import Datastreams
from zhihuan.web.sensorthings.entity import Entity, Relation
from zhihuan.web.sensorthings.observing import page_text, paging
from zhihuan.web.sensorthings.observing.edges import Edge, Reading, Span
from zhihuan.web.sensorthings.observing.marks import read_mark
from zhihuan.web.sensorthings.observing.observed import Observed, described, id_of, named
from zhihuan.web.sensorthings.observing.question import Question, access, question
from zhihuan.web.sensorthings.observing.series import Series, series_of
from zhihuan.web.sensorthings.odata.address import Key
from zhihuan.web.sensorthings.odata.checking import kind_of
from zhihuan.web.sensorthings.odata.evaluation import evaluator
from zhihuan.web.sensorthings.odata.expression import Expression, Path, paths
from zhihuan.web.sensorthings.odata.grammar import Order
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.odata.options import Options
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal, refusing

#: More than a week of minutes (10 080).
LARGEST_PAGE = 11_000
#: Series one request may name at all; and how far ``$skip`` goes.
MOST_SERIES = 20_000
FARTHEST_SKIP = 10_000
_TIME = Path(("phenomenonTime",))
_NUMBERS = ("min", "max", "total", "converted", "convertedMin", "convertedMax")


class Observations:
    """What devices said, as they said it: our own statistics and checks are not among them."""

    entity = Entity(
        "Observations",
        properties={
            ("id",): Kind.TEXT,
            ("phenomenonTime",): Kind.MOMENT,
            ("resultTime",): Kind.MOMENT,
            ("result",): Kind.NUMBER,
            ("resultQuality", "flag"): Kind.TEXT,
            ("resultQuality", "normal"): Kind.TRUTH,
            **{("parameters", name): Kind.NUMBER for name in _NUMBERS},
        },
        relations={
            "Datastream": Relation("Datastream", "Datastreams", False, "datastream", "id"),
            "FeatureOfInterest": Relation(
                "FeatureOfInterest", "FeaturesOfInterest", False, "thing", "id"
            ),
        },
        shown=("phenomenonTime", "resultTime", "result", "resultQuality", "parameters"),
        open_objects=frozenset({"parameters", "resultQuality"}),
    )

    def valid_key(self, key: Key) -> bool:
        return isinstance(key, str) and named(key) is not None

    def described(self, row: Row) -> dict[str, Any]:
        return described(row["observed"])

    def texts(self, ask: Ask, rows: Sequence[Row]) -> Iterable[str]:
        return page_text.texts(ask.root, [row["observed"] for row in rows])

    def links(self, ask: Ask, expression: Expression, link: str) -> Any:
        raise Refusal(Reason.NOT_FILTERABLE, name="Observations/…")

    # ---- one page ----

    def page(self, ask: Ask, options: Options, within: Within) -> Page:
        with refusing("$filter"):
            asked = question(ask, self.entity, options.filter)
        span, series = _within(ask, asked, within)
        if options.skip > FARTHEST_SKIP:
            raise Refusal(Reason.SKIP_TOO_FAR, most=FARTHEST_SKIP).about("$skip")
        size = min(USUAL_PAGE if options.top is None else options.top, LARGEST_PAGE)
        newest = not options.orderby or options.orderby[0].descending
        wanted = paging.Wanted(the_store(), span, asked.accept, newest, size, options.skip)
        page = self._found(options, series, wanted)
        if options.count:
            page.count, page.counted_all = paging.counted(series, wanted)
        ask.spend(len(page.rows))
        return page

    def _found(self, options: Options, series: list[Series], wanted: paging.Wanted) -> Page:
        if options.orderby and not _is_by_time(options.orderby):
            return self._sorted(options, series, wanted)
        by_series = not options.orderby and len(series) > 1
        after = read_mark(options.after, by_series=by_series)
        found = (paging.by_series if by_series else paging.by_time)(series, wanted, after)
        more = {"$skiptoken": found.mark.text(), "$skip": ""} if found.mark else None
        return Page([_row(row) for row in found.rows], more)

    def _sorted(self, options: Options, series: list[Series], wanted: paging.Wanted) -> Page:
        keys = [self._sort_key(key) for key in options.orderby]
        rows = paging.in_order(series, wanted, keys).rows
        end = options.skip + wanted.size
        more = {"$skip": str(end)} if len(rows) > end else None
        return Page([_row(row) for row in rows[options.skip : end]], more)

    def _sort_key(self, key: Order) -> tuple[Any, bool]:
        with refusing("$orderby"):
            if any(names[0] in self.entity.relations for names in paths(key.expression)):
                raise Refusal(Reason.NOT_SORTABLE)
            kind_of(key.expression, self.entity.kind_of)
        value = evaluator(key.expression, access)

        def sorted_by(row: Observed) -> tuple[bool, Any]:
            found = value(row)
            return (found is not None, 0 if found is None else found)

        return sorted_by, key.descending

    # ---- many at once ----

    def pages(
        self, ask: Ask, options: Options, relation: Relation, keys: Sequence[Any]
    ) -> Mapping[Any, Page]:
        if relation.link != "datastream":
            raise Refusal(Reason.NOT_HERE, name="Observations", instead="Datastreams/Observations")
        if options.count:
            raise Refusal(Reason.COUNT_NOT_HERE).about("$count")
        if options.orderby and not _is_by_time(options.orderby):
            raise Refusal(Reason.NOT_SORTABLE, most=paging.MOST_SORTED).about("$orderby")
        with refusing("$filter"):
            asked = question(ask, self.entity, options.filter)
        rows = Datastreams().rows(ask).filter(asked.series, pk__in=list(keys))
        size = min(ask.share(options.top, USUAL_PAGE, len(keys)), LARGEST_PAGE)
        newest = not options.orderby or options.orderby[0].descending
        wanted = paging.Wanted(the_store(), asked.span, asked.accept, newest, size, options.skip)
        least = size + options.skip + 1
        reading = Reading(wanted.store, wanted.span, least, newest, asked.accept, shown=size)
        edges = reading.edges(series_of(rows))
        pages = {key: _edge_page(edge, wanted) for key, edge in edges.items()}
        ask.spend(sum(len(page.rows) for page in pages.values()))
        return pages


def _edge_page(edge: Edge, wanted: paging.Wanted) -> Page:
    found = paging.page_of(edge.rows, edge.reached, wanted)
    more = {"$skiptoken": found.mark.text(), "$skip": ""} if found.mark else None
    return Page([_row(row) for row in found.rows], more)


def _is_by_time(orderby: Sequence[Order]) -> bool:
    return orderby[0].expression == _TIME


def _row(observed: Observed) -> Row:
    return {
        "id": id_of(observed),
        "datastream": observed.series.id,
        "thing": observed.series.thing,
        "observed": observed,
    }


def _within(ask: Ask, asked: Question, within: Within) -> tuple[Span, list[Series]]:
    """The span and the series that are left once an address has said where."""
    span, condition = asked.span, asked.series
    for link, key in within:
        if link == "thing":
            condition &= Q(point_factor__point_id=key)
        elif link == "datastream":
            condition &= Q(pk=key)
        else:
            series, time = named(key) or (0, 0)
            condition &= Q(pk=series)
            span = Span(max(span.start, time), min(span.end, time + 1))
    rows = Datastreams().rows(ask).filter(condition)
    series_found = series_of(rows, MOST_SERIES + 1)
    if len(series_found) > MOST_SERIES:
        raise Refusal(Reason.TOO_MANY_SERIES, most=MOST_SERIES)
    return span, series_found
