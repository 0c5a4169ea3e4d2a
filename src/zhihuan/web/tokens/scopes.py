"""Which scopes a token can be given on the pages: the rights that the interface asks for anywhere."""

from __future__ import annotations

import functools
from typing import Any

from zhihuan.bureau.people.actions import declared_actions
from zhihuan.bureau.people.scope import may
from zhihuan.web.api.resources import RESOURCES


@functools.cache
def asked_by_the_interface() -> frozenset[str]:
    """The permissions of all resources; what a program reads of points hangs on theirs."""
    reading = {resource.view for resource in RESOURCES.values()}
    writings = [each.writing for each in RESOURCES.values() if each.writing is not None]
    return frozenset(reading | {w.add for w in writings} | {w.change for w in writings})


def words_of(code: str) -> str:
    """A scope in plain words, with its code."""
    action = declared_actions().get(code)
    return f"{action.text}（{code}）" if action else code


def choices(user: Any = None) -> list[tuple[str, str]]:
    """The scopes in the order of their declaration; those ``user`` holds, where one is given."""
    asked = asked_by_the_interface()
    return [
        (code, words_of(code))
        for code in declared_actions()
        if code in asked and (user is None or may(user, code))
    ]
