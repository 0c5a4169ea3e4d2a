"""A long series in few buckets against a plain NumPy oracle: no extreme, no mark is lost."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rows_of_a_city import COD, MIDNIGHT, MN, NAN, add_row, minutes, one

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import Batch, BucketSeries, TelemetryStore
from zhihuan.telemetry.store.reads.buckets import GRAVITY, bucket_width

_VALUE = st.one_of(st.just(NAN), st.floats(-1e6, 1e6), st.integers(0, 3).map(float))
_ROW = st.tuples(
    st.integers(0, 239), _VALUE, _VALUE, _VALUE, st.sampled_from(["N", "", "D", "T", "M", "q7"])
)
_devices = iter(range(10**9))


def _oracle(
    rows: dict[int, tuple[float, float, float, str]], width: int
) -> list[dict[str, object]]:
    buckets: dict[int, list[tuple[int, tuple[float, float, float, str]]]] = {}
    for time in sorted(rows):
        buckets.setdefault((time - MIDNIGHT) // width, []).append((time, rows[time]))
    return [_expected(members) for _, members in sorted(buckets.items())]


def _expected(members: list[tuple[int, tuple[float, float, float, str]]]) -> dict[str, object]:
    valued = [(time, row[0]) for time, row in members if not math.isnan(row[0])]
    lows = [
        min(x for x in row[:2] if not math.isnan(x))
        for _, row in members
        if not all(map(math.isnan, row[:2]))
    ]
    highs = [
        max(x for x in (row[0], row[2]) if not math.isnan(x))
        for _, row in members
        if not (math.isnan(row[0]) and math.isnan(row[2]))
    ]
    values = [value for _, value in valued]
    flags = [row[3] for _, row in members]
    rank = {flag: place for place, flag in enumerate(GRAVITY)}
    return {
        "count": len(members),
        "valued": len(valued),
        "first": values[0] if values else NAN,
        "first_time": valued[0][0] if valued else -1,
        "last": values[-1] if values else NAN,
        "last_time": valued[-1][0] if valued else -1,
        "minimum": min(values, default=NAN),
        "maximum": max(values, default=NAN),
        "lowest": min(lows, default=NAN),
        "highest": max(highs, default=NAN),
        "mean": float(np.mean(values)) if values else NAN,
        "marked": sum(flag not in {"", "N"} for flag in flags),
        "worst_flag": max(flags, key=lambda flag: rank.get(flag, len(GRAVITY))),
    }


def _times_point_at_their_extremes(
    found: BucketSeries, rows: dict[int, tuple[float, float, float, str]]
) -> None:
    for name, columns in (
        ("minimum", (0,)),
        ("maximum", (0,)),
        ("lowest", (0, 1)),
        ("highest", (0, 2)),
    ):
        pairs = zip(
            getattr(found, name).tolist(), getattr(found, f"{name}_time").tolist(), strict=True
        )
        for value, time in pairs:
            if math.isnan(value):
                assert time == -1
            else:
                assert value in [rows[time][column] for column in columns]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(_ROW, min_size=1, max_size=60), count=st.integers(1, 30))
def test_buckets_agree_with_the_oracle(
    store: TelemetryStore, rows: list[tuple[int, float, float, float, str]], count: int
) -> None:
    mn, kept, batch = f"MN{next(_devices)}", {}, Batch()
    for position, (minute, value, low, high, flag) in enumerate(rows):
        time = MIDNIGHT + 60 * minute
        kept[time] = (value, low, high, flag)
        add_row(
            batch.measurements, time, value, mn=mn, minimum=low, maximum=high, flag=flag,
            received=1000 + position,
        )  # fmt: skip
    store.write(batch)
    found = store.buckets(mn, COD, Kind.MINUTE, MIDNIGHT, MIDNIGHT + 4 * 3600, count=count)
    expected = _oracle(kept, found.seconds)
    assert len(found) == len(expected) <= count
    for name in expected[0]:
        got = getattr(found, name).tolist()
        want = [bucket[name] for bucket in expected]
        if name == "mean":
            np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-6)
        else:
            assert all(a == b or (a != a and b != b) for a, b in zip(got, want, strict=True)), name
    _times_point_at_their_extremes(found, kept)


def test_a_single_spike_in_a_month_of_minutes_survives(store: TelemetryStore) -> None:
    values = [10.0] * (30 * 1440)
    values[23_456], values[40_000] = 9_999.0, -7.0
    store.write(minutes(values))
    found = store.buckets(MN, COD, Kind.MINUTE, MIDNIGHT, MIDNIGHT + 30 * 86_400, count=400)
    assert len(found) <= 400
    top, bottom = int(np.argmax(found.maximum)), int(np.argmin(found.minimum))
    assert (found.maximum[top], found.maximum_time[top]) == (9_999.0, MIDNIGHT + 60 * 23_456)
    assert (found.minimum[bottom], found.minimum_time[bottom]) == (-7.0, MIDNIGHT + 60 * 40_000)


def test_a_converted_row_counts_as_converted_and_the_others_as_measured(
    store: TelemetryStore,
) -> None:
    """Measured extremes of a converted row are another quantity: none of them may show."""
    batch = Batch()
    more = {"minimum": 1.0, "maximum": 900.0}
    add_row(batch.measurements, MIDNIGHT, 40.0, minimum=35.0, maximum=45.0)
    add_row(
        batch.measurements, MIDNIGHT + 60, 20.0, **more,
        zs_value=60.0, zs_minimum=50.0, zs_maximum=70.0,
    )  # fmt: skip
    add_row(batch.measurements, MIDNIGHT + 120, 20.0, **more, zs_value=80.0)
    store.write(batch)
    found = store.buckets(MN, COD, Kind.MINUTE, MIDNIGHT, MIDNIGHT + 180, count=1)
    counts = (found.count, found.valued, found.converted)
    assert [each.tolist() for each in counts] == [[3], [3], [2]]
    assert (found.minimum.tolist(), found.maximum.tolist()) == ([40.0], [80.0])
    assert (found.lowest.tolist(), found.highest.tolist()) == ([35.0], [80.0])
    values = (found.first, found.last, found.mean)
    assert [each.tolist() for each in values] == [[40.0], [80.0], [60.0]]


def test_a_corrected_extreme_is_gone(store: TelemetryStore) -> None:
    store.write(one(MIDNIGHT, 1e6, received=1_000))
    store.write(one(MIDNIGHT, 1.0, received=2_000))
    found = store.buckets(MN, COD, Kind.MINUTE, MIDNIGHT, MIDNIGHT + 60, count=1)
    assert found.maximum.tolist() == [1.0]


@pytest.mark.parametrize(
    ("span", "count", "width"),
    [(100, 100, 1), (100, 30, 4), (3_600, 60, 60), (86_400, 700, 180), (10, 0, 10), (1, 5, 1)],
)
def test_a_bucket_is_whole_seconds_or_minutes(span: int, count: int, width: int) -> None:
    assert bucket_width(0, span, count) == width
    assert -(-span // width) <= max(count, 1)
