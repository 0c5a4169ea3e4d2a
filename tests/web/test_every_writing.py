"""Every address that takes more than GET has a test that writes through it with an entry in the audit trail, or a
reason why it writes nothing; and a write without an entry fails whatever test sends it (``tests/support/audited_writes.py``)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from audited_writes import UntoldWriteError, family, wanted_of, writings
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, path, resolve

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.models import Organisation
from zhihuan.web.permission import everybody

REPOSITORY = Path(__file__).parents[2]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: What stands in for the parts of an address; nothing has this key.
PARTS = {
    "int": "987654", "str": "0000", "slug": "none", "path": "none",
    "uuid": "00000000-0000-0000-0000-000000000000",
}  # fmt: skip


def addresses(resolver: Any = None, before: str = "/") -> Iterator[str]:
    """An example of each address of the platform."""
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, route)
        elif "^" not in route:
            yield re.sub(r"<(?:(\w+):)?\w+>", lambda part: PARTS[part[1] or "str"], route)
    if before == "/":
        yield "/sensorthings/v1.1/Things"  # the one address that is a regular expression


@pytest.fixture
def taken(client: Any, person: Any, platform_store: Any) -> set[str]:
    """Every "POST route" that is not refused for its method. A method that nobody knows is answered with those
    that are taken (RFC 9110 §15.5.6); who answers otherwise takes anything."""
    everyone = person("系统管理员", name="all")
    everyone.is_superuser = True
    everyone.save()
    client.force_login(everyone)
    found: set[str] = set()
    for address in addresses():
        answer = client.generic("PURGE", address)
        allowed = answer["Allow"].split(", ") if answer.status_code == 405 else ["POST"]
        route = resolve(address).route
        found |= {family(f"{method} {route}") for method in set(allowed) - SAFE}
    return found


def test_every_address_that_writes_has_a_test_that_writes_through_it(taken: set[str]) -> None:
    unnamed = taken - set(writings())
    assert unnamed == set(), "name a test in tests/writings.yaml, or why nothing is written"
    assert set(writings()) - taken == set(), "tests/writings.yaml names what is no address any more"


def test_the_tests_that_are_named_are_there() -> None:
    named = {by for by in writings().values() if isinstance(by, str)}
    assert len(named) > 40
    assert {each for each in named if not is_there(each)} == set()


def is_there(test: str) -> bool:
    file, _colons, name = test.partition("::")
    if not (REPOSITORY / file).is_file():
        return False
    tree = ast.parse((REPOSITORY / file).read_text("utf-8"))
    return name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


def test_what_writes_nothing_says_why() -> None:
    others = [by for by in writings().values() if not isinstance(by, str)]
    assert all(len(why) > 10 for by in others for why in by.values())
    assert {kind for by in others for kind in by} == {"nothing"}


# ---- that the watch itself sees ----


def _write(_request: Any) -> HttpResponse:
    Organisation.objects.create(name="某局", kind="bureau")
    return HttpResponse("done")


@transaction.atomic
def _write_and_tell(request: Any) -> HttpResponse:
    record("organisation.open", "organisation:x")
    return _write(request)


def _write_before_telling(request: Any) -> HttpResponse:
    """Whoever dies in between has written and told nobody."""
    answer = _write(request)
    with transaction.atomic():
        record("organisation.open", "organisation:x")
    return answer


def _write_apart(_request: Any) -> HttpResponse:
    for act in (lambda: record("organisation.open", "organisation:x"), lambda: _write(None)):
        with transaction.atomic(savepoint=False):
            act()
    return HttpResponse("done")


def _write_and_think_better(_request: Any) -> HttpResponse:
    with transaction.atomic():
        _write(None)
        transaction.set_rollback(True)
    return HttpResponse("as it would be")


def _refuse(request: Any) -> HttpResponse:
    _write(request)
    return HttpResponse("no", status=409)


urlpatterns = [
    path("untold/", everybody("a test")(_write)),
    path("told/", everybody("a test")(_write_and_tell)),
    path("before/", everybody("a test")(_write_before_telling)),
    path("apart/", everybody("a test")(_write_apart)),
    path("unmade/", everybody("a test")(_write_and_think_better)),
    path("refused/", everybody("a test")(_refuse)),
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_a_write_without_an_entry_is_seen_by_whatever_method(
    client: Any, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIHUAN_AUDITED", "1")
    with pytest.raises(UntoldWriteError, match="people_organisation"):
        getattr(client, method)("/untold/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["before", "apart"])
def test_an_entry_in_a_transaction_of_its_own_is_none(
    client: Any, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIHUAN_AUDITED", "1")
    with pytest.raises(UntoldWriteError, match="people_organisation"):
        client.post(f"/{address}/")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["before", "apart"])
def test_so_it_is_within_the_transaction_of_a_test(
    client: Any, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIHUAN_AUDITED", "1")
    with pytest.raises(UntoldWriteError, match="people_organisation"):
        client.post(f"/{address}/")


@pytest.mark.parametrize("is_real", [False, True])
@pytest.mark.urls(__name__)
def test_what_is_undone_was_not_written(
    client: Any, is_real: bool, request: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue("transactional_db" if is_real else "db")
    monkeypatch.setenv("ZHIHUAN_AUDITED", "1")
    assert client.post("/unmade/").status_code == 200


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_write_with_its_entry_is_noted_and_a_refusal_is_not(
    client: Any, audited_writes: set[str]
) -> None:
    client.post("/told/")
    client.post("/refused/")
    assert audited_writes == {"POST told/"}


def test_a_test_that_is_named_for_nothing_must_write_nothing() -> None:
    assert wanted_of("tests/web/test_every_writing.py::nobody") == set()
    some = next(by for by in writings().values() if isinstance(by, str))
    assert wanted_of(some)
