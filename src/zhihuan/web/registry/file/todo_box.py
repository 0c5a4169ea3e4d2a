"""What is doubtful about an enterprise, its points and its devices: one query a kind of record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zhihuan.bureau.people.scope import may
from zhihuan.bureau.registry.quality.check import Check, todos
from zhihuan.web.registry.file.contents import Contents
from zhihuan.web.registry.nouns import noun_of


@dataclass(frozen=True, slots=True)
class Todo:
    """One finding: what is the matter with which record, how to mend it, and where."""

    check: Check
    row: Any
    url: str
    kind: Any


def todo_box(contents: Contents, user: Any) -> list[Todo]:
    """The findings of the file, for those who see its records."""
    return [
        *_of("enterprises", [contents.enterprise], user),
        *_of("points", contents.points, user),
        *_of("devices", contents.devices_here, user),
    ]


def _of(code: str, rows: Sequence[Any], user: Any) -> Iterator[Todo]:
    noun = noun_of(code)
    if not may(user, noun.view):
        return
    by_key = {row.pk: row for row in rows}
    for key, checks in todos(noun.model, rows).items():
        for check in checks:
            yield Todo(check, by_key[key], noun.url_of(by_key[key]), noun.one)
