"""A record as JSON and back: concrete fields by name, with values as their field writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

#: Fields that are kept out of the history: secrets, and what follows from others.
_NEVER = frozenset({"sealed_password", "sealed_keys", "password", "path", "last_login"})
_PLAIN = (bool, int, float, str, list, dict, type(None))


def as_json(row: models.Model) -> dict[str, Any]:
    """All fields but secrets, parents' fields of an inherited model included."""
    return {
        field.attname: _plain(field, row)
        for field in row._meta.concrete_fields
        if field.name not in _NEVER and not _is_parent_link(field)
    }


def put_back(row: models.Model, values: Mapping[str, Any]) -> None:
    """Set fields from their JSON form; a field that no longer exists is left out."""
    known = {field.attname: field for field in row._meta.concrete_fields}
    for name, value in values.items():
        if name in known:
            setattr(row, name, known[name].to_python(value))


def _plain(field: Any, row: models.Model) -> Any:
    value = getattr(row, field.attname)
    return value if isinstance(value, _PLAIN) else field.value_to_string(row)


def _is_parent_link(field: Any) -> bool:
    return bool(field.remote_field and getattr(field.remote_field, "parent_link", False))
