"""What a role can come to by links: a page of every kind, from every kind of page that leads to it.

A kind is the name of an address with those of its arguments that are words of the platform (noun, procedure, step).
Where an argument names a record, one record of a hundred is opened, but one for each kind of page that leads to it:
a case, a clue and a visit share an address and are all opened. Nothing is cut off: the walk ends when no link is
left, and fails when it finds no end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

__all__ = ["Walk"]

#: Arguments of addresses that are words of the platform; every other names a record.
_WORDS = ("noun", "procedure", "step", "word")
_NOT_PAGES = (".json", ".csv", ".xlsx", "/api/", "/sensorthings/", "format=")
#: No role has so many kinds of pages: addresses are being made that lead to new ones for ever.
_NO_END = 2_000

Kind = tuple[str, ...]


class Walk:
    """Iterate, and tell the links of each page (``found``) before the next."""

    def __init__(self, start: str = "/") -> None:
        self._kinds: set[Kind] = set()
        self._known = {start}
        self._waiting = deque([start])
        self.names: set[str] = set()
        self.opened = 0

    def __iter__(self) -> Iterator[str]:
        while self._waiting:
            assert self.opened < _NO_END, f"no end in sight: {list(self._waiting)[:20]}"
            self.opened += 1
            yield self._waiting.popleft()

    def found(self, on: str, links: Iterable[str]) -> None:
        """What the page ``on`` leads to."""
        whence, _named = _kind(on) or ((), False)
        for link in links:
            kind, names_a_record = _kind(link) or ((), False)
            if names_a_record:
                kind += whence
            if kind and link not in self._known and kind not in self._kinds:
                self._kinds.add(kind)
                self._known.add(link)
                self.names.add(kind[0])
                self._waiting.append(link)


def _kind(link: str) -> tuple[Kind, bool] | None:
    """The kind of a page, and whether its address names a record; None for what is no page."""
    if any(part in link for part in _NOT_PAGES):
        return None
    try:
        match = resolve(urlsplit(link).path)
    except Resolver404:
        return None
    words = (str(match.kwargs[each]) for each in _WORDS if each in match.kwargs)
    return (match.url_name or match.route, *words), bool({*match.captured_kwargs} - {*_WORDS})
