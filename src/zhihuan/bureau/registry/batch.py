"""The same value for many records: what becomes of each, decided before anything is written.

Refuses nothing as a whole: a record for which the value does not fit is told with its reason and stays
as it is. Uniqueness is not asked of the database row by row; fields that must be unique are not set
in batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from zhihuan.bureau.history.changing import Changes
from zhihuan.bureau.history.fields import as_json

#: Records that one act may change.
MOST = 5_000
_PORTION = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would become of one record, which carries the new values already: the fields that differ as
    they were (by attribute name), none when it says so anyway; ``error`` says why it cannot be."""

    row: models.Model
    before: dict[str, Any]
    error: str = ""

    @property
    def is_change(self) -> bool:
        return bool(self.before) and not self.error


def outcomes(rows: Iterable[models.Model], values: Mapping[str, Any]) -> list[Outcome]:
    """One for each record, in their order. Asks the database nothing that the rows do not."""
    return [_outcome(row, values) for row in rows]


def write(changes: Changes, found: Sequence[Outcome]) -> int:
    """Write those that change; how many."""
    wanted = [each for each in found if each.is_change]
    for start in range(0, len(wanted), _PORTION):
        portion = wanted[start : start + _PORTION]
        changes.update_many([(each.row, each.before) for each in portion])
    return len(wanted)


def _outcome(row: models.Model, values: Mapping[str, Any]) -> Outcome:
    stored = as_json(row)
    for name, value in values.items():
        setattr(row, name, value)
    wanted = as_json(row)
    before = {name: value for name, value in stored.items() if wanted[name] != value}
    return Outcome(row, before, _error(row, set(values)) if before else "")


def _error(row: models.Model, names: set[str]) -> str:
    """What the model itself says against it. That a record referred to exists is left to whoever
    chose it: asked here, it would be asked once for each row."""
    others = [f.name for f in row._meta.fields if f.name not in names or f.remote_field]
    problems: dict[str, list[str]] = {}
    for check in (lambda: row.clean_fields(exclude=others), row.clean):
        try:
            check()
        except ValidationError as error:
            problems |= (
                error.message_dict
                if hasattr(error, "error_dict")
                else {NON_FIELD_ERRORS: error.messages}
            )
    return "；".join(dict.fromkeys(words for each in problems.values() for words in each))
