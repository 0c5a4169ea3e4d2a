"""An enterprise's duties on the list of what is to be mended (``web.inbox.to_mend``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.inbox.to_mend import Mending, Source, register_mending
from zhihuan.web.portal.own import PERMISSION, duties, own_enterprises

#: Of somebody's enterprises so many are looked through.
_MOST = 5


def register() -> None:
    """Once, when the web app starts."""
    register_mending(_DUTIES)


def _concerns(user: Any) -> bool:
    return bool(scope_of(user, PERMISSION).paths)


def _rows(user: Any) -> Iterator[Mending]:
    own = own_enterprises(user)[:_MOST]
    for enterprise in own:
        named = f"{enterprise}：" if len(own) > 1 else ""
        for each in duties(enterprise):
            words = f"{named}{each.words}"
            yield Mending(each.title, words, each.url, is_urgent=each.is_urgent)


_DUTIES = Source(_concerns, _rows)
