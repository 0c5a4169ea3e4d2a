"""Of several processes one has the turn; it passes on when its holder's session has gone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from zhihuan.telemetry.scheduler import PeriodicJob
from zhihuan.web.platform.one_scheduler import LOCK, Turn, by_turns

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def turns() -> Iterator[tuple[Turn, Turn]]:
    both = Turn(), Turn()
    yield both
    for each in both:
        each.give_up()


def held(cursor: Any) -> bool:
    cursor.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [LOCK])
    return cursor.fetchone() is not None


def only_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one process")


def test_on_sqlite_the_one_process_has_the_turn(turns: tuple[Turn, Turn]) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL has many")
    assert turns[0].mine()


def test_one_has_it_and_keeps_it(turns: tuple[Turn, Turn]) -> None:
    only_postgresql()
    first, second = turns
    assert [first.mine(), second.mine(), first.mine(), second.mine()] == [True, False, True, False]


def test_given_up_it_is_anothers(turns: tuple[Turn, Turn]) -> None:
    only_postgresql()
    first, second = turns
    assert first.mine()
    first.give_up()
    assert second.mine()
    assert not first.mine()


def test_a_holder_cut_off_by_the_server_notices_and_another_may_take_over(
    turns: tuple[Turn, Turn],
) -> None:
    only_postgresql()
    first, second = turns
    assert first.mine()
    assert not second.mine()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s",
            [LOCK],
        )
        while held(cursor):
            time.sleep(0.02)  # the server ends its backends in its own time
    assert second.mine()
    assert not first.mine()


def test_jobs_rest_while_another_has_the_turn(turns: tuple[Turn, Turn]) -> None:
    only_postgresql()
    ran: list[str] = []
    job = PeriodicJob("seals", 60, lambda: ran.append("ran"))  # type: ignore[func-returns-value]
    (here,), (there,) = by_turns([job], turns[0]), by_turns([job], turns[1])
    here.run()
    there.run()
    assert ran == ["ran"]
    assert here.name == "seals"
