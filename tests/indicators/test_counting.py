"""Which steps of a matter count, on which day, and for how much."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhihuan.indicators.counting import counted
from zhihuan.indicators.declaration import Acts, Traits, Which


@dataclass
class Step:
    pk: int
    step: str
    at: dt.datetime
    said: dict[str, Any] = field(default_factory=dict)


def step(pk: int, name: str, at: str = "2026-03-02T09:00+08:00", **said: Any) -> Step:
    return Step(pk, name, dt.datetime.fromisoformat(at), said)


def found(kind: Acts, *events: Step, matter: Any = None) -> list[Any]:
    return list(counted(matter, events, [kind]))


@pytest.mark.parametrize(
    ("which", "keys"), [(Which.FIRST, [1]), (Which.LAST, [3]), (Which.EVERY, [1, 3])]
)
def test_the_first_the_last_or_every_one(which, keys):
    kind = Acts("told", ("case",), ("tell",), which)
    events = (step(1, "tell"), step(2, "else"), step(3, "tell"))
    assert [each.event for each in found(kind, *events)] == keys
    assert found(kind, step(2, "else")) == []


def test_the_day_is_that_of_beijing():
    kind = Acts("told", ("case",), ("tell",))
    (late,) = found(kind, step(1, "tell", "2025-12-31T15:59+00:00"))
    (new,) = found(kind, step(1, "tell", "2025-12-31T16:00+00:00"))
    assert (late.day, new.day) == (date(2025, 12, 31), date(2026, 1, 1))


@pytest.mark.parametrize(
    "told", ["2026-02-27", "2026-02-26T16:30:00+00:00", "2026-02-27T08:30:00+08:00"]
)
def test_the_day_is_told_by_the_form_however_late_it_is_entered(told):
    kind = Acts("served", ("case",), ("serve",), day="happened")
    (one,) = found(kind, step(1, "serve", happened=told))
    assert one.day == date(2026, 2, 27)


def test_a_form_that_told_no_day_leaves_that_of_the_step():
    kind = Acts("served", ("case",), ("serve",), day="happened")
    assert [each.day for each in found(kind, step(1, "serve", happened=None))] == [date(2026, 3, 2)]


def test_what_is_void_does_not_count_and_amounts_are_to_the_fen():
    kind = Acts(
        "fined", ("case",), ("decide",), only=lambda each: not each.took("overturn"),
        amount=lambda each: Decimal(each.said["fine"]), traits=lambda each: Traits(case_type=each.matter),
    )  # fmt: skip
    decided = step(1, "decide", fine="1000.005")
    (one,) = found(kind, decided, matter="超标")
    assert (one.amount, one.traits.case_type) == (Decimal("1000.00"), "超标")
    assert found(kind, decided, step(2, "overturn"), matter="超标") == []
