"""What a page or an operation writes, it writes together with an entry of the audit trail: asked of every request
that a test sends through Django's client, where the test is named in ``writings.yaml`` or ``ZHIHUAN_AUDITED=1`` is set.

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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

TABLE = Path(__file__).parents[1] / "writings.yaml"
TRAIL = "audit_auditentry"
#: Tables that may change without an entry, and why.
UNTOLD = {
    "django_session": "the browser's own session",
    "access_apitoken": "when a token was used last; giving one out and taking it back note themselves",
    "vault_content": "a file handed in waits for its step, which notes it; one that nobody takes up is deleted",
    "vault_storedfile": "likewise",
    "access_ratewindow": "counts of calls, forgotten after minutes",
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


def _watched(asked: Callable[..., Any], told: set[str], wanted: set[str]) -> Callable[..., Any]:
    @functools.wraps(asked)
    def watched(client: Any, **environ: Any) -> Any:
        from django.db import connection

        tables: set[str] = set()
        before: dict[str, set[str]] = {}

        def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
            done = execute(sql, params, many, context)
            if found := _WRITES.match(str(sql)):
                # an UPDATE may meet no row; of an INSERT that returns its key SQLite says so too late
                if found[0].lstrip()[:6].upper() == "INSERT" or context["cursor"].rowcount:
                    tables.add(found[1])
            elif point := _SAVES.match(str(sql)):
                before[point[1]] = set(tables)
            elif point := _UNDOES.match(str(sql)):  # a look at what would be: nothing was written
                tables.intersection_update(before.get(point[1], ()))
            return done

        with connection.execute_wrapper(note):
            answer = asked(client, **environ)
        is_held = bool(wanted) or os.environ.get("ZHIHUAN_AUDITED") == "1"
        if answer.status_code < 400 and (is_held or TRAIL in tables):
            _judge(answer, environ["REQUEST_METHOD"], tables - set(UNTOLD), told)
        return answer

    return watched


def _judge(answer: Any, method: str, tables: set[str], told: set[str]) -> None:
    if not tables:
        return
    route = getattr(getattr(answer, "resolver_match", None), "route", "?")
    address = family(f"{method} {route}")
    if TRAIL not in tables:
        raise UntoldWriteError(
            f"{address} writes to {', '.join(sorted(tables))} and says nothing of it in the audit trail: call "
            "zhihuan.bureau.audit.record.record in the same transaction, or name the table with a reason in "
            "tests/support/audited_writes.py"
        )
    told.add(address)


def _note(told: set[str], test: str) -> None:
    if told and (file := os.environ.get("ZHIHUAN_WRITINGS")):
        with Path(file).open("a", encoding="utf-8") as notes:
            notes.writelines(f"{address}\t{test}\n" for address in sorted(told))
