"""What any engine promises about measurement rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rows_of_a_city import COD, MIDNIGHT, MN, NAN, add_row, minutes, one

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import Batch, RowsRefused, TelemetryStore

HOUR = MIDNIGHT + 3600


def _values(store: TelemetryStore, **more: object) -> list[float]:
    found = store.series(MN, COD, Kind.MINUTE, MIDNIGHT, HOUR, **more)  # type: ignore[arg-type]
    return found.value.tolist()


def test_a_written_series_reads_back_as_written(store: TelemetryStore) -> None:
    batch = Batch()
    add_row(batch.measurements, MIDNIGHT + 60, 2.5, minimum=1.25, maximum=4.75, total=9.0, flag="D")
    add_row(batch.measurements, MIDNIGHT, 1.5)
    store.write(batch)
    found = store.series(MN, COD, Kind.MINUTE, MIDNIGHT, HOUR)
    assert found.time.tolist() == [MIDNIGHT, MIDNIGHT + 60]
    assert found.value.tolist() == [1.5, 2.5]
    assert found.minimum[1] == 1.25
    assert found.maximum[1] == 4.75
    assert found.total[1] == 9.0
    assert np.isnan(found.minimum[0])
    assert np.isnan(found.zs_value).all()
    assert found.flag.tolist() == ["N", "D"]
    assert found.received.tolist() == [1000 * (MIDNIGHT + 1), 1000 * (MIDNIGHT + 61)]
    assert found.frame_id.tolist() == [7, 7]


def test_a_span_is_half_open(store: TelemetryStore) -> None:
    store.write(minutes([1, 2, 3]))
    found = store.series(MN, COD, Kind.MINUTE, MIDNIGHT, MIDNIGHT + 120)
    assert found.value.tolist() == [1, 2]


def test_nothing_there_is_no_rows_and_no_error(store: TelemetryStore) -> None:
    assert _values(store) == []
    assert len(store.measurements(Kind.HOUR, 0, HOUR)) == 0
    assert store.present_times(MN, None, Kind.MINUTE, 0, HOUR).tolist() == []


def test_writing_the_same_batch_again_changes_nothing(store: TelemetryStore) -> None:
    batch = minutes([1, 2, 3])
    for _ in range(3):
        store.write(batch)
    assert _values(store) == [1, 2, 3]
    store.compact()
    assert _values(store) == [1, 2, 3]
    counted = store.counts(Kind.MINUTE, MIDNIGHT, HOUR)
    assert counted.count.tolist() == [3]


def test_the_newest_received_wins_whatever_the_order_of_writing(store: TelemetryStore) -> None:
    store.write(one(MIDNIGHT, 20.0, received=2_000))
    store.write(one(MIDNIGHT, 30.0, received=3_000))
    store.write(one(MIDNIGHT, 10.0, received=1_000))
    assert _values(store) == [30.0]
    store.compact()
    assert _values(store) == [30.0]


def test_the_newest_received_wins_within_one_batch(store: TelemetryStore) -> None:
    batch = one(MIDNIGHT, 2.0, received=2_000)
    add_row(batch.measurements, MIDNIGHT, 1.0, received=1_000)
    store.write(batch)
    assert _values(store) == [2.0]


def test_kinds_and_factors_do_not_mix(store: TelemetryStore) -> None:
    batch = one(MIDNIGHT, 1.0)
    add_row(batch.measurements, MIDNIGHT, 2.0, kind=Kind.HOUR)
    add_row(batch.measurements, MIDNIGHT, 3.0, factor="w21003")
    add_row(batch.measurements, MIDNIGHT, 4.0, mn="another")
    store.write(batch)
    assert _values(store) == [1.0]
    hour = store.series(MN, COD, Kind.HOUR, MIDNIGHT, HOUR)
    assert hour.value.tolist() == [2.0]


def test_a_limit_gives_the_oldest_rows(store: TelemetryStore) -> None:
    store.write(minutes([1, 2, 3, 4]))
    store.write(minutes([9], received=10**13))
    assert _values(store, limit=2) == [9, 2]


def test_months_far_apart_come_in_one_batch(store: TelemetryStore) -> None:
    batch = Batch()
    months = range(60)
    for month in months:
        add_row(batch.measurements, MIDNIGHT - month * 31 * 86_400, float(month))
    store.write(batch)
    found = store.series(MN, COD, Kind.MINUTE, 0, HOUR)
    assert found.value.tolist() == [float(month) for month in reversed(months)]


def test_many_devices_come_in_one_read(store: TelemetryStore) -> None:
    batch = Batch()
    for number in range(20):
        for factor in (COD, "w21003"):
            add_row(batch.measurements, MIDNIGHT, number, mn=f"MN{number:02}", factor=factor)
    store.write(batch)
    store.write(one(MIDNIGHT, 99.0, mn="MN03", received=10**13))
    found = store.measurements(Kind.MINUTE, MIDNIGHT, HOUR)
    assert len(found) == 40
    assert found.mn.tolist() == sorted(found.mn.tolist())
    some = store.measurements(
        Kind.MINUTE, MIDNIGHT, HOUR, mns=["MN03", "MN07", "unknown"], factors=[COD]
    )
    assert some.mn.tolist() == ["MN03", "MN07"]
    assert some.value.tolist() == [99.0, 7.0]


def test_present_times_are_what_gaps_are_found_from(store: TelemetryStore) -> None:
    batch = minutes([1, 2])
    add_row(batch.measurements, MIDNIGHT + 300, NAN, factor="w21003")
    store.write(batch)
    of_factor = store.present_times(MN, COD, Kind.MINUTE, MIDNIGHT, HOUR)
    assert (of_factor - MIDNIGHT).tolist() == [0, 60]
    of_any = store.present_times(MN, None, Kind.MINUTE, MIDNIGHT, HOUR)
    assert (of_any - MIDNIGHT).tolist() == [0, 60, 300]


def test_touched_names_the_buckets_that_got_rows(store: TelemetryStore) -> None:
    store.write(one(MIDNIGHT + 60, 1.0, received=1_000))
    store.write(one(MIDNIGHT + 120, 1.0, received=1_500))
    store.write(one(MIDNIGHT - 60, 1.0, received=1_999, mn="B"))
    store.write(one(MIDNIGHT, 1.0, received=2_000, mn="C"))
    found = store.touched(Kind.MINUTE, 1_000, 2_000)
    assert found.mn.tolist() == ["B", MN]
    assert found.bucket_start.tolist() == [MIDNIGHT - 3600, MIDNIGHT]


def test_counts_tell_marked_rows_apart(store: TelemetryStore) -> None:
    store.write(minutes([1, 2], flag="N"))
    store.write(minutes([3, 4], start=MIDNIGHT + 120, flag="D"))
    store.write(minutes([5], start=MIDNIGHT + 240, flag=""))
    store.write(minutes([3], start=MIDNIGHT + 120, flag="N", received=10**13))
    found = store.counts(Kind.MINUTE, MIDNIGHT, HOUR, mns=[MN])
    assert (found.count[0], found.marked[0]) == (5, 1)
    assert (found.first_time[0], found.last_time[0]) == (MIDNIGHT, MIDNIGHT + 240)


def test_city_hours_count_each_device_once_and_know_nothing_from_nothing(
    store: TelemetryStore,
) -> None:
    batch = Batch()
    for mn, value, total in (("A", 1.0, 5.0), ("B", 3.0, NAN), ("C", NAN, NAN)):
        add_row(batch.measurements, MIDNIGHT, value, mn=mn, kind=Kind.HOUR, total=total)
        add_row(batch.measurements, MIDNIGHT, NAN, mn=mn, kind=Kind.HOUR, factor="w21003", flag="D")
    store.write(batch)
    store.write(one(MIDNIGHT, 5.0, mn="B", kind=Kind.HOUR, received=10**13))
    found = store.city_hours(MIDNIGHT, HOUR)
    assert found.factor.tolist() == [COD, "w21003"]
    assert found.devices.tolist() == [2, 0]
    assert found.mean[0] == 3.0
    assert (found.minimum[0], found.maximum[0], found.total[0]) == (1.0, 5.0, 5.0)
    assert np.isnan([found.mean[1], found.minimum[1], found.maximum[1], found.total[1]]).all()
    assert found.marked.tolist() == [0, 3]
    assert store.city_hours(MIDNIGHT, HOUR, factors=[COD]).factor.tolist() == [COD]


AWKWARD = st.text(st.characters(exclude_categories=["Cs"]), min_size=0, max_size=12)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(mn=AWKWARD, factor=AWKWARD, flag=AWKWARD)
def test_any_text_is_kept_and_found_again(
    store: TelemetryStore, mn: str, factor: str, flag: str
) -> None:
    store.write(one(MIDNIGHT, 1.0, mn=mn, factor=factor, flag=flag, received=10**13))
    found = store.series(mn, factor, Kind.MINUTE, MIDNIGHT, HOUR)
    assert found.value.tolist() == [1.0]
    listed = store.measurements(Kind.MINUTE, MIDNIGHT, HOUR, mns=[mn], factors=[factor])
    assert (listed.mn.tolist(), listed.factor.tolist()) == ([mn], [factor])


@pytest.mark.parametrize(
    ("column", "bad", "told"),
    [
        ("time", -1, "time of row 1 is -1"),
        ("time", 2**32, "time of row 1 is 4294967296"),
        ("time", "now", "time of row 1 is 'now'"),
        ("kind", 256, "kind of row 1 is 256"),
        ("frame_id", 2**64, "frame_id of row 1"),
        ("received", -5, "received of row 1 is -5"),
        ("mn", 12, "measurement.mn"),
        ("flag", None, "measurement.flag"),
        ("factor", "\ud800", "measurement.factor"),
    ],
)
def test_rows_that_cannot_be_kept_are_refused_and_nothing_is_written(
    store: TelemetryStore, column: str, bad: object, told: str
) -> None:
    batch = minutes([1, 2])
    getattr(batch.measurements, column)[1] = bad
    with pytest.raises(RowsRefused, match=told):
        store.write(batch)
    assert _values(store) == []


def test_columns_of_different_length_are_refused(store: TelemetryStore) -> None:
    batch = minutes([1, 2])
    batch.measurements.flag.pop()
    with pytest.raises(RowsRefused, match="flag has 1 entries, mn has 2"):
        store.write(batch)


def test_an_empty_batch_is_nothing_to_do(store: TelemetryStore) -> None:
    store.write(Batch())
    assert len(store.latest()) == 0
