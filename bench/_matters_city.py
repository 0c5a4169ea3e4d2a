"""A city's matters of ten years, put in below the engine as the engine would have written them.

Ten events a matter on average, chained and digested, so that ``zhihuan audit verify`` finds nothing;
its clocks, its entry for search, and of its newest event the entry in the audit trail. Rows go in by
COPY on PostgreSQL, in several processes, and indexes are made afterwards: a million matters with ten
million events in minutes. Towns differ in size as in ``_registry_city``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import accumulate
from random import Random
from typing import Any

from bench._chinese_names import Names
from zhihuan.bureau.clock import History, WorkCalendar, published_calendar, reckon, time_limit
from zhihuan.bureau.clock.history import BEIJING, beijing_day

FIRST_DAY = dt.datetime(2022, 1, 4, 1, tzinfo=dt.UTC)
_DAYS = 1750
_PORTION = 5_000
FIRMS = 20_000
#: What matters go through unless told otherwise: a module with ``procedure``, WALKS, CLOCKS, said, MORE, more.
COURSE = "bench._matters_procedure"
#: Keys of a matter's events: no matter of any course has more.
_SPAN = 32
_TOPICS = (
    "超标排放水污染物", "未批先建", "未验先投", "废气收集设施不正常运行", "未按规定贮存危险废物",
    "噪声扰民", "油烟扰民", "未按证排污", "在线监测数据异常", "逃避监管排放", "扬尘污染", "未制定应急预案",
)  # fmt: skip
_TABLES = (
    "matters_matter", "matters_matterevent", "matters_runningclock", "matters_clockmark",
    "matters_matterlink", "search_entry", "audit_auditentry",
)  # fmt: skip
_COLUMNS = {
    "matters_matter": "id procedure edition state title party_id party_name town_id opened_at ended_at version "
    "head submission synthetic",
    "matters_matterevent": "id matter_id number at actor_id actor_name officers step source target said digest",
    "matters_runningclock": "matter_id code limit started_id ended_id outcome last_day due_at provisional",
    "search_entry": "id name texts letters codes",
    "audit_auditentry": "at actor_id actor_name action subject detail address",
}


@dataclass(frozen=True, slots=True)
class City:
    """Where matters happen and who acts: towns with cumulated weights, parties (key, name, town)."""

    towns: list[tuple[str, str]]
    weights: list[float]
    parties: list[tuple[int, str]]
    officer: int


def fill(matters: int, processes: int = 2, course: str = COURSE) -> None:
    """So many matters of a course into a migrated database without any, and let its planner look at it. On SQLite
    this process alone writes."""
    from django.db import connection

    city = _city()
    if connection.vendor == "sqlite":
        _fill_span(city, (1, matters + 1), course)
        _copy_next_due()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return
    share = -(-matters // (processes * 4))
    spans = [(first, min(first + share, matters + 1)) for first in range(1, matters + 1, share)]
    tables = [*_TABLES, *import_module(course).MORE]
    with _without_indexes(tables):
        connection.close()
        with ProcessPoolExecutor(processes, initializer=_start) as pool:
            list(pool.map(_fill_span, [city] * len(spans), spans, [course] * len(spans)))
    _copy_next_due()
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), COALESCE((SELECT max(id) FROM {table}), 1))"
                if table != "search_entry"
                else "SELECT 1"
            )
        cursor.execute("VACUUM ANALYZE")


def _copy_next_due() -> None:
    """What the engine copies with every step."""
    from zhihuan.bureau.matters.engine.next_due import copy_next_due
    from zhihuan.bureau.matters.models import Matter

    copy_next_due(Matter.objects.filter(ended_at__isnull=True))


def _start() -> None:
    from zhihuan.web.start import set_up

    set_up()


def _city() -> City:
    from zhihuan.bureau.people.models import Organisation, User
    from zhihuan.bureau.places.models import Town

    chance = Random(2026)
    towns = list(Town.objects.order_by("code"))
    chance.shuffle(towns)
    names = Names(chance)
    rows = [
        Organisation(name=names.company("中山市", ""), kind="enterprise", synthetic=True)
        for _ in range(FIRMS)
    ]
    made = Organisation.objects.bulk_create(rows, batch_size=2_000)
    for start in range(0, FIRMS, 2_000):
        Organisation.fill_paths(made[start : start + 2_000])
    officer = User.objects.create(username="bench-officer", display_name="张三")
    weights = list(accumulate(1 / (n + 1) ** 0.8 for n in range(len(towns))))
    parties = [(each.pk, each.name) for each in made]
    return City([(each.pk, each.name) for each in towns], weights, parties, officer.pk)


def _fill_span(city: City, span: tuple[int, int], course: str) -> None:
    from django.db import connection, transaction

    chance, known = Random(span[0]), import_module(course)
    tables = _COLUMNS | known.MORE
    for first in range(span[0], span[1], _PORTION):
        rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in tables}
        for number in range(first, min(first + _PORTION, span[1])):
            _matter(number, city, chance, rows, known)
        with transaction.atomic(), connection.cursor() as cursor:
            for table, lines in rows.items():
                _put(cursor, table, tables[table].split(), lines)


def _put(cursor: Any, table: str, names: list[str], lines: list[tuple[Any, ...]]) -> None:
    from django.db import connection

    columns = ", ".join(f'"{name}"' for name in names)
    if connection.vendor == "sqlite":
        marks = ", ".join(["%s"] * len(names))
        stored = [tuple(map(_stored, line)) for line in lines]
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", stored)
        return
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)


def _stored(value: Any) -> Any:
    """As SQLite keeps it: moments in UTC without their zone."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(sep=" ")
    return value.isoformat() if isinstance(value, dt.date) else value


def _matter(
    number: int, city: City, chance: Random, rows: dict[str, list[tuple[Any, ...]]], course: Any
) -> None:
    from zhihuan.bureau.audit.block import micros
    from zhihuan.bureau.matters.engine.chain import NOTHING, digest_of

    town, _name = chance.choices(city.towns, cum_weights=city.weights)[0]
    party, party_name = city.parties[int(chance.random() ** 2 * len(city.parties))]
    title = f"{party_name}{chance.choice(_TOPICS)}案"
    at = FIRST_DAY + dt.timedelta(days=chance.randrange(_DAYS), seconds=chance.randrange(28_000))
    opened, state, head = at, "", NOTHING
    weights = [weight for weight, _ in course.WALKS]
    steps = ("_open", *chance.choices(course.WALKS, weights=weights)[0][1])
    first_event, events, written = number * _SPAN, [], []
    for place, step in enumerate(steps, start=1):
        source, state = state, _after(course, step, state)
        source = source if place > 1 else ""
        said = course.said(step, at)
        fields = (number, place, micros(at), city.officer, "张三", "[]", step, source, state, said)
        head = digest_of(head, fields)
        events.append(at)
        written.append(
            (first_event + place, number, place, at, city.officer, "张三", "[]", step, source, state, said, head)
        )  # fmt: skip
        at += dt.timedelta(days=chance.randrange(1, 12))
    rows["matters_matterevent"] += written
    procedure = course.procedure()
    ended = events[-1] if procedure.state(state).end else None
    _clocks(number, first_event, steps, events, rows, course)
    rows["matters_matter"].append(
        (number, procedure.code, procedure.edition, state, title, party, party_name, town, opened, ended,
         len(steps), head, None, True)
    )  # fmt: skip
    noted = {
        "digest": head.hex(),
        "number": len(steps),
        "procedure": procedure.code,
        "step": steps[-1],
    }
    rows["audit_auditentry"].append(
        (events[-1], city.officer, "张三", "matter.step", f"matter:{number}",
         json.dumps(noted, ensure_ascii=False, sort_keys=True, separators=(",", ":")), "")
    )  # fmt: skip
    rows["search_entry"].append(_sought(number, f"{title} {party_name}"))
    for table, lines in course.more(rows["matters_matter"][-1], written).items():
        rows[table] += lines


def _clocks(  # noqa: PLR0913, PLR0917 - the parts of a matter
    number: int,
    first_event: int,
    steps: tuple[str, ...],
    events: list[dt.datetime],
    rows: dict[str, list[tuple[Any, ...]]],
    course: Any,
) -> None:
    expires = _at_the_end(course)
    for code, limit, begin, end in course.CLOCKS:
        if begin not in steps:
            continue
        began = steps.index(begin)
        last_day, due, provisional = _end(limit, beijing_day(events[began]))
        missed = expires[code] in steps
        last = expires[code] if missed else end
        over = steps.index(last) if last in steps else None
        outcome = "running" if over is None else "late" if events[over] >= due else "met"
        outcome = "expired" if missed else outcome
        ended = None if over is None else first_event + over + 1
        rows["matters_runningclock"].append(
            (number, code, limit, first_event + began + 1, ended, outcome, last_day, due, provisional)
        )  # fmt: skip


@lru_cache(maxsize=10_000)
def _end(limit: str, day: dt.date) -> tuple[dt.date | None, dt.datetime | None, bool]:
    due = reckon(
        time_limit(limit, on=day),
        History(dt.datetime.combine(day, dt.time(), BEIJING)),
        _calendar(),
    )
    return due.last_day, due.at, due.provisional


@lru_cache(maxsize=1)
def _calendar() -> WorkCalendar:
    return published_calendar()


@lru_cache(maxsize=2)
def _at_the_end(course: Any) -> dict[str, str]:
    """Clock → the step that the platform takes when it ends unmet, "" for none."""
    return {each.code: each.expires for each in course.procedure().clocks}


@lru_cache(maxsize=200)
def _after(course: Any, step: str, state: str) -> str:
    procedure = course.procedure()
    return str(procedure.begins if step == "_open" else procedure.step(step).leads_from(state))


@lru_cache(maxsize=300_000)
def _readings(name: str) -> tuple[str, str]:
    from zhihuan.bureau.search.readings import kept_readings
    from zhihuan.bureau.search.text import kept_name

    return kept_name(name), kept_readings(name)


def _sought(number: int, name: str) -> tuple[Any, ...]:
    from zhihuan.bureau.matters.models import Matter
    from zhihuan.bureau.search.declaration import searched

    known, letters = _readings(name)
    return (searched(Matter).key_of(number), known, "", letters, "")


@contextmanager
def _without_indexes(tables: list[str]) -> Iterator[None]:
    """Secondary indexes and checks of these tables are taken away and made again afterwards."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'u')",
            [tables],
        )
        constraints = cursor.fetchall()
        for table, name, _definition in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT LIKE '%%pkey'",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in sorted(constraints, key=lambda each: each[2]):
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
