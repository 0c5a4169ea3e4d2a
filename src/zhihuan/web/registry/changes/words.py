"""A change in words: which record, what became of it, each field as people call it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from zhihuan.bureau.history.models import Change
from zhihuan.web.registry.nouns import noun_of_model


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: as it was, as it became; "—" for nothing."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One record changed. ``hidden``: its values are personal and are not shown."""

    kind: str
    title: str
    verb: str
    fields: list[FieldLine]
    hidden: bool = False
    conflict: str = ""


def model_of(change: Change) -> type[Model] | None:
    """The model of a change; None when it is no longer there."""
    try:
        return apps.get_model(change.model)
    except LookupError:
        return None


def kind_of(change: Change) -> str:
    """What kind of record it is about."""
    noun, model = noun_of_model(change.model), model_of(change)
    if noun is not None:
        return str(noun.one)
    return str(model._meta.verbose_name) if model is not None else change.model


def is_personal(change: Change) -> bool:
    """Whether its record is personal data, of which nothing is told here."""
    return bool(getattr(model_of(change), "PERSONAL", False))


def title_of(change: Change) -> str:
    """How its record is called; a person by nothing."""
    return "" if is_personal(change) else change.title


def verb_of(change: Change) -> str:
    """What became of the record."""
    if change.before is None:
        return _("新增")
    return _("删除") if change.after is None else _("修改")


def lines(changes: Sequence[Change]) -> list[ChangeLine]:
    """All of them in words; one query for each kind of record that fields refer to."""
    values = {change.pk: _pairs(change) for change in changes}
    names = referred(changes, values)
    return [line(change, values[change.pk], names) for change in changes]


def _pairs(change: Change) -> dict[str, tuple[Any, Any]]:
    before, after = change.before or {}, change.after or {}
    names = dict.fromkeys([*before, *after])
    pairs = {name: (before.get(name), after.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if not _is_nothing(pair)}


def _is_nothing(pair: tuple[Any, Any]) -> bool:
    return all(
        value in {None, ""} if not isinstance(value, list | dict) else not value for value in pair
    )


def line(change: Change, pairs: dict[str, tuple[Any, Any]], names: dict[Any, str]) -> ChangeLine:
    """One change with these values (field → before, after) in words."""
    hidden = is_personal(change)
    fields = [
        FieldLine(
            _title(change, name),
            "" if hidden else _text(change, name, pair[0], names),
            "" if hidden else _text(change, name, pair[1], names),
        )
        for name, pair in pairs.items()
    ]
    return ChangeLine(kind_of(change), title_of(change), verb_of(change), fields, hidden)


def _field(change: Change, attname: str) -> Any:
    model = model_of(change)
    if model is None:
        return None
    try:
        return model._meta.get_field(attname)
    except FieldDoesNotExist:
        return next((f for f in model._meta.concrete_fields if f.attname == attname), None)


def _title(change: Change, name: str) -> str:
    field = _field(change, name)
    return str(field.verbose_name) if field is not None else name


def _text(change: Change, name: str, value: Any, names: dict[Any, str]) -> str:
    if value in ({}, [], None, ""):
        return "—"
    field = _field(change, name)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if field is None:
        return str(value)
    if field.remote_field is not None:
        return names.get((field.related_model, str(value)), str(value))
    return str(dict(field.flatchoices).get(value, value))


def referred(
    changes: Iterable[Change], values: dict[int, dict[str, tuple[Any, Any]]]
) -> dict[Any, str]:
    """Names of the records that these values refer to, by (model, key)."""
    wanted: dict[type[Model], set[Any]] = {}
    for change in changes:
        for name, pair in values[change.pk].items():
            field = _field(change, name)
            if field is not None and field.remote_field is not None:
                keys = wanted.setdefault(field.related_model, set())
                keys.update(value for value in pair if value is not None)
    return {
        (model, str(row.pk)): str(row)
        for model, keys in wanted.items()
        for row in model._default_manager.filter(pk__in=keys)
    }
