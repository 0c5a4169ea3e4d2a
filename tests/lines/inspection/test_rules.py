"""The line's own judgements: pure, so asked without a platform."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.lines.inspection import rules
from zhihuan.lines.inspection.rules import Record
from zhihuan.standards.errors import OutsideEditionsError

DAY = dt.date(2026, 2, 12)
AT = dt.datetime(2026, 2, 12, 9, tzinfo=dt.UTC)


def test_no_figure_of_this_line_is_called_official():
    assert rules.visits_edition(DAY).confidence == "unconfirmed"
    assert "待核" in rules.visits_edition(DAY).note


@pytest.mark.parametrize(
    ("credit", "level", "weight"),
    [("A", "registered", 1), ("B", "simplified", 2), ("B", "key", 6), ("D", "key", 24), ("", "key", 6), ("C", "none", 4)],
)  # fmt: skip
def test_tickets_are_credit_times_risk_and_whole(credit, level, weight):
    assert rules.weight_of(credit, level, DAY) == weight


def test_worse_credit_weighs_more_and_is_entered_more_often():
    weights = [rules.weight_of(credit, "key", DAY) for credit in "ABCD"]
    caps = [rules.cap_of(credit, DAY) for credit in "ABCD"]
    assert weights == sorted(set(weights))
    assert caps == sorted(set(caps))


@pytest.mark.parametrize(
    ("kind", "firm", "words"),
    [
        ("random", Record(), ""),
        ("random", Record("A", entered=1), "上限 1 次"),
        ("random", Record("B", entered=1), ""),
        ("targeted", Record("B", entered=2), "上限 2 次"),
        ("clue", Record("A", entered=9), ""),
        ("request", Record("A", entered=9), ""),
        ("clue", Record(waiting="另一检查"), "请并入该次检查"),
        ("emergency", Record(waiting="另一检查"), ""),
        ("random", Record(exempt_until=dt.date(2026, 12, 31)), "正面清单内（至 2026-12-31）"),
        ("targeted", Record(exempt_until=dt.date(2026, 12, 31)), ""),
    ],
)
def test_whether_a_firm_may_be_entered_and_why_not(kind, firm, words):
    told = rules.not_entered_for(kind, firm, DAY)
    assert (words in told) if words else told == ""


@pytest.mark.parametrize(("minutes", "words"), [(0, "1440 分钟后"), (1439, "1 分钟后"), (1440, "")])
def test_a_promise_is_public_for_a_day_before_the_draw(minutes, words):
    told = rules.may_draw_from(AT, AT + dt.timedelta(minutes=minutes))
    assert (words in told) if words else told == ""


def test_before_the_rules_there_is_no_cap():
    with pytest.raises(OutsideEditionsError):
        rules.cap_of("A", dt.date(2024, 12, 31))
