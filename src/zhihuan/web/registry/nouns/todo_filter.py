"""To-dos of data quality on a list: the filter by them, and their marks on its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.quality.check import check_of, checks_of, todos
from zhihuan.web.listing import ChoiceFilter


def todo_filter(model: type[Model]) -> ChoiceFilter:
    """``?todo=<code of a check>``; a code of another kind of record finds nothing."""

    def options(_user: Any) -> list[tuple[str, Any]]:
        return [(each.code, each.title) for each in checks_of(model)]

    def narrow(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
        check = check_of(code)
        return check.narrow(rows) if check is not None and check.model is model else rows.none()

    return ChoiceFilter("todo", _("数据质量待办"), options=options, apply=narrow)


def todo_marks(model: type[Model]) -> Callable[[Sequence[Any]], Mapping[Any, Sequence[Any]]]:
    """What the checks find among the rows of a page; one query."""

    def marks(rows: Sequence[Any]) -> Mapping[Any, Sequence[Any]]:
        return {key: [each.title for each in found] for key, found in todos(model, rows).items()}

    return marks
