"""What a filter of Observations asks: which series, which span of time, and what of each row."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from zhihuan.hj212.codes import is_normal
from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.conditions import Translation, checked, links_of, stripped
from zhihuan.web.sensorthings.entity import IDS, Entity
from zhihuan.web.sensorthings.memory import InMemory
from zhihuan.web.sensorthings.moments import moment, seconds_of
from zhihuan.web.sensorthings.observing.edges import Accept, Span
from zhihuan.web.sensorthings.observing.observed import Observed, id_of, parameters
from zhihuan.web.sensorthings.observing.series import ALWAYS
from zhihuan.web.sensorthings.odata.expression import (
    Expression,
    Junction,
    Literal,
    Operation,
    Path,
    conjuncts,
    paths,
)

_TIME = ("phenomenonTime",)
_TURNED = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge", "eq": "eq"}
#: From a relation of an Observation to what it means for a series.
_COLUMNS = {"Datastream": "pk", "FeatureOfInterest": "point_factor__point_id"}


@dataclass(frozen=True, slots=True)
class Question:
    """series: condition on ``ReportedSeries``. accept: what rows must fulfil, None for all."""

    series: Q
    span: Span
    accept: Accept | None


def question(ask: Ask, entity: Entity, expression: Expression | None) -> Question:
    """The parts of a filter, each where it is cheapest. Raises ``Refusal``."""
    series, span, rest = Q(), Span(), []
    for part in conjuncts(None if expression is None else checked(entity, expression)):
        if (bounds := _bounds(part)) is not None:
            span = Span(max(span.start, bounds.start), min(span.end, bounds.end))
        elif (name := _relation(part)) is not None:
            keys: Any = links_of(ask, entity.relations[name], stripped(part))
            series &= Q(**{f"{_COLUMNS[name]}__in": keys})
        else:
            rest.append(part)
    return Question(series, span, _acceptance(ask, entity, rest))


def _acceptance(ask: Ask, entity: Entity, rest: list[Expression]) -> Accept | None:
    if not rest:
        return None
    whole = rest[0] if len(rest) == 1 else Junction("and", tuple(rest))
    algebra = InMemory(ask, access, _column)
    return Translation(entity, algebra).of(whole)


def _relation(part: Expression) -> str | None:
    """The relation that all of it is about."""
    first = {names[0] for names in paths(part)}
    name = next(iter(first), "")
    return name if len(first) == 1 and name in _COLUMNS else None


# ---- spans ----


def _bounds(part: Expression) -> Span | None:
    """The span of a comparison of ``phenomenonTime`` with a moment; None for anything else."""
    if not isinstance(part, Operation) or part.name not in _TURNED:
        return None
    left, right, name = part.left, part.right, part.name
    if isinstance(right, Path):
        left, right, name = right, left, _TURNED[name]
    if left != Path(_TIME) or not isinstance(right, Literal):
        return None
    if not isinstance(right.value, dt.datetime):
        return None
    return _span(name, seconds_of(right.value))


def _span(name: str, seconds: float) -> Span:
    up, past = _clipped(math.ceil(seconds)), _clipped(math.floor(seconds) + 1)
    return {
        "ge": Span(start=up),
        "gt": Span(start=past),
        "lt": Span(end=up),
        "le": Span(end=past),
        "eq": Span(up, past),
    }[name]


def _clipped(seconds: int) -> int:
    return min(max(seconds, 0), ALWAYS)


# ---- properties of a row ----


def access(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """How a property of a row is read."""
    if names[0] in {"parameters", "resultQuality"} and "/".join(names) not in _ACCESS:
        member = names[1]
        return lambda row: parameters(row).get(member)
    return _ACCESS["/".join(names) if names[0] not in IDS else "id"]


def _result(row: Observed) -> float | None:
    return None if math.isnan(row.value) else row.value


_ACCESS: dict[str, Callable[[Any], Any]] = {
    "id": id_of,
    "phenomenonTime": lambda row: moment(row.time),
    "resultTime": lambda row: moment(row.received / 1000),
    "result": _result,
    "resultQuality/flag": lambda row: row.flag,
    "resultQuality/normal": lambda row: is_normal(row.flag),
}


def _column(column: str) -> Callable[[Any], Any]:
    return {"datastream": lambda row: row.series.id, "thing": lambda row: row.series.thing}[column]
