"""The group 事项 of the navigation: all matters, then each procedure, to whoever may see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.rebasing import REBASE
from zhihuan.bureau.people.scope import may
from zhihuan.web.matters.editions_page import EDITIONS, is_any_older
from zhihuan.web.matters.place import ALL
from zhihuan.web.matters.visible import procedures_for
from zhihuan.web.shell import NavigationEntry, register_navigation_source

GROUP = "matters"


def register() -> None:
    """Once, when the web app starts."""
    register_navigation_source(entries)


def entries(user: Any) -> Iterator[NavigationEntry]:
    """Nothing for somebody who may see no procedure."""
    procedures = procedures_for(user)
    if procedures:
        yield NavigationEntry(ALL, _("全部事项"), group=GROUP)
    for each in procedures:
        yield NavigationEntry("matters-of", each.title, group=GROUP, arguments=(each.code,))
    if is_any_older() and may(user, REBASE):
        yield NavigationEntry(EDITIONS, _("可换版的事项"), group=GROUP)
