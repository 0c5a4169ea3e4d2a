"""The consecutive-day fine against a reckoning that walks day by day and shares no line with it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.lines.measures.reckoning import FineRefusedError, Round, Standstill, reckon_fine

D = dt.date
LIMIT = D(2026, 4, 1)
FINE = Decimal(100000)


def fine(served: dt.date, checked: dt.date, *stills: Standstill, by: dt.date = LIMIT):
    return reckon_fine(FINE, Round(served, checked, by), stills)


def test_the_day_of_service_does_not_count_and_the_day_of_the_check_does():
    found = fine(D(2026, 3, 2), D(2026, 3, 20))
    assert (found.first, found.last, found.days) == (D(2026, 3, 3), D(2026, 3, 20), 18)
    assert found.amount == Decimal(1800000)


def test_one_day_is_the_least():
    found = fine(D(2026, 2, 28), D(2026, 3, 1))
    assert (found.days, found.amount) == (1, FINE)


def test_holidays_count_like_any_day():
    """From the 14th over the nine days of Spring Festival to the 24th of February 2026."""
    assert fine(D(2026, 2, 14), D(2026, 2, 24)).days == 10


def test_no_day_counts_on_which_a_seal_stood():
    found = fine(D(2026, 3, 2), D(2026, 3, 20), Standstill("查封", D(2026, 3, 10), D(2026, 3, 12)))
    assert (found.days, found.spared, found.amount) == (15, 3, Decimal(1500000))


def test_a_day_under_two_measures_is_taken_out_once():
    stills = (
        Standstill("查封", D(2026, 3, 5), D(2026, 3, 9)),
        Standstill("停产", D(2026, 3, 8), D(2026, 3, 10)),
    )
    assert fine(D(2026, 3, 2), D(2026, 3, 20), *stills).spared == 6


def test_a_measure_that_still_stands_takes_all_days_from_its_first():
    assert fine(D(2026, 3, 2), D(2026, 3, 20), Standstill("停产", D(2026, 3, 11))).days == 8


@pytest.mark.parametrize(
    ("first", "last"), [(D(2026, 2, 1), D(2026, 3, 2)), (D(2026, 3, 21), D(2026, 3, 30))]
)
def test_what_stood_before_or_after_takes_nothing(first, last):
    assert fine(D(2026, 3, 2), D(2026, 3, 20), Standstill("查封", first, last)).spared == 0


@pytest.mark.parametrize(
    ("served", "checked", "stills", "words"),
    [
        (D(2026, 3, 2), D(2026, 3, 2), (), "晚于"),
        (D(2026, 3, 2), D(2026, 3, 1), (), "晚于"),
        (D(2026, 3, 2), D(2026, 4, 2), (), "已逾期"),
        (D(2026, 3, 2), D(2026, 3, 4), (Standstill("查封", D(2026, 3, 1)),), "没有可计罚的日数"),
    ],
)
def test_what_cannot_be_fined_is_refused_in_words(served, checked, stills, words):
    with pytest.raises(FineRefusedError, match=words):
        fine(served, checked, *stills)


def test_the_last_day_for_the_check_is_in_time():
    assert fine(D(2026, 3, 2), LIMIT).days == 30


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-1)])
def test_there_must_have_been_a_fine(amount):
    with pytest.raises(FineRefusedError):
        reckon_fine(amount, Round(D(2026, 3, 2), D(2026, 3, 4), LIMIT))


def test_the_sum_is_told_step_by_step():
    still = Standstill("某公司查封", D(2026, 3, 10), D(2026, 3, 12))
    told = fine(D(2026, 3, 2), D(2026, 3, 20), still).derivation.text()
    for words in (
        "2026-03-03",
        "18 日",
        "某公司查封",
        "3 日",
        "100,000.00 元 × 15 日",
        "1,500,000.00 元",
    ):
        assert words in told


# ---- against a naive reckoning ----

DAYS = st.dates(D(2026, 1, 1), D(2026, 4, 30))
STILLS = st.lists(
    st.tuples(DAYS, st.one_of(st.none(), st.integers(0, 60))).map(
        lambda each: Standstill(
            "查封", each[0], None if each[1] is None else each[0] + dt.timedelta(each[1])
        )
    ),
    max_size=6,
)
AMOUNTS = st.decimals("0.01", "5000000", places=2)


def naive(original: Decimal, served: dt.date, checked: dt.date, stills) -> tuple[int, Decimal]:
    """Walks from the day after the service to the check and adds the fine where nothing stood."""
    days, total, day = 0, Decimal(0), served
    while day < checked:
        day += dt.timedelta(1)
        if not any(
            each.first <= day and (each.last is None or day <= each.last) for each in stills
        ):
            days, total = days + 1, total + original
    return days, total


@given(AMOUNTS, DAYS, st.integers(1, 45), STILLS)
def test_it_comes_to_what_walking_day_by_day_comes_to(original, served, length, stills):
    checked = served + dt.timedelta(length)
    days, total = naive(original, served, checked, stills)
    round_ = Round(served, checked, served + dt.timedelta(45))
    if not days:
        with pytest.raises(FineRefusedError):
            reckon_fine(original, round_, stills)
        return
    found = reckon_fine(original, round_, stills)
    assert (found.days, found.amount, found.days + found.spared) == (days, total, length)
