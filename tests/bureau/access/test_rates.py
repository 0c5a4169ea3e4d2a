"""However many processes ask, no more than the allowance is granted in a minute."""

from __future__ import annotations

import pytest

from zhihuan.bureau.access.models import RateWindow
from zhihuan.bureau.access.rates import Rates, forget_past

pytestmark = pytest.mark.django_db
NOON = 1_780_000_020.0  # 0 s into a minute


def granted(process: Rates, times: int, allowed: int = 100, now: float = NOON) -> int:
    return sum(process.admit("token:1", allowed, now) == 0 for _n in range(times))


def test_the_allowance_is_granted_and_no_more():
    process = Rates()
    assert granted(process, 150) == 100


def test_processes_share_one_allowance():
    one, other = Rates(), Rates()
    assert granted(one, 60) + granted(other, 60) == 100


def test_an_allowance_that_does_not_divide_is_still_granted_whole():
    assert granted(Rates(), 200, allowed=59) == 59
    assert granted(Rates(), 9, allowed=3, now=NOON + 60) == 3


def test_the_next_minute_begins_anew():
    process = Rates()
    assert granted(process, 150) == 100
    assert granted(process, 150, now=NOON + 60) == 100


def test_the_refused_are_told_when_the_minute_is_over():
    process = Rates()
    granted(process, 100)
    assert process.admit("token:1", 100, NOON + 12.5) == 48


def test_callers_do_not_use_up_each_other_s_allowance():
    process = Rates()
    granted(process, 100)
    assert process.admit("token:2", 100, NOON) == 0


def test_many_requests_cost_few_writes(django_assert_max_num_queries):
    process = Rates()
    granted(process, 1)
    with django_assert_max_num_queries(2 * 19):
        granted(process, 99)


def test_no_limit_asks_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Rates().admit("token:1", 0, NOON) == 0


def test_past_minutes_are_forgotten():
    granted(Rates(), 1)
    assert forget_past(NOON + 60) == 0
    assert forget_past(NOON + 3600) == 1
    assert not RateWindow.objects.exists()
