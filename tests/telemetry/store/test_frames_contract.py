"""What any engine promises about raw frames, events and our own statistics."""

from __future__ import annotations

import numpy as np
from rows_of_a_city import COD, MIDNIGHT, MN, NAN, event, frames, raw_frame

from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import StatisticRows, TelemetryStore

EVER = 2**62
T0 = MIDNIGHT * 1000


def test_a_frame_reads_back_byte_for_byte(store: TelemetryStore) -> None:
    store.write(frames([1], [T0]))
    found = store.frames(MN, 0, EVER)
    assert found.raw.tolist() == [raw_frame(1)]
    assert found.sm3.tolist() == [sm3(raw_frame(1))]
    assert (found.cn[0], found.st[0], found.qn[0]) == ("2011", "32", "20260601000000000")
    assert (found.sent[0], found.data_time[0], found.received[0]) == (MIDNIGHT, 0, T0)


def test_digests_that_end_in_zero_bytes_stay_whole(store: TelemetryStore) -> None:
    numbers = [n for n in range(4000) if sm3(raw_frame(n))[-1] == 0][:3]
    store.write(frames(numbers, [T0] * len(numbers)))
    assert {len(digest) for digest in store.frames(MN, 0, EVER).sm3} == {32}


def test_a_frame_sent_again_is_one_row_at_its_first_reception(store: TelemetryStore) -> None:
    for moment in (T0 + 10_000, T0, T0 + 86_400_000, T0):
        store.write(frames([1], [moment]))
    for _ in ("before merging", "after"):
        assert store.frames(MN, 0, EVER).received.tolist() == [T0]
        assert len(store.frames(MN, T0 + 1, EVER)) == 0
        store.compact()


def test_the_same_bytes_of_two_devices_are_two_frames(store: TelemetryStore) -> None:
    store.write(frames([1], [T0]))
    store.write(frames([1], [T0], mn="another"))
    assert len(store.frames(MN, 0, EVER)) == 1
    assert len(store.frames("another", 0, EVER)) == 1


def test_frames_without_a_time_of_their_own_are_kept_once_too(store: TelemetryStore) -> None:
    store.write(frames([1, 2], [T0, T0 + 1], qn="no time"))
    store.write(frames([1], [T0 + 5], qn="no time"))
    found = store.frames(MN, 0, EVER)
    assert found.received.tolist() == [T0 + 1, T0]
    assert found.sent.tolist() == [0, 0]


def test_pages_turn_from_new_to_old_without_loss_or_repeat(store: TelemetryStore) -> None:
    moments = [T0 + 100 * (n // 3) for n in range(25)]
    store.write(frames(range(25), moments))
    seen: list[bytes] = []
    before = None
    while len(page := store.frames(MN, T0, EVER, limit=4, before=before)):
        assert page.received.tolist() == sorted(page.received.tolist(), reverse=True)
        seen += page.raw.tolist()
        before = (int(page.received[-1]), int(page.frame_id[-1]))
    assert sorted(seen) == sorted(raw_frame(n) for n in range(25))


def test_frames_are_found_by_span_command_and_id(store: TelemetryStore) -> None:
    store.write(frames([1, 2, 3], [T0, T0 + 1000, T0 + 2000]))
    store.write(frames([4], [T0 + 1500], cn="2051"))
    assert len(store.frames(MN, T0 + 1000, T0 + 2000)) == 2
    assert store.frames(MN, T0, EVER, cn="2051").raw.tolist() == [raw_frame(4)]
    wanted = frame_id(sm3(raw_frame(2)))
    assert store.frame_by_id(MN, wanted).raw.tolist() == [raw_frame(2)]
    assert len(store.frame_by_id(MN, 1)) == 0
    assert len(store.frame_by_id("another", wanted)) == 0


def test_events_are_kept_once_and_come_newest_first(store: TelemetryStore) -> None:
    for _ in range(2):
        store.write(event(T0, "online", "from 192.0.2.1"))
        store.write(event(T0 + 5, "offline"))
        store.write(event(T0 + 5, "offline", mn="another"))
    found = store.events(MN, T0, T0 + 6)
    assert found.event.tolist() == ["offline", "online"]
    assert found.time.tolist() == [T0 + 5, T0]
    assert found.detail.tolist() == ["", "from 192.0.2.1"]
    assert len(store.events(None, T0, T0 + 6)) == 3
    assert len(store.events(None, T0, T0 + 6, limit=2)) == 2
    assert len(store.events(MN, T0, T0 + 5)) == 1


def test_events_of_several_devices_come_each_from_its_own_span(store: TelemetryStore) -> None:
    for moment in (T0, T0 + 5, T0 + 9):
        for mn in (MN, "another", "a third"):
            store.write(event(moment, "online", mn=mn))
    spans = [(MN, T0 + 5, T0 + 9), ("another", T0, T0 + 5), ("another", T0 + 9, T0 + 10)]
    found = store.events_within(spans)
    told = list(zip(found.mn.tolist(), found.time.tolist(), strict=True))
    assert told == [("another", T0 + 9), (MN, T0 + 5), ("another", T0)]
    assert store.events_within(spans, limit=1).mn.tolist() == ["another"]
    assert len(store.events_within([])) == 0


def _statistics(value: float, *, rule: str = "HJ75-2017", computed: int = 1_000) -> StatisticRows:
    return StatisticRows(
        mn=[MN], factor=[COD], kind=[Kind.HOUR], time=[MIDNIGHT], value=[value], minimum=[1.0],
        maximum=[9.0], total=[NAN], zs_value=[2.0], zs_minimum=[NAN], zs_maximum=[NAN], flag=["N"],
        valid_count=[52], expected_count=[60], valid=[True], rule=[rule], computed=[computed],
    )  # fmt: skip


def test_our_statistics_stand_beside_the_devices_own(store: TelemetryStore) -> None:
    store.write_statistics(_statistics(5.0))
    assert len(store.series(MN, COD, Kind.HOUR, 0, MIDNIGHT + 1)) == 0
    found = store.statistics(MN, COD, Kind.HOUR, MIDNIGHT, MIDNIGHT + 3600)
    assert (found.value[0], found.minimum[0], found.maximum[0], found.zs_value[0]) == (5, 1, 9, 2)
    assert np.isnan(found.total[0])
    assert (found.valid_count[0], found.expected_count[0]) == (52, 60)
    assert found.valid.dtype == bool
    assert (found.valid[0], found.rule[0], found.flag[0]) == (True, "HJ75-2017", "N")


def test_a_later_computation_replaces_only_its_own_rule(store: TelemetryStore) -> None:
    store.write_statistics(_statistics(1.0, computed=2_000))
    store.write_statistics(_statistics(0.5, computed=1_000))
    store.write_statistics(_statistics(7.0, rule="HJ75-20XX"))
    for _ in ("before merging", "after"):
        found = store.statistics_rows(Kind.HOUR, MIDNIGHT, MIDNIGHT + 3600, mns=[MN])
        assert found.value.tolist() == [1.0, 7.0]
        store.compact()
    only = store.statistics(MN, COD, Kind.HOUR, 0, MIDNIGHT + 1, rule="HJ75-20XX")
    assert only.value.tolist() == [7.0]
