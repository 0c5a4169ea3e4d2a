"""Pages of random histories agree with a plain list of everything: sent again, gaps of years, moves."""

from __future__ import annotations

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest

from zhihuan.bureau.registry.models import Device, PastPlacement
from zhihuan.telemetry.kinds import Kind

MIDNIGHT = 1_780_243_200  # 2026-06-01 00:00:00 in Beijing
HOUR, DAY = 3600, 86_400
MOVED = dt.date(2026, 5, 20)


@pytest.fixture
def history(point, rows):
    """Three points of two factors, a device that moved from the second to the first; what is there,
    by (point, factor), written down beside the store as {time: value}."""
    dice = random.Random(1_126)
    points = [point(f"KQ-{n}", "ambient_air", "a34004", "a05024") for n in (1, 2, 3)]
    told: dict[tuple[str, str], dict[int, float]] = {}
    newest: dict[tuple[str, str, int], int] = {}
    device = Device.objects.get(mn="MNKQ-1")
    PastPlacement.objects.create(
        device=device, point=points[1], placed=dt.date(2025, 1, 1), removed=MOVED
    )
    device.placed = MOVED + dt.timedelta(days=1)
    device.save()
    moments = iter(dice.sample(range(10**9), 1_000))
    for _round in range(2):
        for code in ("KQ-1", "KQ-2", "KQ-3"):
            for factor in ("a34004", "a05024"):
                for time in _times(dice):
                    value, received = round(dice.uniform(0, 99), 3), next(moments)
                    rows(f"MN{code}", factor, Kind.HOUR, [(time, value)], received=received)
                    if newest.get((code, factor, time), -1) < received:
                        newest[code, factor, time] = received
                        _tell(told, code, factor, time, value)
    return told


def _times(dice: random.Random) -> list[int]:
    """Hours of a few days, and a few of years ago."""
    near = [MIDNIGHT - dice.randrange(40) * HOUR for _ in range(5)]
    return near + [MIDNIGHT - dice.randrange(3_000) * DAY for _ in range(2)]


def _tell(told, code: str, factor: str, time: int, value: float) -> None:
    stood = code
    if code == "KQ-1":
        day = dt.datetime.fromtimestamp(time, ZoneInfo("Asia/Shanghai")).date()
        if day <= MOVED:
            if day < dt.date(2025, 1, 1):
                return  # nobody knows where it stood
            stood = "KQ-2 before"
    told.setdefault((stood, factor), {})[time] = value


def _wanted(told, code: str, factor: str) -> dict[int, float]:
    """The device in use has the word, one that stood there before fills what it lacks."""
    before = told.get((f"{code} before", factor), {})
    return {**before, **told.get((code, factor), {})}


def _time(entity) -> int:
    return int(entity["@iot.id"].split("-")[1])


@pytest.mark.parametrize("size", [3, 17])
def test_pages_of_each_series_are_the_whole_history(history, read, series, all_pages, size):
    for code in ("KQ-1", "KQ-2"):
        address = f"/Datastreams({series(code, 'a34004', 'hour')})/Observations"
        wanted = sorted(_wanted(history, code, "a34004").items())
        for order, expected in (("phenomenonTime", wanted), ("phenomenonTime desc", wanted[::-1])):
            first = read(address, top=size, orderby=order, count="true")
            assert first["@iot.count"] == len(wanted)
            found = [(_time(each), each["result"]) for each in all_pages(first)]
            assert found == expected, (code, order)


def test_pages_of_all_series_hold_each_row_once(history, read, all_pages):
    wanted = {
        (code, factor, time): value
        for code in ("KQ-1", "KQ-2", "KQ-3")
        for factor in ("a34004", "a05024")
        for time, value in _wanted(history, code, factor).items()
    }
    streams = {
        each["@iot.id"]: (each["Thing"]["properties"]["code"], each["properties"]["factor"])
        for each in read("/Datastreams", expand="Thing")["value"]
    }
    for options in ({}, {"orderby": "phenomenonTime"}, {"orderby": "phenomenonTime desc"}):
        rows = all_pages(read("/Observations", top=13, **options))
        told = [
            ((*streams[int(each["@iot.id"].split("-")[0])], _time(each)), each["result"])
            for each in rows
        ]
        assert len(told) == len(dict(told)) == len(wanted)
        assert dict(told) == wanted
        times = [key[2] for key, _value in told]
        if options:
            assert times == sorted(times, reverse="desc" in options["orderby"])


def test_a_filter_and_a_span_leave_what_they_say(history, read, series, all_pages):
    address = f"/Datastreams({series('KQ-2', 'a34004', 'hour')})/Observations"
    start = dt.datetime.fromtimestamp(MIDNIGHT - 20 * DAY, dt.UTC)
    said = f"result gt 50 and phenomenonTime ge {start:%Y-%m-%dT%H:%M:%SZ}"
    wanted = [
        (time, value)
        for time, value in sorted(_wanted(history, "KQ-2", "a34004").items(), reverse=True)
        if value > 50 and time >= MIDNIGHT - 20 * DAY
    ]
    found = all_pages(read(address, filter=said, top=2))
    assert [(_time(each), each["result"]) for each in found] == wanted
