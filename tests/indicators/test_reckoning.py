"""A figure is its list: as many rows, amounts that sum to it, whole and told apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhihuan.indicators.catalogue import indicator_of, indicators, shares
from zhihuan.indicators.declaration import How
from zhihuan.indicators.models import CountedAct
from zhihuan.indicators.periods import Period
from zhihuan.indicators.reckoning import DIMENSIONS, Told, reckoned, share_of, told_apart

YEAR = Period.parse("2026")
FINES = indicator_of("penalty_amount")


def by_hand(indicator, rows):
    """Reckoned one by one, in Decimal."""
    amounts = [each.amount for each in rows if each.amount is not None]
    if indicator.how is How.COUNT:
        return len(rows)
    if indicator.how is How.SUM:
        return sum(amounts, Decimal("0.00"))
    return (
        (sum(amounts) / len(amounts)).quantize(Decimal(1).scaleb(-indicator.places))
        if amounts
        else None
    )


def within(indicator, period):
    return [
        each
        for each in CountedAct.objects.filter(acts=indicator.acts.code)
        if period.first <= each.day <= period.last
    ]


@pytest.mark.parametrize("period", ["2026", "2026-Q2", "2026-02"])
def test_every_figure_is_the_count_or_sum_of_its_acts(act, period):
    act.many(90, seed=1)
    span = Period.parse(period)
    told = reckoned(CountedAct.objects.all(), indicators(), span)
    assert set(told) == {each.code for each in indicators()}
    for each in indicators():
        assert told[each.code].now == by_hand(each, within(each, span)), each.code
        assert told[each.code].before == by_hand(each, within(each, span.year_before)), each.code


@pytest.mark.parametrize("by", DIMENSIONS)
def test_told_apart_it_is_the_same_acts_once_each(act, by):
    act.many(60, seed=2)
    for indicator in (indicator_of("penalties_fined"), FINES):
        lines = told_apart(CountedAct.objects.all(), indicator, YEAR, by)
        rows = within(indicator, YEAR)
        for line in lines:
            same = [each for each in rows if key_of(each, by) == line.key]
            assert line.now == by_hand(indicator, same), line.key
        assert sum(line.now for line in lines) == by_hand(indicator, rows)
        assert len({line.key for line in lines}) == len(lines)


def key_of(row, by):
    return {"month": row.day.month, "town": row.town_id}.get(by) if by in {"month", "town"} else getattr(row, by)  # fmt: skip


def test_all_figures_of_a_period_cost_one_query_and_so_does_one_told_apart(
    act, django_assert_num_queries
):
    act.many(40, seed=3)
    with django_assert_num_queries(1):
        reckoned(CountedAct.objects.all(), indicators(), YEAR)
    with django_assert_num_queries(1):
        told_apart(CountedAct.objects.all(), FINES, YEAR, "town")


def test_the_first_and_the_last_day_count_and_the_days_beside_do_not(act):
    for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"):
        act("penalty_fined", day, amount="1")
    assert reckoned(CountedAct.objects.all(), [FINES], YEAR)["penalty_amount"].now == 2


def test_one_record_gone_the_figure_moves(act):
    gone = act("penalty_fined", "2026-03-02", amount="100.10")
    act("penalty_fined", "2026-03-02", amount="0.20")
    assert reckoned(CountedAct.objects.all(), [FINES], YEAR)["penalty_amount"].now == Decimal(
        "100.30"
    )
    gone.delete()
    assert reckoned(CountedAct.objects.all(), [FINES], YEAR)["penalty_amount"].now == Decimal(
        "0.20"
    )


def test_months_without_acts_are_zero_and_end_with_the_period(act):
    act("penalty_fined", "2026-02-28", amount="5")
    running = YEAR.until(date(2026, 3, 15))
    lines = told_apart(CountedAct.objects.all(), FINES, running, "month")
    assert [(each.key, each.now) for each in lines] == [(1, 0), (2, 5), (3, 0)]


def test_change_and_percent_are_missing_where_there_is_nothing_to_compare():
    assert Told(5, 0).percent is None
    assert (Told(5, 4).change, Told(5, 4).percent) == (1, Decimal("25.0"))
    assert Told(None, 4).change is None
    assert Told(0, 4).percent == Decimal("-100.0")


def test_a_share_is_part_of_whole_and_missing_without_a_whole(act):
    rate = next(each for each in shares() if each.code == "payment_rate")
    act("penalty_fined", "2026-03-02", amount="300")
    act("fine_paid", "2026-03-02", amount="100")
    told = reckoned(CountedAct.objects.all(), [rate.part, rate.whole], YEAR)
    assert share_of(rate, told) == Told(Decimal("33.3"), None)


def test_a_mean_of_money_is_told_to_the_fen_as_its_sum_is_and_days_to_a_tenth(act):
    for amount in ("100.00", "100.01", "100.01"):
        act("penalty_fined", "2026-02-01", amount=amount)
    mean = indicator_of("penalty_mean")
    told = reckoned(CountedAct.objects.all(), [mean, FINES], YEAR)
    assert str(told["penalty_mean"].now) == "100.01"
    assert str(told["penalty_amount"].now) == "300.02"
    assert indicator_of("decision_days").places == 1
