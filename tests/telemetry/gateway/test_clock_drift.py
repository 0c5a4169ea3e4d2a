"""Clock drift from QN: a late re-send must not look like a slow clock."""

from __future__ import annotations

from zhihuan.telemetry.gateway.clock_drift import ClockDrift


def test_a_clock_that_is_off_is_told_once_and_told_when_it_is_right_again() -> None:
    drift = ClockDrift(limit_seconds=60)
    assert [drift.observe(-300.0) for _ in range(7)] == [False] * 4 + [True, False, False]
    assert drift.seconds == -300.0
    told = [drift.observe(0.5) for _ in range(5)]
    assert told == [True, False, False, False, False]
    assert not drift.beyond


def test_re_sent_frames_among_timely_ones_are_no_drift() -> None:
    drift = ClockDrift(limit_seconds=60)
    for ahead in (-0.2, -3600.0, -3600.0, -3600.0, -3600.0, -0.3, -7200.0):
        assert not drift.observe(ahead)


def test_a_clock_ahead_is_positive() -> None:
    drift = ClockDrift(limit_seconds=60)
    for _ in range(5):
        drift.observe(90.0)
    assert drift.beyond
    assert drift.seconds == 90.0
