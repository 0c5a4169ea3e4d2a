"""Three years of a real gas turbine's hours: judged, run by run, the same as by a plain loop."""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from zhihuan.standards.emission import Limit, episodes, judge_hours

Maker = Callable[..., Limit]


def test_a_gas_turbines_nitrogen_oxides(limit: Maker, shared: Path) -> None:
    with (shared / "data/series/cems_gas_turbine_2011_2013.csv").open() as source:
        rows = [row for row in csv.DictReader(source) if row["year"] == "2013"]
    values = [float(row["NOX"]) for row in rows]
    days = np.datetime64("2023-01-01") + np.array([int(row["seq"]) for row in rows]) // 24
    found = judge_hours(values, days, [limit(80.0, item="氮氧化物")])
    runs = episodes(found)
    by_hand = [len(list(run)) for beyond, run in groupby(values, lambda one: one > 80.0) if beyond]
    assert len(values) > 5000
    assert runs.hours.tolist() == by_hand
    assert int((found.verdict == 1).sum()) == sum(by_hand)
    longest = int(np.argmax(runs.hours))
    first = int(runs.first[longest])
    window = values[first : first + int(runs.hours[longest])]
    assert values[int(runs.worst[longest])] == max(window)
    assert float(runs.mean_excess[longest]) == pytest.approx(sum(window) / len(window) - 80.0)
