# ruff: noqa: ARG002 - all filters share one signature
"""Filters by a choice among options: one of a select box, or several of a row of boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict

from zhihuan.web.listing.filters.filter import Filter


@dataclass(frozen=True, slots=True)
class Option:
    """One option; ``status`` (a kind of status badge) gives it a shape."""

    value: str
    text: Any
    status: str = ""
    is_chosen: bool = False


#: Options as a list (``Model.Kind.choices`` will do), or a function of the user for those that
#: the database knows (one query).
Options = Sequence[Any] | Callable[[Any], Iterable[Any]]


def options_of(given: Options, user: Any, chosen: Iterable[str] = ()) -> list[Option]:
    """The options for ``user``; a chosen value that is not among them is shown all the same."""
    found = [_option(each) for each in (given(user) if callable(given) else given)]
    known = {each.value for each in found}
    found += [Option(value, value) for value in chosen if value not in known]
    return [Option(each.value, each.text, each.status, each.value in chosen) for each in found]


def _option(given: Any) -> Option:
    return given if isinstance(given, Option) else Option(str(given[0]), given[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceFilter(Filter):
    """One of ``options``. ``field``: its field path, the name when not given; ``apply`` narrows the
    rows itself where a field does not say it."""

    options: Options
    field: str = ""
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None

    template: ClassVar[str] = "listing/_choice_filter.html"

    def read(self, query: QueryDict) -> str:
        return query.get(self.name, "").strip()

    def narrow(self, rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
        if self.apply is not None:
            return self.apply(rows, asked)
        return _equal(rows, self.field or self.name, [asked])

    def words(self, asked: str, inputs: dict[str, Any]) -> str:
        return f"{self.title}：{_told(inputs)}"

    def inputs(self, query: QueryDict, user: Any) -> dict[str, Any]:
        asked = self.read(query)
        return {"options": options_of(self.options, user, (asked,) if asked else ())}


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyFilter(Filter):
    """Any of several ``options``, as boxes to tick."""

    options: Options
    field: str = ""

    template: ClassVar[str] = "listing/_many_filter.html"

    def read(self, query: QueryDict) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in query.getlist(self.name) if value))

    def narrow(self, rows: QuerySet[Any], asked: tuple[str, ...]) -> QuerySet[Any]:
        return _equal(rows, self.field or self.name, asked)

    def words(self, asked: tuple[str, ...], inputs: dict[str, Any]) -> str:
        return f"{self.title}：{_told(inputs)}"

    def inputs(self, query: QueryDict, user: Any) -> dict[str, Any]:
        return {"options": options_of(self.options, user, self.read(query))}


def _equal(rows: QuerySet[Any], field: str, values: Iterable[str]) -> QuerySet[Any]:
    """Rows whose field is one of the values; a value the field cannot hold fits no row."""
    try:
        return rows.filter(**{f"{field}__in": list(values)})
    except (ValueError, TypeError):
        return rows.none()


def _told(inputs: dict[str, Any]) -> str:
    return "、".join(str(each.text) for each in inputs["options"] if each.is_chosen)
