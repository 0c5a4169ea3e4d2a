"""What an import would do: rows to create, rows to change, rows as they are, rows with problems.

Making a plan changes nothing. The same file over the same registry gives the same plan, told by its
``digest``: what was previewed is what is applied, or the import is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from zhihuan.bureau.history.fields import as_json
from zhihuan.bureau.people.scope import Scope, scope_of
from zhihuan.bureau.registry.importing.cells import empty_value, is_empty, value_of
from zhihuan.bureau.registry.importing.headings import match_headings, unknown_headings
from zhihuan.bureau.registry.importing.known_rows import KnownRows, identity_of
from zhihuan.bureau.registry.importing.problem import Problem
from zhihuan.bureau.registry.importing.references import References, references
from zhihuan.bureau.registry.importing.sheet import Sheet
from zhihuan.bureau.registry.importing.table_file import Cell, TableFile
from zhihuan.bureau.registry.importing.warnings import warnings_of

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row: the record as it shall be, and what differs from today (None: new)."""

    row: int
    record: models.Model
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


@dataclass(slots=True)
class Plan:
    """The whole file. ``unused`` are headings nothing is read from."""

    sheet: Sheet
    total: int = 0
    create: list[RowPlan] = field(default_factory=list)
    update: list[RowPlan] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many rows have a problem that keeps them out."""
        return len({problem.row for problem in self.problems if problem.refuses})

    @property
    def digest(self) -> str:
        """Tells this plan from any other: by what it would create and change."""
        rows = [(each.row, each.before, each.after) for each in (*self.create, *self.update)]
        text = json.dumps(rows, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def make_plan(sheet: Sheet, table: TableFile, user: Any, tell: Tell | None = None) -> Plan:
    """Check every row; FileRefusedError when the columns do not fit. ``tell(done, total)``."""
    places = match_headings(sheet, table.headings)
    plan = Plan(sheet, total=len(table), unused=unknown_headings(sheet, table.headings))
    reading = _Reading(sheet, places, table)
    rows = [(number, reading.values(number, cells, plan)) for number, cells in table.rows]
    whole = [(number, values) for number, values in rows if values is not None]
    deciding = _Deciding(plan, KnownRows(sheet, [values for _n, values in whole]), user)
    for done, (number, values) in enumerate(whole, start=1):
        deciding.decide(number, values)
        if tell and done % 200 == 0:
            tell(done, len(table))
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


class _Reading:
    """Cells → values, with the records they refer to."""

    def __init__(self, sheet: Sheet, places: Mapping[str, int], table: TableFile) -> None:
        self._sheet, self._places = sheet, places
        self._references: dict[str, References] = {}
        for name in places:
            found: Any = sheet.model._meta.get_field(name)
            if found.is_relation:
                given = {_stripped(cells, places[name]) for _n, cells in table.rows}
                self._references[name] = references(found.related_model, given - {""})

    def values(self, row: int, cells: Sequence[Cell], plan: Plan) -> dict[str, Any] | None:
        """Field → value for the columns the file has; None when a cell is refused."""
        values: dict[str, Any] = dict(self._sheet.fixed)
        problems = []
        for name, place in self._places.items():
            cell = cells[place] if place < len(cells) else None
            try:
                values[name] = self._value(name, cell)
            except ValueError as error:
                heading = self._sheet.heading(name)
                problems.append(Problem(row, heading, _shown(cell), str(error)))
        plan.problems += problems
        return None if problems else values

    def _value(self, name: str, cell: Cell) -> Any:
        found: Any = self._sheet.model._meta.get_field(name)
        if is_empty(cell):
            if self._sheet.is_needed(name):
                raise ValueError(_("不能为空"))
            return empty_value(found)
        if name in self._references:
            return self._references[name].find(str(cell).strip())
        return value_of(found, cell)


class _Deciding:
    """A row's values → create, change, same, or a problem."""

    def __init__(self, plan: Plan, known: KnownRows, user: Any) -> None:
        self._plan, self._known = plan, known
        self._scope: Scope = scope_of(user, plan.sheet.permission)
        self._seen: dict[Any, int] = {}

    def decide(self, row: int, values: Mapping[str, Any]) -> None:
        identity = identity_of(self._plan.sheet, values)
        if (first := self._seen.setdefault(identity, row)) != row:
            self._refuse(row, _("与第 %(row)d 行重复，请只保留一行") % {"row": first})
            return
        stored = self._known.find(identity)
        before = as_json(stored) if stored is not None else None
        record = stored if stored is not None else self._plan.sheet.model()
        if stored is not None and not self._reaches(stored):
            self._refuse(row, _("已登记在您的权限范围之外，不能修改"))
            return
        for name, value in values.items():
            setattr(record, name, value)
        if told := "；".join((*self._errors(record), *self._known.clashes(record))):
            self._refuse(row, told)
            return
        self._place(row, record, before)

    def _place(self, row: int, record: models.Model, before: dict[str, Any] | None) -> None:
        after = as_json(record)
        changed = {name: value for name, value in after.items() if before and before[name] != value}
        if before is None:
            self._plan.create.append(RowPlan(row, record, None, after))
        elif changed:
            was = {name: before[name] for name in changed}
            self._plan.update.append(RowPlan(row, record, was, changed))
        else:
            self._plan.same += 1
            return
        self._plan.problems += warnings_of(row, record)

    def _errors(self, record: models.Model) -> Iterator[str]:
        try:
            record.clean()
        except ValidationError as error:
            yield from error.messages
        if not self._reaches(record):
            yield _("不在您的权限范围内")

    def _reaches(self, record: models.Model) -> bool:
        return self._scope.city or _lies_within(self._scope, record)

    def _refuse(self, row: int, text: str) -> None:
        self._plan.problems.append(Problem(row, "", "", text))


def _lies_within(scope: Scope, record: models.Model) -> bool:
    """The scope's rule over a record that may not be stored yet: by its town alone."""
    fields = getattr(type(record), "SCOPE", None)
    if fields is None or not fields.town:
        return False
    if fields.is_many:  # what is not stored yet lies in no town
        return record.pk is not None and scope.covers(record)
    found: Any = record
    for step in fields.town.split("__"):
        found = getattr(found, step, None)
    return found is not None and found.pk in scope.towns


def _stripped(cells: Sequence[Cell], place: int) -> str:
    cell = cells[place] if place < len(cells) else None
    return "" if is_empty(cell) else str(cell).strip()


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)[:80]
