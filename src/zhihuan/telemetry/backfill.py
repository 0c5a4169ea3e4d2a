"""Which missing data to ask which device for, now.

    orders = plan(gaps, past, now, BackfillSettings())

Pure: gaps and the requests made so far go in, requests come out; all memory is in the order book,
so a restart forgets nothing. Neighbouring gaps are merged, long ones cut; a device has one request
under way at a time and a few an hour, the whole house so many at once. What a device answered is
not asked again, whatever it left out; when it says that it has no data (ExeRtn 100) or does not
answer, it is asked again later and later, and after some times no more.

It refuses to ask for a period that has not ended and settled, and to order anything but history:
2051, 2061, 2031 and, for power-use systems (ST 44), 2011.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from zhihuan.telemetry.gap_scan import DeviceGap
from zhihuan.telemetry.kinds import Kind

__all__ = ["BackfillSettings", "HistoryRequest", "Outcome", "PastRequest", "plan"]


class Outcome(StrEnum):
    """How a request for history ended, or that it has not."""

    OPEN = "open"
    ANSWERED = "answered"  # ExeRtn 1: what it has, it sent
    NO_DATA = "no_data"  # ExeRtn 100
    FAILED = "failed"  # refused, timed out, expired, lost


@dataclass(frozen=True, slots=True)
class PastRequest:
    """A request already made: begin and end are the starts of its first and last period
    [epoch s], both included; placed and finished [epoch s], finished 0 while OPEN."""

    mn: str
    kind: Kind
    begin: int
    end: int
    placed: int
    outcome: Outcome
    finished: int = 0


@dataclass(frozen=True, slots=True)
class HistoryRequest:
    """What to ask one device for: the periods from ``begin`` to ``end`` (starts, both included)
    [epoch s]; ``missing`` of them are not there."""

    mn: str
    kind: Kind
    begin: int
    end: int
    missing: int


def _longest() -> Mapping[Kind, int]:
    return {Kind.MINUTE: 360, Kind.HOUR: 72, Kind.DAY: 31, Kind.REALTIME: 720}


@dataclass(frozen=True, slots=True)
class BackfillSettings:
    """Manners of asking.

    settle_seconds: how long after its end a period may still arrive by itself. merge_periods:
    gaps with at most so many present periods between them become one request. longest_periods:
    of one request, by kind. device_an_hour, open_in_all, a_round: limits on requests.
    no_data_wait, failed_wait: seconds to the first repetition, doubled each time up to
    longest_wait. no_data_times, failed_times: how often at most before giving a span up.
    """

    settle_seconds: int = 900
    merge_periods: int = 5
    longest_periods: Mapping[Kind, int] = field(default_factory=_longest)
    device_an_hour: int = 6
    open_in_all: int = 200
    a_round: int = 50
    no_data_wait: int = 6 * 3600
    no_data_times: int = 3
    failed_wait: int = 1800
    failed_times: int = 8
    longest_wait: int = 2 * 86400


def plan(
    gaps: Iterable[DeviceGap],
    past: Sequence[PastRequest],
    now: int,
    settings: BackfillSettings,
    *,
    online: Collection[str] | None = None,
) -> list[HistoryRequest]:
    """The requests to make at ``now`` [epoch s]: newest gaps first, one per device.

    past: requests of at least the last ``longest_wait`` and of the whole span of the gaps. online:
    devices worth asking; None: all.
    """
    by_device: dict[str, list[PastRequest]] = defaultdict(list)
    for request in past:
        by_device[request.mn].append(request)
    room = settings.open_in_all - sum(one.outcome is Outcome.OPEN for one in past)
    askable = [
        gap
        for gap in gaps
        if (online is None or gap.mn in online) and _may_be_asked(by_device[gap.mn], now, settings)
    ]
    wanted = [
        request
        for gap in _merged(askable, settings)
        for request in _remaining(gap, by_device[gap.mn], now, settings)
    ]
    newest_first = sorted(wanted, key=lambda one: (-one.end, one.mn, one.kind))
    first_of_device = {one.mn: one for one in reversed(newest_first)}
    chosen = sorted(first_of_device.values(), key=lambda one: (-one.end, one.mn))
    return chosen[: max(min(settings.a_round, room), 0)]


def _may_be_asked(past: Sequence[PastRequest], now: int, settings: BackfillSettings) -> bool:
    lately = sum(request.placed > now - 3600 for request in past)
    is_busy = any(request.outcome is Outcome.OPEN for request in past)
    return not is_busy and lately < settings.device_an_hour


def _merged(gaps: Iterable[DeviceGap], settings: BackfillSettings) -> Iterator[DeviceGap]:
    """Neighbouring gaps of one device and kind as one; ``missing`` adds up."""
    held: DeviceGap | None = None
    for gap in sorted(gaps, key=lambda one: (one.mn, one.kind, one.start)):
        if held is not None and _are_near(held, gap, settings):
            held = DeviceGap(
                gap.mn, gap.kind, held.start, gap.last, held.missing + gap.missing, gap.interval
            )
            continue
        if held is not None:
            yield held
        held = gap
    if held is not None:
        yield held


def _are_near(held: DeviceGap, gap: DeviceGap, settings: BackfillSettings) -> bool:
    between = (gap.start - held.last) // gap.interval - 1
    return (held.mn, held.kind) == (gap.mn, gap.kind) and between <= settings.merge_periods


def _remaining(
    gap: DeviceGap, past: Sequence[PastRequest], now: int, settings: BackfillSettings
) -> Iterator[HistoryRequest]:
    """What of a gap may be asked now: settled, not answered, not waiting, cut to length."""
    settled = now - settings.settle_seconds - gap.interval
    last = gap.start + (min(gap.last, settled) - gap.start) // gap.interval * gap.interval
    if last < gap.start:
        return
    closed = [one for one in past if one.kind is gap.kind and _is_closed(one, past, now, settings)]
    for begin, end in _without(gap.start, last, gap.interval, closed):
        yield from _cut(gap, begin, end, settings)


def _is_closed(
    request: PastRequest, past: Sequence[PastRequest], now: int, settings: BackfillSettings
) -> bool:
    """Whether the span of a request is not to be asked (yet)."""
    if request.outcome in (Outcome.OPEN, Outcome.ANSWERED):
        return True
    times, wait = (
        (settings.no_data_times, settings.no_data_wait)
        if request.outcome is Outcome.NO_DATA
        else (settings.failed_times, settings.failed_wait)
    )
    tries = sum(_covers(one, request) and one.outcome is request.outcome for one in past)
    pause = min(wait * 2 ** (tries - 1), settings.longest_wait)
    return tries >= times or now < request.finished + pause


def _covers(one: PastRequest, other: PastRequest) -> bool:
    """Whether ``one`` asked for all that ``other`` did."""
    same_kind = one.kind is other.kind
    return same_kind and one.begin <= other.begin and one.end >= other.end


def _without(
    begin: int, end: int, interval: int, closed: Iterable[PastRequest]
) -> Iterator[tuple[int, int]]:
    """The parts of begin..end (both included) that no closed request covers."""
    for request in sorted(closed, key=lambda one: one.begin):
        if request.end < begin or request.begin > end:
            continue
        if request.begin > begin:
            last_before = begin + (request.begin - 1 - begin) // interval * interval
            yield begin, last_before
        begin = begin + ((request.end - begin) // interval + 1) * interval
    if begin <= end:
        yield begin, end


def _cut(
    gap: DeviceGap, begin: int, end: int, settings: BackfillSettings
) -> Iterator[HistoryRequest]:
    stride = settings.longest_periods.get(gap.kind, 1) * gap.interval
    whole = (gap.last - gap.start) // gap.interval + 1
    for first in range(begin, end + 1, stride):
        last = min(first + stride - gap.interval, end)
        periods = (last - first) // gap.interval + 1
        yield HistoryRequest(gap.mn, gap.kind, first, last, min(periods, gap.missing, whole))
