"""What a check is: a question about the records of one model, with its words and its remedy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import BooleanField, Case, Model, QuerySet, Value, When
from numpy.typing import NDArray

from zhihuan.bureau.registry.models import RegistryVersion
from zhihuan.bureau.registry.quality.among import Among

#: The columns of some records, in the order of ``ArrayCheck.fields`` → which of them are doubtful.
Judgement = Callable[[Sequence[tuple[Any, ...]]], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """``code`` stands in addresses. ``title`` says what is the matter, ``mend`` what to do about it; ``asked`` says to
    the enterprise itself what it should do, "" where both are the same."""

    code: str
    title: Any
    mend: Any
    model: type[Model]
    asked: Any = ""

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of ``rows`` that the check finds."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlCheck(Check):
    """``finds`` gives the condition (made anew each time: it may depend on the day)."""

    finds: Callable[[], Any]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(self.finds())


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrayCheck(Check):
    """``judge`` looks at the values of ``fields`` of many records at once."""

    fields: tuple[str, ...]
    judge: Judgement

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(Among("pk", self.found_everywhere()))

    def found_everywhere(self) -> tuple[int, ...]:
        """The keys of all records found, kept until the registry changes."""
        version = RegistryVersion.current()
        with _lock:
            kept = _kept.get(self.code)
        if kept is None or kept[0] != version:
            kept = (version, self._look())
            with _lock:
                _kept[self.code] = kept
        return kept[1]

    def _look(self) -> tuple[int, ...]:
        rows = list(self.model._default_manager.values_list("pk", *self.fields))
        found = self.judge([row[1:] for row in rows]) if rows else np.zeros(0, dtype=bool)
        return tuple(rows[n][0] for n in np.flatnonzero(found).tolist())

    def among(self, records: Sequence[Any]) -> set[int]:
        """The keys of those of ``records`` (of the model) that it finds; asks nobody."""
        values = [tuple(getattr(row, name) for name in self.fields) for row in records]
        found = self.judge(values) if values else np.zeros(0, dtype=bool)
        return {records[n].pk for n in np.flatnonzero(found).tolist()}


_kept: dict[str, tuple[int, tuple[int, ...]]] = {}
_lock = threading.Lock()
_checks: dict[str, Check] = {}


def register_checks(*checks: Check) -> None:
    """Take checks in. ValueError for a second, different one of the same code."""
    for check in checks:
        if _checks.setdefault(check.code, check) is not check:
            raise ValueError(f"{check.code} is registered twice")


def checks_of(model: type[Model] | None = None) -> list[Check]:
    """All checks, or those of one model, in the order of registration."""
    return [each for each in _checks.values() if model is None or each.model is model]


def check_of(code: str) -> Check | None:
    """The check of this code."""
    return _checks.get(code)


def todos(model: type[Model], records: Sequence[Any]) -> dict[int, list[Check]]:
    """What the checks find among some records of one model, by key; one query at most."""
    found: dict[int, list[Check]] = {}
    if not records:
        return found
    answers = _asked(model, [row.pk for row in records])
    for check in checks_of(model):
        keys = check.among(records) if isinstance(check, ArrayCheck) else answers[check.code]
        for key in keys:
            found.setdefault(key, []).append(check)
    return found


def _asked(model: type[Model], keys: Iterable[int]) -> dict[str, list[int]]:
    """The keys each check of the database finds, all in one query."""
    sql = [each for each in checks_of(model) if isinstance(each, SqlCheck)]
    if not sql:
        return {}
    yes, no = Value(True), Value(False)
    conditions = {
        f"is_{each.code}": Case(
            When(each.finds(), then=yes), default=no, output_field=BooleanField()
        )
        for each in sql
    }
    rows = model._default_manager.filter(pk__in=list(keys)).order_by().annotate(**conditions)
    table = list(rows.values("pk", *conditions))
    return {each.code: [row["pk"] for row in table if row[f"is_{each.code}"]] for each in sql}


def forget() -> None:
    """Look anew at everything: for tests, whose registries begin at the same version."""
    with _lock:
        _kept.clear()
