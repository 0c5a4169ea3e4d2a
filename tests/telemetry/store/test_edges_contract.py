"""What any engine promises about the rows at the edge of a span, of many series at once."""

from __future__ import annotations

import random

import pytest
from rows_of_a_city import COD, MIDNIGHT, MN, add_row, minutes, one

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import Batch, RowsRefused, TelemetryStore

AMMONIA = "w21003"
HOUR = MIDNIGHT + 3600


def _edge(store: TelemetryStore, count: int, **more: object) -> list[tuple[str, str, int, float]]:
    given: dict[str, object] = {"mns": [MN], "factors": [COD], "start": MIDNIGHT, "end": HOUR}
    given |= more
    start, end = given.pop("start"), given.pop("end")
    found = store.edge_rows(Kind.MINUTE, start, end, count=count, **given)  # type: ignore[arg-type]
    times = ((found.time - MIDNIGHT) // 60).tolist()
    return list(zip(found.mn, found.factor, times, found.value.tolist(), strict=True))


def test_the_newest_rows_come_newest_first_the_oldest_oldest_first(store: TelemetryStore) -> None:
    store.write(minutes([10, 11, 12, 13]))
    assert _edge(store, 2) == [(MN, COD, 3, 13), (MN, COD, 2, 12)]
    assert _edge(store, 2, newest=False) == [(MN, COD, 0, 10), (MN, COD, 1, 11)]
    assert len(_edge(store, 99)) == 4


def test_the_span_is_half_open_at_both_edges(store: TelemetryStore) -> None:
    store.write(minutes([10, 11, 12, 13]))
    span = {"start": MIDNIGHT + 60, "end": MIDNIGHT + 180}
    assert [row[2] for row in _edge(store, 9, **span)] == [2, 1]
    assert [row[2] for row in _edge(store, 9, newest=False, **span)] == [1, 2]
    assert _edge(store, 9, start=MIDNIGHT, end=MIDNIGHT) == []


def test_a_correction_counts_once_and_shows_what_was_received_last(store: TelemetryStore) -> None:
    store.write(minutes([10, 11, 12]))
    store.write(one(MIDNIGHT + 120, 99.0, received=(MIDNIGHT + 9_000) * 1000))
    store.write(one(MIDNIGHT + 120, 1.0, received=(MIDNIGHT + 8_000) * 1000))
    for _ in ("before", "after"):
        assert _edge(store, 2) == [(MN, COD, 2, 99), (MN, COD, 1, 11)]
        store.compact()


def test_each_series_has_an_edge_of_its_own(store: TelemetryStore) -> None:
    batch = Batch()
    for mn, length in (("A", 5), ("B", 1), ("C", 9)):
        for factor in (COD, AMMONIA):
            for minute in range(length):
                add_row(batch.measurements, MIDNIGHT + 60 * minute, minute, mn=mn, factor=factor)
    add_row(batch.measurements, MIDNIGHT, 7, mn="A", kind=Kind.HOUR)
    store.write(batch)
    found = _edge(store, 2, mns=["A", "B", "nobody"], factors=[COD, AMMONIA, "none"])
    assert [(mn, factor, minute) for mn, factor, minute, _value in found] == [
        ("A", COD, 4), ("A", COD, 3), ("A", AMMONIA, 4), ("A", AMMONIA, 3),
        ("B", COD, 0), ("B", AMMONIA, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("nobody", [{"mns": []}, {"factors": []}])
def test_asking_for_no_series_is_refused_in_words(store: TelemetryStore, nobody: dict) -> None:
    with pytest.raises(RowsRefused, match="at least one"):
        _edge(store, 2, **nobody)


def test_rows_carry_everything_that_was_told(store: TelemetryStore) -> None:
    store.write(one(MIDNIGHT, 2.5, minimum=1.25, maximum=4.5, total=9.0, zs_value=3.0, flag="D"))
    found = store.edge_rows(Kind.MINUTE, MIDNIGHT, HOUR, mns=[MN], factors=[COD], count=1)
    told = (found.minimum, found.maximum, found.total, found.zs_value, found.flag, found.received)
    assert [column[0] for column in told] == [1.25, 4.5, 9.0, 3.0, "D", (MIDNIGHT + 1) * 1000]
    assert found.zs_minimum[0] != found.zs_minimum[0]  # missing


@pytest.mark.parametrize("newest", [True, False])
def test_edges_of_random_histories_agree_with_a_plain_oracle(
    store: TelemetryStore, newest: bool
) -> None:
    dice = random.Random(18_088)
    told: dict[tuple[str, str, int], tuple[int, float]] = {}
    moments = iter(dice.sample(range(10_000_000), 600))
    for _ in range(4):
        batch = Batch()
        for _ in range(150):
            key = (dice.choice("ABCDEFGH"), dice.choice((COD, AMMONIA)), dice.randrange(40))
            row = (next(moments), round(dice.random(), 6))
            add_row(
                batch.measurements, MIDNIGHT + 60 * key[2], row[1], mn=key[0], factor=key[1],
                received=row[0],
            )  # fmt: skip
            told[key] = max(told.get(key, row), row)
        store.write(batch)
    for count in (1, 3, 50):
        wanted = []
        for mn in "ABDH":
            for factor in (COD, AMMONIA):
                times = sorted(
                    (time for m, f, time in told if (m, f) == (mn, factor)), reverse=newest
                )
                wanted += [(mn, factor, t, told[mn, factor, t][1]) for t in times[:count]]
        found = _edge(store, count, mns=list("ABDH"), factors=[COD, AMMONIA], newest=newest)
        assert found == wanted


def test_first_times_tell_where_each_series_begins(store: TelemetryStore) -> None:
    store.write(minutes([1, 2, 3], start=MIDNIGHT + 600))
    store.write(minutes([1, 2], start=MIDNIGHT + 60, mn="B"))
    store.write(one(MIDNIGHT, 1.0, kind=Kind.HOUR))

    def first(start: int, end: int) -> list[tuple[str, str, int]]:
        found = store.first_times(Kind.MINUTE, start, end, mns=[MN, "B", "C"], factors=[COD])
        return list(zip(found.mn, found.factor, found.time.tolist(), strict=True))

    assert first(0, HOUR) == [("B", COD, MIDNIGHT + 60), (MN, COD, MIDNIGHT + 600)]
    assert first(MIDNIGHT + 120, HOUR) == [("B", COD, MIDNIGHT + 120), (MN, COD, MIDNIGHT + 600)]
    assert first(MIDNIGHT + 121, MIDNIGHT + 601) == [(MN, COD, MIDNIGHT + 600)]
    assert first(0, MIDNIGHT) == []


def test_times_are_counted_once_and_never_past_the_bound(store: TelemetryStore) -> None:
    store.write(minutes(list(range(50))))
    store.write(minutes(list(range(50)), received=(MIDNIGHT + 9_000) * 1000))  # sent again
    store.write(minutes([1] * 10, start=MIDNIGHT + 45 * 60, mn="B"))  # five of them the same times

    def count(*mns: str, at_most: int, end: int = HOUR) -> int:
        return store.count_times(mns, COD, Kind.MINUTE, MIDNIGHT, end, at_most=at_most)

    assert count(MN, at_most=1_000) == 50
    assert count(MN, "B", at_most=1_000) == 55
    assert count(MN, at_most=20) == 20
    assert count(MN, at_most=1_000, end=MIDNIGHT + 300) == 5
    assert count("nobody", at_most=1_000) == 0
    assert store.count_times([MN], AMMONIA, Kind.MINUTE, MIDNIGHT, HOUR, at_most=9) == 0
