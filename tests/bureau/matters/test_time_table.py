"""The table of time limits has a row a clock, by the law of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from filing import FILING

from zhihuan.bureau.clock import ClockError
from zhihuan.bureau.matters.declaration import Clock
from zhihuan.bureau.matters.time_table import time_table


def test_a_row_a_clock_with_its_law_and_the_steps_by_title() -> None:
    rows = {row.clock: row for row in time_table(FILING, date(2026, 3, 1))}
    assert set(rows) == {"check", "report", "review"}
    assert rows["check"].limit.code == "M02"
    assert rows["check"].starts == ("提交备案", "补正提交")
    assert rows["review"].duty == "party"


def test_the_day_chooses_the_law() -> None:
    approval = replace(FILING, clocks=(Clock("x", "x", "A01", ("submit",), ("file",)),))
    by_day = [next(iter(time_table(approval, date(2026, 8, day)))).limit for day in (14, 15)]
    assert [limit.basis.clause for limit in by_day] == ["§22", "§102"]


def test_a_day_without_such_a_limit_is_an_error() -> None:
    with pytest.raises(ClockError, match="in force on 2010"):
        list(time_table(FILING, date(2010, 1, 1)))
