"""One fact of a description list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhihuan.web.components.value import Kind, shown


@dataclass(frozen=True, slots=True)
class Term:
    """A term and its value. ``reason`` says why a value is missing; ``unit`` and ``kind`` how it is
    written (see ``value.Kind``); ``note`` is a remark behind it."""

    term: Any
    value: Any
    kind: Kind = Kind.TEXT
    unit: str = ""
    url: str = ""
    note: str = ""
    reason: Any = ""

    @property
    def is_missing(self) -> bool:
        return self.value is None or self.value == ""

    @property
    def shown(self) -> Any:
        return shown(self.value, self.kind, self.unit)
