"""The clock and a naive walk over the calendar agree on every generated history.

``make clocks`` runs a million; here a small dose. A history: a real limit of the catalogue or any
other, a start in 2004 to 2028, up to three standstills that may overlap, and extensions.
"""

from __future__ import annotations

import os
import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from zhihuan.bureau.clock import (
    Basis,
    Extendable,
    Extension,
    ExtensionRefusedError,
    History,
    Length,
    Limit,
    Suspension,
    Unit,
    published_calendar,
    reckon,
    time_limits,
)
from zhihuan.bureau.clock.history import BEIJING

sys.path.insert(0, str(Path(__file__).parent))
from naive_clock import DAY, Walk, due_after_hours

HISTORIES = int(os.environ.get("ZHIHUAN_CLOCK_HISTORIES", "5000"))
FIRST, LAST = date(2004, 1, 5), date(2028, 12, 31)
REAL = [
    limit
    for editions in time_limits().values()
    for limit in editions
    if not limit.before and isinstance(limit.length, Length)  # neither by the year nor as decided
]
SHORT = {Unit.WORKING_DAY: 90, Unit.CALENDAR_DAY: 150, Unit.MONTH: 12, Unit.YEAR: 5, Unit.HOUR: 72}


def any_limit(dice: random.Random) -> Limit:
    if dice.random() < 0.5:
        return dice.choice(REAL)
    hours = dice.random() < 0.1
    units = [Unit.HOUR] if hours else [each for each in Unit if each is not Unit.HOUR]
    ways = [
        Extendable(code, code, _length(dice, units), times=dice.randint(1, 2))
        for code in ("first", "second")[: dice.randint(0, 2)]
    ]
    return Limit(
        code="made",
        procedure="made",
        step="made",
        starts="made",
        length=_length(dice, units),
        basis=Basis("made", "§1", date(2000, 1, 1)),
        extendable=tuple(ways),
        pauses=frozenset({"鉴定", "听证"}),
        rolls=dice.random() < 0.8,
    )


def _length(dice: random.Random, units: list[Unit]) -> Length:
    unit = dice.choice(units)
    return Length(dice.randint(1, SHORT[unit]), unit)


def any_moment(dice: random.Random, day: date) -> datetime:
    moment = datetime(day.year, day.month, day.day, tzinfo=BEIJING)
    return moment + timedelta(minutes=dice.randrange(24 * 60))


def any_history(dice: random.Random, limit: Limit) -> History:
    start = any_moment(dice, FIRST + dice.randrange((LAST - FIRST).days) * DAY)
    stops = [
        _stop(dice, start, limit)
        for _ in range(dice.randint(0, 3))
        if limit.pauses and dice.random() < 0.7
    ]
    ways = [way for way in limit.extendable for _ in range(way.times)]
    granted = ways[: dice.randint(0, len(ways))]
    # granted at the start, so never too late; lateness has tests of its own
    extensions = [Extension(way.code, start, "负责人", "案情复杂") for way in granted]
    return History(start, tuple(stops), tuple(extensions))


def _stop(dice: random.Random, start: datetime, limit: Limit) -> Suspension:
    scale = 3 if limit.in_hours else 120
    since = start + timedelta(minutes=dice.randrange(-24 * 60, scale * 24 * 60))
    until = since + timedelta(minutes=dice.choice([0, dice.randrange(40 * 24 * 60)]))
    reason = dice.choice(sorted(limit.pauses))
    return Suspension(reason, since, None if dice.random() < 0.05 else until)


def expected(limit: Limit, history: History) -> date | datetime | None:
    ways = {way.code: way.length for way in limit.extendable}
    lengths = [limit.length, *(ways[each.code] for each in history.extensions)]
    if limit.in_hours:
        hours = sum(each.number for each in lengths)
        stops = [(each.since, each.until) for each in history.suspensions]
        return due_after_hours(history.started, hours, stops)
    walk = Walk(
        history.started.date(),
        [(each.number, str(each.unit)) for each in lengths],
        [(each.since.date(), each.until and each.until.date()) for each in history.suspensions],
        limit.rolls,
    )
    return walk.last_day()


def told(limit: Limit, history: History) -> date | datetime | None:
    due = reckon(limit, history, published_calendar())
    return due.at if limit.in_hours else due.last_day


@pytest.mark.timeout(7200)
def test_every_generated_history_is_due_when_the_naive_walk_says() -> None:
    dice = random.Random(20260815)
    for number in range(HISTORIES):
        limit = any_limit(dice)
        history = any_history(dice, limit)
        assert told(limit, history) == expected(limit, history), (number, limit, history)


def test_the_generator_reaches_every_kind_of_history() -> None:
    dice = random.Random(1)
    made = [(limit, any_history(dice, limit)) for limit in (any_limit(dice) for _ in range(4000))]
    dues = [reckon(limit, history, published_calendar()) for limit, history in made]
    kinds = {stage.kind for due in dues for stage in due.stages}
    assert kinds == {"period", "extension", "still", "roll", "hours"}
    assert {due.is_still for due in dues} == {True, False}
    assert {due.provisional for due in dues} == {True, False}
    assert {limit.length.unit for limit, _ in made} == set(Unit)


def test_an_extension_after_the_end_is_refused_in_every_history() -> None:
    dice = random.Random(7)
    refused = 0
    for _ in range(500):
        limit = any_limit(dice)
        history = any_history(dice, limit)
        plain = History(history.started, history.suspensions)
        due = reckon(limit, plain, published_calendar())
        if not limit.extendable or due.at is None:
            continue
        late = Extension(limit.extendable[0].code, due.at, "负责人", "迟了")
        with pytest.raises(ExtensionRefusedError, match="too late"):
            reckon(
                limit, History(history.started, history.suspensions, (late,)), published_calendar()
            )
        refused += 1
    assert refused > 50
