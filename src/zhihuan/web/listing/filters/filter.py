# ruff: noqa: ARG002 - all filters share one signature
"""What every filter is: a name in the address, its input, its effect on rows, its words.

Filters are forgiving, because addresses are kept and shared: an unknown value selects nothing and a
malformed one nothing at all is filtered by, but it is shown back with what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Filter:
    """``name`` in the address, ``title`` for people; ``is_main`` filters are always in sight, the
    others under 更多条件."""

    name: str
    title: Any
    is_main: bool = True

    template: ClassVar[str] = ""

    def names(self) -> tuple[str, ...]:
        """Every name of the address it reads."""
        return (self.name,)

    def read(self, query: QueryDict) -> Any:
        """What was asked; falsy when nothing was."""
        raise NotImplementedError

    def narrow(self, rows: QuerySet[Any], asked: Any) -> QuerySet[Any]:
        """The rows that fit."""
        raise NotImplementedError

    def words(self, asked: Any, inputs: dict[str, Any]) -> str:
        """What was asked, in words, for chips and exports; ``inputs`` is what ``inputs`` gave."""
        raise NotImplementedError

    def problem(self, query: QueryDict) -> str:
        """What is wrong with what was asked and how to mend it, "" when nothing is."""
        return ""

    def inputs(self, query: QueryDict, user: Any) -> dict[str, Any]:
        """What the filter's template shows beside name and title."""
        return {"value": query.get(self.name, "")}
