"""What is reckoned once is kept: found again by equal limits, not by the same objects."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.compliance import of_points
from zhihuan.bureau.compliance.of_points import forget, quarterly
from zhihuan.bureau.compliance.quarter import Quarter
from zhihuan.bureau.compliance.reckoning import HourLimit, Judged, Stay

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)


def judged(upper: float = 50.0) -> Judged:
    """Made anew each time, as each request does; bounded on one side only."""
    limit = HourLimit.of("w01018", (None, upper), (dt.date(2025, 1, 1), None))
    return Judged((Stay("A", Q1.start),), ("w01018",), (limit,))


@pytest.fixture
def reads(platform_store, monkeypatch):
    forget()
    seen = []
    read = of_points._rows

    def counted(*given):
        seen.append(given)
        return read(*given)

    monkeypatch.setattr(of_points, "_rows", counted)
    yield seen
    forget()


def test_equal_limits_are_reckoned_once(reads):
    first = quarterly({1: judged()}, [Q1, Q2], Q2.end)
    assert quarterly({1: judged()}, [Q1, Q2], Q2.end) == first
    assert len(reads) == 1
    assert first[1][0].due == (Q1.end - Q1.start) // 3600


def test_another_limit_is_reckoned_anew(reads):
    quarterly({1: judged()}, [Q1], Q2.end)
    quarterly({1: judged(40.0)}, [Q1], Q2.end)
    assert len(reads) == 2


def test_only_what_is_not_known_is_read(reads):
    quarterly({1: judged()}, [Q1], Q2.end)
    quarterly({1: judged(), 2: judged()}, [Q1], Q2.end)
    (points, *_span) = reads[1]
    assert len(list(points)) == 1
