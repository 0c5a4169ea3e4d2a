"""What people, camera and browser say is compared, and only what matters is a difference."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import vault_samples as samples

from zhihuan.bureau.vault.evidence.claims import claims_of
from zhihuan.bureau.vault.evidence.differences import Claim, differences, distance_m
from zhihuan.bureau.vault.origin import Stated

NOON = dt.datetime(2026, 11, 3, 4, tzinfo=dt.UTC)


def test_a_degree_of_latitude_is_111_km() -> None:
    metres = distance_m(Claim("a", None, 113, 22), Claim("b", None, 113, 23))
    assert metres == pytest.approx(111_195, rel=1e-4)


def test_a_degree_of_longitude_shrinks_with_the_latitude() -> None:
    metres = distance_m(Claim("a", None, 113, 60), Claim("b", None, 114, 60))
    assert metres == pytest.approx(111_195 / 2, rel=1e-3)


@pytest.mark.parametrize(("minutes", "count"), [(0, 0), (9.9, 0), (-9.9, 0), (11, 1), (-600, 1)])
def test_clocks_may_run_ten_minutes_apart(minutes: float, count: int) -> None:
    other = Claim("b", NOON + dt.timedelta(minutes=minutes))
    found = list(differences(Claim("a", NOON), other))
    assert len(found) == count
    assert all(each.minutes == pytest.approx(abs(minutes)) for each in found)


def test_a_place_within_the_browsers_own_accuracy_is_no_difference() -> None:
    here = Claim("said", None, 113.42, 22.68)
    near = Claim("browser", None, 113.425, 22.68, accuracy_m=500)
    assert list(differences(here, near)) == []
    exact = Claim("browser", None, 113.425, 22.68, accuracy_m=10)
    [found] = differences(here, exact)
    assert found.metres == pytest.approx(513, abs=2)


def test_who_says_nothing_contradicts_nobody() -> None:
    assert list(differences(Claim("a", NOON, 113, 22), Claim("b"), Claim("c"))) == []


@pytest.mark.django_db
def test_of_a_photograph_all_three_are_heard(add: Any) -> None:
    stated = Stated(NOON, 113.5, 22.68, 20)
    piece = add(
        samples.photo(), "a.jpg", stated=stated,
        taken_at=dt.datetime(2026, 11, 3, 9, 15, tzinfo=dt.timezone(dt.timedelta(hours=8))),
        lon=113.42, lat=22.68,
    )  # fmt: skip
    found = [
        (each.one, each.other, each.minutes is None) for each in differences(*claims_of(piece))
    ]
    # the browser's clock and place differ from both others; camera and officer agree
    assert found == [
        ("said", "browser", False), ("said", "browser", True),
        ("camera", "browser", False), ("camera", "browser", True),
    ]  # fmt: skip
