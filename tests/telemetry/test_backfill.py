"""Back-fill asks for what is missing, once, politely, and not for what it cannot get."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.telemetry.backfill import BackfillSettings, HistoryRequest, Outcome, PastRequest, plan
from zhihuan.telemetry.gap_scan import DeviceGap
from zhihuan.telemetry.kinds import Kind

T0 = 1717171200
NOW = T0 + 10 * 86400
MANNERS = BackfillSettings()


def gap(first: int, count: int, *, mn: str = "D", kind: Kind = Kind.MINUTE) -> DeviceGap:
    """Missing periods number ``first`` … of a device."""
    interval = {Kind.MINUTE: 60, Kind.HOUR: 3600, Kind.DAY: 86400}[kind]
    start = T0 + first * interval
    return DeviceGap(mn, kind, start, start + (count - 1) * interval, count, interval)


def asked(
    request: HistoryRequest,
    outcome: Outcome,
    *,
    placed: int = NOW - 7200,
    finished: int = NOW - 7000,
) -> PastRequest:
    return PastRequest(
        request.mn, request.kind, request.begin, request.end, placed, outcome,
        0 if outcome is Outcome.OPEN else finished,
    )  # fmt: skip


def test_a_gap_becomes_one_request_for_its_span() -> None:
    assert plan([gap(10, 5)], [], NOW, MANNERS) == [
        HistoryRequest("D", Kind.MINUTE, T0 + 600, T0 + 840, 5)
    ]


def test_near_gaps_are_merged_and_far_ones_not() -> None:
    near = plan([gap(0, 5), gap(10, 5)], [], NOW, MANNERS)
    assert near == [HistoryRequest("D", Kind.MINUTE, T0, T0 + 14 * 60, 10)]
    far = plan([gap(0, 5), gap(100, 5)], [], NOW, MANNERS)
    assert far == [HistoryRequest("D", Kind.MINUTE, T0 + 6000, T0 + 6240, 5)]


def test_a_long_gap_is_cut_and_the_newest_piece_asked_first() -> None:
    [request] = plan([gap(0, 1000)], [], NOW, MANNERS)
    assert (request.begin, request.end) == (T0 + 720 * 60, T0 + 999 * 60)
    assert request.missing == 280


def test_a_device_has_one_request_under_way() -> None:
    [request] = plan([gap(0, 1000)], [], NOW, MANNERS)
    assert plan([gap(0, 1000)], [asked(request, Outcome.OPEN)], NOW, MANNERS) == []


def test_what_was_answered_is_never_asked_again_even_if_still_missing() -> None:
    [first] = plan([gap(0, 300)], [], NOW, MANNERS)
    past = [asked(first, Outcome.ANSWERED)]
    assert plan([gap(0, 300)], past, NOW, MANNERS) == []
    assert plan([gap(0, 300)], past, NOW + 30 * 86400, MANNERS) == []


def test_the_rest_of_a_partly_answered_gap_is_asked() -> None:
    past = [PastRequest("D", Kind.MINUTE, T0 + 600, T0 + 900, NOW - 7200, Outcome.ANSWERED, NOW)]
    requests = plan([gap(0, 60)], past, NOW, replace(MANNERS, a_round=9))
    assert [(one.begin, one.end) for one in requests] == [(T0 + 960, T0 + 59 * 60)]
    past.append(asked(requests[0], Outcome.ANSWERED))
    [rest] = plan([gap(0, 60)], past, NOW, MANNERS)
    assert (rest.begin, rest.end) == (T0, T0 + 540)


def test_no_data_is_asked_again_later_and_later_and_then_no_more() -> None:
    [request] = plan([gap(0, 60)], [], NOW, MANNERS)
    past: list[PastRequest] = []
    moments: list[int] = []
    now = NOW
    while now < NOW + 20 * 86400:
        if plan([gap(0, 60)], past, now, MANNERS):
            moments.append(now)
            past.append(asked(request, Outcome.NO_DATA, placed=now, finished=now))
        now += 1800
    assert len(moments) == MANNERS.no_data_times
    pauses = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert pauses == [MANNERS.no_data_wait, 2 * MANNERS.no_data_wait]


def test_failures_are_repeated_with_growing_pauses() -> None:
    [request] = plan([gap(0, 60)], [], NOW, MANNERS)
    once = [asked(request, Outcome.FAILED, placed=NOW, finished=NOW)]
    assert plan([gap(0, 60)], once, NOW + MANNERS.failed_wait - 1, MANNERS) == []
    assert plan([gap(0, 60)], once, NOW + MANNERS.failed_wait, MANNERS) == [request]
    twice = [*once, asked(request, Outcome.FAILED, placed=NOW + 1800, finished=NOW + 1800)]
    assert plan([gap(0, 60)], twice, NOW + 2 * 1800, MANNERS) == []
    assert plan([gap(0, 60)], twice, NOW + 3 * 1800, MANNERS) == [request]


def test_a_device_is_asked_a_few_times_an_hour() -> None:
    past = [
        PastRequest("D", Kind.HOUR, n, n, NOW - 3000, Outcome.ANSWERED, NOW - 2000)
        for n in range(MANNERS.device_an_hour)
    ]
    assert plan([gap(0, 60)], past, NOW, MANNERS) == []
    assert plan([gap(0, 60)], past, NOW + 1000, MANNERS) != []


def test_the_house_has_so_many_requests_at_once() -> None:
    gaps = [gap(0, 60, mn=f"D{n:03d}") for n in range(400)]
    assert len(plan(gaps, [], NOW, MANNERS)) == MANNERS.a_round
    open_ones = [
        PastRequest(f"E{n}", Kind.MINUTE, T0, T0, NOW - 60, Outcome.OPEN) for n in range(190)
    ]
    assert len(plan(gaps, open_ones, NOW, MANNERS)) == 10
    assert plan(gaps, open_ones + open_ones, NOW, MANNERS) == []


def test_only_devices_that_are_there_are_asked() -> None:
    gaps = [gap(0, 60, mn="here"), gap(0, 60, mn="gone")]
    assert [one.mn for one in plan(gaps, [], NOW, MANNERS, online={"here"})] == ["here"]


def test_a_period_that_may_still_arrive_by_itself_is_not_asked() -> None:
    now = T0 + 60 * 60
    [request] = plan([gap(0, 60)], [], now, MANNERS)
    assert request.end + 60 + MANNERS.settle_seconds <= now
    assert plan([gap(55, 5)], [], now, MANNERS) == []


def test_each_kind_is_asked_for_itself() -> None:
    answered = PastRequest("D", Kind.MINUTE, T0, T0 + 86400, NOW - 9000, Outcome.ANSWERED, NOW)
    [request] = plan([gap(0, 5, kind=Kind.HOUR)], [answered], NOW, MANNERS)
    assert request == HistoryRequest("D", Kind.HOUR, T0, T0 + 4 * 3600, 5)


@settings(max_examples=60, deadline=None)
@given(runs=st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 500)), min_size=1, max_size=8))
def test_a_device_that_answers_is_asked_for_everything_once(runs: list[tuple[int, int]]) -> None:
    missing = {slot for first, count in runs for slot in range(first, first + count)}
    gaps = _as_gaps(missing)
    past: list[PastRequest] = []
    asked_slots: list[int] = []
    now = NOW
    while requests := plan(gaps, past, now, MANNERS):
        [request] = requests
        past.append(asked(request, Outcome.ANSWERED, placed=now, finished=now + 30))
        asked_slots += range((request.begin - T0) // 60, (request.end - T0) // 60 + 1)
        now += 3600
    assert missing <= set(asked_slots)
    assert len(asked_slots) == len(set(asked_slots))
    assert all(one.end - one.begin < MANNERS.longest_periods[Kind.MINUTE] * 60 for one in past)


def _as_gaps(missing: set[int]) -> list[DeviceGap]:
    gaps: list[DeviceGap] = []
    for slot in sorted(missing):
        if gaps and gaps[-1].last == T0 + (slot - 1) * 60:
            last = gaps.pop()
            gaps.append(replace(last, last=T0 + slot * 60, missing=last.missing + 1))
            continue
        gaps.append(gap(slot, 1))
    return gaps
