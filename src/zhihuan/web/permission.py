"""Who may open a page: said once, on its view, and read by the tests of every address.

    @requires("acquisition.view_devicecommand")
    def commands(request): …

    @opened_by(lambda user, noun, **_key: may(user, noun_of(noun).view))     a page of many kinds
    def record_page(request, noun, key): …

A view says exactly one of ``requires``, ``signed_in`` and ``everybody``; an address whose view says
nothing fails a test. What one may do with *this* record is asked in the view, of ``scope``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required, user_passes_test
from django.core.exceptions import PermissionDenied
from django.urls import Resolver404, ResolverMatch, resolve

from zhihuan.bureau.people.scope import scope_of

_View = TypeVar("_View", bound=Callable[..., Any])
_SAID = "zhihuan_entry"
_NARROWED = "zhihuan_opened_by"


@dataclass(frozen=True, slots=True)
class Entry:
    """Who may open an address: holders of all ``permissions``, ``everywhere`` only where they reach
    the whole city; without any, whoever is signed in; with ``why_open``, everybody, for that reason.
    """

    permissions: tuple[str, ...] = ()
    everywhere: bool = False
    why_open: str = ""

    def admits(self, user: Any) -> bool:
        """Whether this person gets through the door."""
        if self.why_open:
            return True
        scopes = [scope_of(user, permission) for permission in self.permissions]
        return bool(user.is_authenticated) and all(
            scope.city if self.everywhere else scope for scope in scopes
        )


def requires(*permissions: str, everywhere: bool = False) -> Callable[[_View], _View]:
    """Only people who hold all of these; others are told that they have no permission (403)."""
    if not permissions:
        raise ValueError("name a permission, or say signed_in or everybody")
    entry = Entry(permissions, everywhere)

    def admits(user: Any) -> bool:
        if user.is_authenticated and not entry.admits(user):
            raise PermissionDenied
        return bool(user.is_authenticated)  # a stranger is asked to sign in

    def guard(view: _View) -> _View:
        inner = entry_of(view) or Entry()
        both = Entry(permissions + inner.permissions, everywhere or inner.everywhere)
        return _say(user_passes_test(admits)(view), both)

    return guard


def signed_in(view: _View) -> _View:
    """Whoever is signed in: one's own things, or what a view narrows by itself to one's scope."""
    return _say(view, Entry())


def everybody(why: str) -> Callable[[_View], _View]:
    """Strangers too; ``why`` is for whoever reads the table of addresses."""

    def open_up(view: _View) -> _View:
        opened: Any = login_not_required(view)
        return _say(opened, Entry(why_open=why))

    return open_up


def entry_of(view: Any) -> Entry | None:
    """What a view says; None: nothing."""
    found: Entry | None = getattr(view, _SAID, None)
    return found


def opened_by(ask: Callable[..., bool]) -> Callable[[_View], _View]:
    """For a view of many kinds of things, which asks by itself: whether somebody gets in by an address
    with these parts. ``ask(user, **parts)``; only links are decided by it, never the page itself."""

    def narrow(view: _View) -> _View:
        setattr(view, _NARROWED, ask)
        return view

    return narrow


def opens(url: str, user: Any) -> bool:
    """Whether a link there is of use to this person: by the door of its view, and its kind of thing. A
    record beyond their scope is still not found there; an address of nobody's opens."""
    match = _match(urlsplit(url).path, settings.ROOT_URLCONF)
    if match is None:
        return True
    entry, narrowed = entry_of(match.func), getattr(match.func, _NARROWED, None)
    if entry is not None and not entry.admits(user):
        return False
    return narrowed is None or bool(narrowed(user, **match.kwargs))


@functools.lru_cache(maxsize=4096)
def _match(path: str, urlconf: str) -> ResolverMatch | None:
    """Kept: the navigation of every page asks for the same two dozen."""
    try:
        return resolve(path, urlconf)
    except Resolver404:
        return None


def _say(view: Any, entry: Entry) -> Any:
    setattr(view, _SAID, entry)
    return view
