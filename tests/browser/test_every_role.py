"""Every page that each role of the demo can come to by links: it opens, axe finds nothing, light and elder, and
nothing sticks out. One sign-in a role; what a role reaches is found, not listed (``role_walk``).

Many roles see the same pages. Every page of every role is fetched; axe looks at one only when it holds a part, in
its place, that no page looked at in this session held (``page_parts.js``). ``make axe-roles`` looks at every page of
every role instead.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from beside import beside

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("looks_only"),
    pytest.mark.timeout(3600 if "ZHIHUAN_AXE_EVERY_PAGE" in os.environ else 600),
]

#: Account of the demo → pages that it must come to on the way. Two are field officers: of a branch, and of the whole
#: city, who carries the visits.
ACCOUNTS = {
    "wall": {"point"},
    "duty": {"live", "alarm", "clues", "matter-step", "registry-file"},
    "field": {"matters", "visits", "people-officers"},
    "inspect-1": {"matter", "matter-step", "visit", "evidence-of"},
    "reviewer": {"matter", "matter-step"},
    "legal": {"matters", "matters-diagram"},
    "registrar": {"imports", "registry-edit", "registry-delete", "registry-changes"},
    "head": {"matter-new", "matter-step", "people-delegate", "people-certificates"},
    "leader": {"matter", "people-tree"},
    "enterprise": {"portal", "alarm", "registry-file"},
    "agency": {"my-account"},
    "carrier": {"my-account"},
    "system": {"people-edit", "people-open-account"},
    "security": {"people-revoke"},
    "audit": {"audit-entry", "people-matrix"},
}
#: What elder mode changes: colours and sizes. The rest was asked of the same page a moment ago.
_ELDER_RULES = ["color-contrast", "color-contrast-enhanced", "target-size", "link-in-text-block"]
_PARTS = Path(__file__).with_name("page_parts.js").read_text("utf-8")


class Eye:
    """Looks at a page when something on it has not been looked at in this session."""

    def __init__(self, axe: str) -> None:
        self._axe, self._fits = axe, beside("test_screens").sticking_out
        self._parts: set[str] = set()
        self._every_page = "ZHIHUAN_AXE_EVERY_PAGE" in os.environ
        self.looked = 0

    def wants(self, parts: list[str]) -> bool:
        """Whether the page holds a part that is new (it is not the next time)."""
        is_new = not self._parts.issuperset(parts)
        self._parts.update(parts)
        return bool(parts) and (is_new or self._every_page)  # no parts: a file to download

    def judged(self, page: Any) -> list[str]:
        """Of the page as it stands, then in elder mode."""
        self.looked += 1
        page.evaluate(self._axe)
        found = self._in(page, "light")
        page.evaluate("() => { document.documentElement.dataset.mode = 'elder' }")
        return found + self._in(page, "elder")

    def _in(self, page: Any, mode: str) -> list[str]:
        return [*findings(page, mode), *(f"{mode} sticks out: {each}" for each in self._fits(page))]


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


@pytest.fixture(scope="module")
def eye(axe: str) -> Eye:
    return Eye(axe)


def test_every_role_has_an_account_here() -> None:
    from zhihuan.bureau.people.roles import ROLES
    from zhihuan.demo.packaged import packaged

    table = packaged("accounts")
    role_of = {
        each["username"]: each["role"]
        for each in [*table["accounts"], table["officer"], table["enterprise"]]
    }
    assert {role_of[username] for username in ACCOUNTS if username in role_of} == set(ROLES)


@pytest.mark.parametrize("username", ACCOUNTS)
def test_no_page_of_a_role_has_a_barrier(
    desk: Any, office: str, eye: Eye, record_property: Any, username: str
) -> None:
    walk, wrong, looked = beside("role_walk").Walk(), [], eye.looked
    page, source = desk(username, "/open/"), desk(username, "/open/")
    for path in walk:
        told = source.evaluate(_PARTS, path)
        if told["status"] != 200:
            wrong.append(f"{path}: {told['status']}")
            continue
        walk.found(path, told["links"])
        if eye.wants(told["parts"]):
            page.goto(office + path)
            wrong += [f"{path}: {each}" for each in eye.judged(page)]
    record_property("pages", f"{walk.opened} fetched, {eye.looked - looked} looked at")
    print(f"{username}: {walk.opened} pages fetched, {eye.looked - looked} looked at")
    assert wrong == []
    assert walk.names >= ACCOUNTS[username], sorted(walk.names)
