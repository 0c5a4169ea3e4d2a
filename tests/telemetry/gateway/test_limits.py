"""The instruments that bound what a peer may cost."""

from __future__ import annotations

from zhihuan.telemetry.gateway.limits import AddressCount, ByteBudget, LeakyBucket


def test_a_burst_is_let_through_and_the_rest_runs_over() -> None:
    bucket = LeakyBucket(capacity=3, per_second=1)
    assert [bucket.pour(0.0) for _ in range(5)] == [True, True, True, False, False]


def test_a_peer_that_slows_down_is_within_its_limit_again() -> None:
    bucket = LeakyBucket(capacity=3, per_second=1)
    for _ in range(10):
        bucket.pour(0.0)
    assert not bucket.pour(0.5)
    assert bucket.pour(2.0)


def test_a_steady_rate_below_the_limit_never_runs_over() -> None:
    bucket = LeakyBucket(capacity=2, per_second=1)
    assert all(bucket.pour(float(second)) for second in range(1000))


def test_the_budget_stops_at_the_high_mark_and_goes_on_at_the_low_one() -> None:
    budget = ByteBudget(high=100, low=50)
    assert not budget.take(100)
    assert budget.take(1)
    assert budget.stopped
    assert not budget.take(-40)  # 61: between the marks nothing changes
    assert budget.take(-20)
    assert not budget.stopped
    assert budget.peak == 101


def test_each_address_has_its_own_count() -> None:
    count = AddressCount(limit=2)
    assert count.enter("a")
    assert count.enter("a")
    assert not count.enter("a")
    assert count.enter("b")
    count.leave("a")
    assert count.enter("a")
