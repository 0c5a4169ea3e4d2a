"""A long reading rests as long as it computes."""

from __future__ import annotations

import pytest

from zhihuan.bureau.acquisition import giving_way


class Clock:
    """Time that passes by what the reading does with its rows, and by its pauses."""

    def __init__(self) -> None:
        self.now, self.rested = 0.0, []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.rested.append(seconds)
        self.now += seconds


def test_after_each_portion_it_pauses_as_long_as_that_took(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(giving_way, "time", clock)
    seen = []
    for row in giving_way.giving_way(range(250)):
        seen.append(row)
        clock.now += 0.25
    assert seen == [*range(250)]
    assert clock.rested == [25.0, 25.0]
