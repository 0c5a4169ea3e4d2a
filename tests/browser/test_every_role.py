"""Every page that a role of the demo can come to by links: axe finds nothing, light and elder, nothing
sticks out, and the page opens. One sign-in a role; what a role reaches is found, not listed.

The roles of the business and the two other administrators are not walked yet: their pages are looked at by
lists (test_accessibility as an officer, test_people).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("chromium"),
    pytest.mark.usefixtures("looks_only"),
]

#: Account of the demo → a page it must come to on the way: the walk is not cut short.
ROLES = {
    "wall": "point",
    "enterprise": "portal",
    "agency": "my-account",
    "security": "people-revoke",
}
MOST_PAGES = 120
#: What elder mode changes: colours and sizes. The rest was asked of the same page a moment ago.
_ELDER_RULES = ["color-contrast", "color-contrast-enhanced", "target-size", "link-in-text-block"]
_LINKS = """() => [...document.querySelectorAll('a[href]:not([download])')]
  .map(a => new URL(a.href)).filter(u => u.origin === location.origin && !u.hash)
  .map(u => u.pathname + u.search)"""
_NOT_PAGES = (".json", ".csv", ".xlsx", "/api/", "/sensorthings/", "format=")


def beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Walk:
    """One page of every kind that links lead to: of a hundred records one is opened."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()
        self._waiting: list[str] = ["/"]
        self.names: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        while self._waiting and len(self._seen) < MOST_PAGES:
            yield self._waiting.pop(0)

    def found(self, links: list[str]) -> None:
        for link in links:
            if (kind := self._kind(link)) is not None and kind not in self._seen:
                self._seen.add(kind)
                self.names.add(kind[0])
                self._waiting.append(link)

    def _kind(self, link: str) -> tuple[str, str] | None:
        if any(part in link for part in _NOT_PAGES):
            return None
        try:
            match = resolve(urlsplit(link).path)
        except Resolver404:
            return None
        return match.url_name or match.route, str(match.kwargs.get("noun", ""))


def findings(page: Any, mode: str) -> list[str]:
    """What axe-core finds, one line a rule with its first element."""
    only = {"runOnly": _ELDER_RULES} if mode == "elder" else {}
    report = page.evaluate(
        "options => axe.run(document, { resultTypes: ['violations'], ...options })", only
    )
    return [
        f"{mode} {found['id']}: {found['nodes'][0]['html'][:160]} ({len(found['nodes'])}×)"
        for found in report["violations"]
    ]


def judged(page: Any, axe: str, fits: Any) -> list[str]:
    """Of the page as it stands, then in elder mode."""
    page.evaluate(axe)
    found = [*findings(page, "light"), *(f"sticks out: {each}" for each in fits(page))]
    page.evaluate("() => { document.documentElement.dataset.mode = 'elder' }")
    found += [*findings(page, "elder"), *(f"elder sticks out: {each}" for each in fits(page))]
    page.evaluate("() => { delete document.documentElement.dataset.mode }")
    return found


@pytest.mark.parametrize("username", ROLES)
def test_no_page_of_a_role_has_a_barrier(desk: Any, office: str, axe: str, username: str) -> None:
    fits = beside("test_screens").sticking_out
    page, walk, wrong = desk(username, "/"), Walk(), []
    for path in walk:
        answer = page.goto(office + path)
        if answer.status != 200:
            wrong.append(f"{path}: {answer.status}")
            continue
        walk.found(page.evaluate(_LINKS))
        wrong += [f"{path}: {each}" for each in judged(page, axe, fits)]
    assert wrong == []
    assert ROLES[username] in walk.names, sorted(walk.names)
