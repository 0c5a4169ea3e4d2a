"""What a page or an operation writes, it writes together with an entry of the audit trail, in one transaction: asked of every request
that a test sends through Django's client, where the test is named in ``writings.yaml`` or ``ZHIHUAN_AUDITED=1`` is set; of other
tests, that a request that notes anything leaves nothing out.

A step of a matter notes its link of the chain in the trail, so the trail is what is asked. Exceptions stand in
``UNTOLD`` with their reasons. ``writings.yaml`` names for every address that takes more than GET the test that writes
through it, or why it writes nothing; that test fails when it does not (``tests/web/test_every_writing.py`` asks that
no address is left out).

    ZHIHUAN_WRITINGS=/tmp/seen.txt pytest …   # notes "POST route<tab>test" of every audited write, to fill the table
"""

from __future__ import annotations

import functools
import os
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml

TABLE = Path(__file__).parents[1] / "writings.yaml"
TRAIL = "audit_auditentry"
#: Tables that may change without an entry, and why.
UNTOLD = {
    "django_session": "the browser's own session",
    "usersessions_usersession": "the same, as its owner sees it: from where and when last; signing in and ending one note themselves",
    "socialaccount_socialaccount": "when an identity was used last; linking one notes itself (test_unified asks for it)",
    "access_apitoken": "when a token was used last; giving one out and taking it back note themselves",
    "vault_content": "a file handed in waits for its step, which notes it; one that nobody takes up is deleted",
    "vault_storedfile": "likewise",
    "access_ratewindow": "counts of calls, forgotten after minutes",
    "registry_registryversion": "a number that grows with every change of the registry, each of which notes itself",
    "vault_bundle": "how far an archive is made: noted with its digest when it is done, and each piece in it when asked for",
    "compliance_keptquarter": "past quarters as reckoned out of what is kept anyway, so that nobody reckons them twice",
    "inbox_receipt": "whether somebody has read a message of their own",
    "registry_importfile": "how far an upload is; what it does to the registry notes itself (registry.import)",
}
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
_SAVES = re.compile(r'SAVEPOINT "?(\w+)')
_UNDOES = re.compile(r'ROLLBACK TO SAVEPOINT "?(\w+)')


#: Operations that one function makes for every procedure and every resource; each of them is watched all the same.
_FAMILIES = (
    (re.compile(r"(api/v1/matters/)\w+"), r"\1*"),
    (re.compile(r"(api/v1/matters/\*/.*/steps/)\w+"), r"\1*"),
    (re.compile(r"(registry/)\w+(/batch/)"), r"\1*\2"),
    (re.compile(r"(api/v1/)(?!matters/|openapi)[\w-]+(?:/<(?:path|int|str|slug):key>)?$"), r"\1*"),
)


class UntoldWriteError(AssertionError):
    """A request changed the database and the audit trail says nothing of it."""


def family(address: str) -> str:
    """ "METHOD route" with a star for the procedure, step or resource."""
    for pattern, star in _FAMILIES:
        address = pattern.sub(star, address)
    return address


@functools.cache
def writings() -> dict[str, Any]:
    """ "POST route" → the test that writes through it, or {nothing: why}."""
    found: dict[str, Any] = yaml.safe_load(TABLE.read_text("utf-8"))
    return found


def wanted_of(test: str) -> set[str]:
    """The addresses that a test must have written through."""
    return {address for address, by in writings().items() if by == test}


@pytest.fixture(autouse=True)
def audited_writes(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[set[str]]:
    """The addresses through which this test wrote, each with its entry."""
    from django.test import Client

    told: set[str] = set()
    test = request.node.nodeid.partition("[")[0]
    monkeypatch.setattr(Client, "request", _watched(Client.request, told, wanted_of(test)))
    failed = request.session.testsfailed
    yield told
    _note(told, request.node.nodeid)
    if request.session.testsfailed == failed and (untouched := wanted_of(test) - told):
        pytest.fail(f"writings.yaml says that this test writes through {sorted(untouched)}")


class _Transactions:
    """What each transaction of a request wrote: tables by its number. A test's own transaction around everything is not
    counted: the outermost block that a request enters is what would be its transaction on a platform, and a write
    outside of any is one by itself."""

    def __init__(self) -> None:
        self.tables: defaultdict[int, set[str]] = defaultdict(set)
        self._number = self._depth = 0
        self._points: dict[str, set[str]] = {}
        self._thread = threading.get_ident()

    @contextmanager
    def watching(self) -> Iterator[None]:
        from django.db import connection
        from django.db.transaction import Atomic

        enter, leave = Atomic.__enter__, Atomic.__exit__

        def entered(block: Any) -> None:
            self._enters()
            enter(block)

        def left(block: Any, kind: Any, value: Any, trace: Any) -> None:
            self._leaves(is_undone=kind is not None or connection.needs_rollback)
            leave(block, kind, value, trace)

        blocks = patch.multiple(Atomic, __enter__=entered, __exit__=left)
        with blocks, connection.execute_wrapper(self._executed):
            yield

    def _enters(self) -> None:
        if threading.get_ident() == self._thread:
            self._number += not self._depth
            self._depth += 1

    def _leaves(self, *, is_undone: bool) -> None:
        if threading.get_ident() == self._thread:
            self._depth -= 1
            if is_undone and not self._depth:
                self.tables.pop(self._number, None)

    def _executed(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if found := _WRITES.match(str(sql)):
            # an UPDATE may meet no row; of an INSERT that returns its key SQLite says so too late
            if found[0].lstrip()[:6].upper() == "INSERT" or context["cursor"].rowcount:
                self._number += not self._depth
                self.tables[self._number].add(found[1])
        elif point := _SAVES.match(str(sql)):
            self._points[point[1]] = set(self.tables[self._number])
        elif point := _UNDOES.match(str(sql)):  # a look at what would be: nothing was written
            self.tables[self._number].intersection_update(self._points.get(point[1], ()))
        return done


def _watched(asked: Callable[..., Any], told: set[str], wanted: set[str]) -> Callable[..., Any]:
    @functools.wraps(asked)
    def watched(client: Any, **environ: Any) -> Any:
        transactions = _Transactions()
        with transactions.watching():
            answer = asked(client, **environ)
        written = [tables for tables in transactions.tables.values() if tables]
        is_held = bool(wanted) or os.environ.get("ZHIHUAN_AUDITED") == "1"
        if (
            not is_held
        ):  # asked of every transaction where the address is named, of others as a whole
            written = [set().union(*written)]
        if answer.status_code < 400 and (is_held or TRAIL in written[0]):
            _judge(answer, environ["REQUEST_METHOD"], written, told)
        return answer

    return watched


def _judge(answer: Any, method: str, written: list[set[str]], told: set[str]) -> None:
    route = getattr(getattr(answer, "resolver_match", None), "route", "?")
    address = family(f"{method} {route}")
    for tables in written:
        if not (left := tables - set(UNTOLD)):
            continue
        if TRAIL not in left:
            raise UntoldWriteError(
                f"{address} writes to {', '.join(sorted(left))} and says nothing of it in the audit trail in the same "
                "transaction: call zhihuan.bureau.audit.record.record inside it, or name the table with a reason in "
                "tests/support/audited_writes.py"
            )
        told.add(address)


def _note(told: set[str], test: str) -> None:
    if told and (file := os.environ.get("ZHIHUAN_WRITINGS")):
        with Path(file).open("a", encoding="utf-8") as notes:
            notes.writelines(f"{address}\t{test}\n" for address in sorted(told))
