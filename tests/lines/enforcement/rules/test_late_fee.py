"""The surcharge on a fine that was not paid in time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.lines.enforcement.rules.late_fee import Due, Payment, Stop, late_fee

D = Decimal
RATE = D("0.03")
BY = dt.date(2026, 10, 8)


def day(after: int) -> dt.date:
    return BY + dt.timedelta(days=after)


def fee(after: int, *, fine="50000", payments=(), stops=()):
    return late_fee([Due(BY, D(fine))], payments, stops, day(after), RATE)


@pytest.mark.parametrize(
    ("after", "amount"), [(-1, "0"), (0, "0"), (1, "1500"), (10, "15000"), (33, "49500")]
)
def test_three_percent_a_day_from_the_day_after_the_last(after, amount):
    found = fee(after)
    assert (found.amount, found.days) == (D(amount), max(after, 0))
    assert not found.is_capped


@pytest.mark.parametrize("after", [34, 100, 4000])
def test_never_above_the_fine(after):
    found = fee(after)
    assert (found.amount, found.is_capped) == (D("50000.00"), True)


def test_a_payment_lowers_what_the_following_days_are_reckoned_of():
    found = fee(10, payments=[Payment(day(5), D(30000))])
    assert found.amount == 5 * D(1500) + 5 * D(600)


def test_what_was_paid_in_time_bears_nothing():
    assert fee(10, payments=[Payment(BY, D(50000))]).amount == 0
    assert fee(10, payments=[Payment(day(1), D(50000))]).amount == D(1500)


def test_days_of_a_review_do_not_count_its_first_and_last_among_them():
    assert fee(10, stops=[Stop(day(3), day(6))]).amount == 6 * D(1500)
    assert fee(100, stops=[Stop(day(3))]).amount == 2 * D(1500)


def test_instalments_bear_each_from_its_own_day():
    dues = [Due(BY, D(20000)), Due(day(10), D(30000))]
    assert late_fee(dues, [], [], day(12), RATE).amount == 12 * D(600) + 2 * D(900)
    assert late_fee(dues, [Payment(BY, D(20000))], [], day(12), RATE).amount == 2 * D(900)


def test_it_is_rounded_once_at_the_end():
    assert fee(3, fine="33.33").amount == D("3.00")  # 2.9997


@pytest.mark.parametrize(("amount", "rate"), [("-1", "0.03"), ("1", "-0.03")])
def test_amounts_below_zero_are_refused(amount, rate):
    with pytest.raises(ValueError, match="below zero"):
        late_fee([Due(BY, D(amount))], [], [], BY, D(rate))


cents = st.integers(1, 10_000_000).map(lambda each: D(each) / 100)


@given(
    fine=cents,
    paid=st.lists(st.tuples(st.integers(-20, 90), cents), max_size=4),
    stop=st.tuples(st.integers(-5, 60), st.integers(0, 40)),
    after=st.integers(-5, 120),
)
def test_it_never_falls_with_time_nor_passes_the_fine(fine, paid, stop, after):
    payments = [Payment(day(on), amount) for on, amount in paid]
    stops = [Stop(day(stop[0]), day(stop[0] + stop[1]))]
    dues = [Due(BY, fine)]
    now, later = (late_fee(dues, payments, stops, day(each), RATE) for each in (after, after + 1))
    assert D(0) <= now.amount <= later.amount <= fine
    assert now.amount <= fee(after, fine=fine).amount
