"""Array code and a row-at-a-time oracle agree on anything; and properties that hold of any data."""

from __future__ import annotations

import math
import random
from typing import Any

import naive_statistics as naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_rows import epoch, measured

from zhihuan.telemetry.aggregation.devices import MonitoredDevice
from zhihuan.telemetry.aggregation.statistics import days_of, hour_members, hours_of
from zhihuan.telemetry.aggregation.table import Statistics

FLAGS = st.sampled_from(["N"] * 12 + ["", "D", "M", "F", "T", "x9", "n"])
VALUES = st.one_of(
    st.floats(min_value=0, max_value=5000, allow_subnormal=False),
    st.just(math.nan),
    st.sampled_from([0.0, 0.1, 1e-9, 4999.99]),
)
BEGIN = epoch("2024-06-01 22:00")  # spans crossing midnight of Beijing


@st.composite
def rows(draw: st.DrawFn, factors: tuple[str, ...], interval: int) -> list[dict[str, Any]]:
    """Minutes of two devices over five hours, with holes, odd marks and missing numbers."""
    slots = 5 * 60 // interval
    seed = random.Random(draw(st.integers(min_value=0, max_value=2**32)))
    share = draw(st.sampled_from([1.0, 0.95, 0.77, 0.74, 0.3]))
    palette = draw(st.lists(st.tuples(VALUES, FLAGS), min_size=1, max_size=12))
    made = []
    for mn in ("A", "B"):
        for factor in factors:
            for slot in range(slots):
                if seed.random() <= share:
                    value, flag = seed.choice(palette)
                    time = BEGIN + slot * interval * 60
                    made.append(
                        {"mn": mn, "factor": factor, "time": time, "value": value, "flag": flag}
                    )
    seed.shuffle(made)
    return made or [{"mn": "A", "factor": factors[0], "time": BEGIN, "value": 1.0, "flag": "N"}]


def devices(system_type: str, interval: int) -> dict[str, MonitoredDevice]:
    return {mn: MonitoredDevice(mn, system_type, interval * 60) for mn in ("A", "B")}


def as_dict(found: Statistics) -> dict[Any, Any]:
    periods = found.periods
    names = zip(found.mn.texts(), found.factor.texts(), periods.start.tolist(), strict=True)
    return {
        key: {
            "value": float(periods.value[place]),
            "total": float(periods.total[place]),
            "mark": str(periods.mark[place]),
            "valid_count": int(periods.valid_count[place]),
            "valid": bool(periods.valid[place]),
            "minimum": float(periods.minimum[place]),
            "maximum": float(periods.maximum[place]),
        }
        for place, key in enumerate(names)
    }


def normalised(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The mark table matches capitals in either case; the oracle does not."""
    return [row | {"flag": "N" if row["flag"] == "n" else row["flag"]} for row in made]


def assert_same(found: dict[Any, Any], expected: dict[Any, Any]) -> None:
    assert found.keys() == expected.keys()
    for key, figures in expected.items():
        for name, figure in figures.items():
            if isinstance(figure, float):
                assert found[key][name] == pytest.approx(figure, rel=1e-9, abs=1e-9, nan_ok=True), (
                    key,
                    name,
                )
            else:
                assert found[key][name] == figure, (key, name)


@settings(max_examples=60, deadline=None)
@given(made=rows(("a21026", "a01012"), 1))
def test_flue_gas_hours_are_the_oracles(made: list[dict[str, Any]]) -> None:
    found = as_dict(hours_of(measured(made), devices("31", 1)))
    assert_same(found, naive.flue_gas_hours(normalised(made), 1))


@settings(max_examples=60, deadline=None)
@given(made=rows(("w00000", "w01018", "w21003"), 10))
def test_sewage_hours_are_the_oracles(made: list[dict[str, Any]]) -> None:
    found = as_dict(hours_of(measured(made), devices("32", 10)))
    assert_same(found, naive.wastewater_hours(normalised(made), 10))


@settings(max_examples=25, deadline=None)
@given(data=st.data(), absent=st.sets(st.integers(min_value=0, max_value=23), max_size=7))
def test_flue_gas_days_are_the_oracles(data: st.DataObject, absent: set[int]) -> None:
    seed = random.Random(data.draw(st.integers(min_value=0, max_value=2**32)))
    first = epoch("2024-06-01 00:00")
    made = [
        {
            "mn": "A",
            "factor": "a21026",
            "time": first + hour * 3600 + minute * 60,
            "value": seed.uniform(0, 100),
            "flag": seed.choice("NNNNND"),
        }
        for hour in range(24)
        if hour not in absent
        for minute in range(60)
    ]
    known = devices("31", 1)
    hours = hours_of(measured(made), known)
    found = as_dict(days_of(hour_members(hours), measured([]), known))
    assert_same(found, naive.flue_gas_days(naive.flue_gas_hours(made, 1)))


@settings(max_examples=60, deadline=None)
@given(made=rows(("a21026", "a00000"), 1), system_type=st.sampled_from(["31", "32", "22", "23"]))
def test_a_mean_lies_between_its_members(made: list[dict[str, Any]], system_type: str) -> None:
    for row in made:
        row["factor"] = {"a21026": "Leq", "a00000": "w01018"}[row["factor"]]
    periods = hours_of(measured(made), devices(system_type, 1)).periods
    known = np.isfinite(periods.value)
    assert np.all(periods.value[known] >= periods.minimum[known])
    assert np.all(periods.value[known] <= periods.maximum[known])


@settings(max_examples=40, deadline=None)
@given(made=rows(("w00000", "w01018"), 5), seed=st.integers(min_value=0, max_value=2**32))
def test_the_order_of_rows_changes_not_one_bit(made: list[dict[str, Any]], seed: int) -> None:
    shuffled = list(made)
    random.Random(seed).shuffle(shuffled)
    first, second = (as_dict(hours_of(measured(one), devices("32", 5))) for one in (made, shuffled))
    assert repr(sorted(first.items())) == repr(sorted(second.items()))


@settings(max_examples=40, deadline=None)
@given(made=rows(("w00000", "w01018"), 5), cut=st.integers(min_value=0, max_value=5))
def test_parts_cut_at_hours_or_devices_make_the_whole(made: list[dict[str, Any]], cut: int) -> None:
    known = devices("32", 5)
    whole = as_dict(hours_of(measured(made), known))
    border = BEGIN + cut * 3600
    parts: dict[Any, Any] = {}
    for mn in known:
        for before in (True, False):
            part = [r for r in made if r["mn"] == mn and (r["time"] < border) is before]
            parts |= as_dict(hours_of(measured(part), known))
    assert repr(sorted(parts.items())) == repr(sorted(whole.items()))


@settings(max_examples=40, deadline=None)
@given(made=rows(("a21026",), 1))
def test_an_abnormal_value_never_reaches_a_mean(made: list[dict[str, Any]]) -> None:
    poisoned = [row | {"value": 1e12} if row["flag"] not in ("N", "", "n") else row for row in made]
    clean, other = (as_dict(hours_of(measured(one), devices("31", 1))) for one in (made, poisoned))
    assert repr(sorted(clean.items())) == repr(sorted(other.items()))
