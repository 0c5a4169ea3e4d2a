"""A column for JSON that comes back byte for byte.

A database's own JSON type keeps the meaning and not the text: it may order keys and write numbers
anew, so a digest over it would differ from engine to engine. Here the text is what is kept.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models

__all__ = ["ExactJSONField"]


class ExactJSONField(models.TextField):
    """Python values in and out, sorted compact JSON between. Refuses what JSON cannot say."""

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else exact_text(value)

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def value_to_string(self, obj: Any) -> str:
        return exact_text(self.value_from_object(obj))


def exact_text(value: Any) -> str:
    """The one text of a value. TypeError or ValueError (NaN) for what JSON cannot say."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
