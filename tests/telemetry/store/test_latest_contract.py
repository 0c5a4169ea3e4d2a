"""What any engine promises about the newest values."""

from __future__ import annotations

import random

import numpy as np
from rows_of_a_city import COD, MIDNIGHT, MN, add_row, minutes, one

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import Batch, TelemetryStore


def _only(store: TelemetryStore) -> tuple[int, float]:
    found = store.latest([MN])
    assert len(found) == 1
    return int(found.time[0]), float(found.value[0])


def test_a_back_fill_never_hides_a_newer_value(store: TelemetryStore) -> None:
    store.write(one(MIDNIGHT + 600, 2.0, received=1_000_000))
    store.write(minutes([1, 1, 1], received=9_000_000))
    assert _only(store) == (MIDNIGHT + 600, 2.0)
    store.compact()
    assert _only(store) == (MIDNIGHT + 600, 2.0)


def test_a_correction_of_the_newest_period_shows(store: TelemetryStore) -> None:
    store.write(one(MIDNIGHT, 1.0, received=1_000_000))
    store.write(one(MIDNIGHT, 2.0, received=1_002_000))
    store.write(one(MIDNIGHT, 0.5, received=999_000))
    assert _only(store) == (MIDNIGHT, 2.0)
    store.compact()
    assert _only(store) == (MIDNIGHT, 2.0)


def test_one_batch_with_many_times_keeps_the_newest(store: TelemetryStore) -> None:
    values = list(range(50))
    batch = minutes(values)
    order = random.Random(4).sample(values, len(values))
    rows = batch.measurements
    for name in ("time", "value", "received"):
        column = getattr(rows, name)
        setattr(rows, name, [column[place] for place in order])
    store.write(batch)
    assert _only(store) == (MIDNIGHT + 49 * 60, 49.0)


def test_every_device_factor_and_kind_has_its_own_newest(store: TelemetryStore) -> None:
    batch = Batch()
    for number in range(30):
        for factor in (COD, "w21003"):
            for kind in (Kind.REALTIME, Kind.HOUR):
                add_row(
                    batch.measurements, MIDNIGHT + number, number, mn=f"MN{number:02}",
                    factor=factor, kind=kind,
                )  # fmt: skip
    store.write(batch)
    found = store.latest()
    assert len(found) == 120
    keys = list(zip(found.mn, found.factor, found.kind.tolist(), strict=True))
    assert keys == sorted(keys)
    assert (found.time - MIDNIGHT == found.value).all()
    hours = store.latest(["MN03", "MN29", "nobody"], kinds=[Kind.HOUR])
    assert hours.mn.tolist() == ["MN03", "MN03", "MN29", "MN29"]
    assert set(hours.kind.tolist()) == {Kind.HOUR}


def test_ten_thousand_devices_can_be_named_in_one_call(store: TelemetryStore) -> None:
    names = [f"ZS442000W{number:015}" for number in range(10_000)]
    store.write(one(MIDNIGHT, 1.0, mn=names[4321]))
    assert store.latest(names).mn.tolist() == [names[4321]]


def test_latest_since_gives_what_came_in_since(store: TelemetryStore) -> None:
    store.write(one(MIDNIGHT, 1.0, mn="A", received=1_000))
    store.write(one(MIDNIGHT, 2.0, mn="B", received=2_000))
    store.write(one(MIDNIGHT, 3.0, mn="C", received=3_000))
    assert store.latest_since(2_000).mn.tolist() == ["B", "C"]
    assert len(store.latest_since(3_001)) == 0


def test_random_histories_agree_with_a_plain_oracle(store: TelemetryStore) -> None:
    dice = random.Random(212)
    newest: dict[str, tuple[int, int, float]] = {}
    moments = iter(dice.sample(range(10_000), 400))
    for _ in range(8):
        batch = Batch()
        for _ in range(50):
            mn, time = dice.choice("ABCDE"), MIDNIGHT + dice.randrange(5)
            row = (time, 1000 * next(moments), dice.random())
            add_row(batch.measurements, row[0], row[2], mn=mn, received=row[1])
            newest[mn] = max(newest.get(mn, row), row)
        store.write(batch)
    for _ in ("before", "after"):
        found = store.latest()
        assert dict(zip(found.mn, found.value.tolist(), strict=True)) == {
            mn: row[2] for mn, row in newest.items()
        }
        store.compact()
    assert np.array_equal(found.mn, sorted(newest))


def test_which_series_there_are_is_known_by_kind(store: TelemetryStore) -> None:
    batch = Batch()
    for mn, factor, kind in (("B", COD, Kind.HOUR), ("A", COD, Kind.MINUTE), ("A", COD, Kind.HOUR)):
        for minute in range(3):
            add_row(batch.measurements, MIDNIGHT + minute, 1.0, mn=mn, factor=factor, kind=kind)
    store.write(batch)

    def keys(*kinds: Kind) -> list[tuple[str, str, int]]:
        found = store.reported(kinds)
        return list(zip(found.mn, found.factor, found.kind.tolist(), strict=True))

    assert keys(Kind.MINUTE, Kind.HOUR) == [
        ("A", COD, Kind.MINUTE), ("A", COD, Kind.HOUR), ("B", COD, Kind.HOUR),
    ]  # fmt: skip
    assert keys(Kind.HOUR) == [("A", COD, Kind.HOUR), ("B", COD, Kind.HOUR)]
    assert keys(Kind.DAY) == []


def test_the_digest_changes_with_the_series_and_with_nothing_else(store: TelemetryStore) -> None:
    kinds = (Kind.MINUTE, Kind.HOUR)
    seen = [store.reported_digest(kinds)]
    told = (
        one(MIDNIGHT, mn="A"), one(MIDNIGHT, mn="B"), one(MIDNIGHT, mn="A", factor="w21003"),
        one(MIDNIGHT, mn="A", kind=Kind.HOUR),
    )  # fmt: skip
    for batch in told:
        store.write(batch)
        seen.append(store.reported_digest(kinds))
    assert len(set(seen)) == len(seen)
    store.write(minutes([1, 2, 3], mn="A"))  # newer rows of a series there is already
    store.write(one(MIDNIGHT, mn="A", kind=Kind.DAY))  # a kind nobody asked about
    store.compact()
    assert store.reported_digest(kinds) == seen[-1]
