"""What devices did, as happenings: each event once, page by page, only while the device stood there."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.acquisition.timeline import events
from zhihuan.bureau.timeline.happening import DeviceStay, Place, Subject
from zhihuan.telemetry.rows import Batch

NOON = dt.datetime(2026, 5, 3, 4, tzinfo=dt.UTC)
NOON_MS = int(NOON.timestamp()) * 1000
pytestmark = pytest.mark.django_db


@pytest.fixture
def told(platform_store):
    """``told("MN1", milliseconds after noon, "detail")``: an event of a device."""

    def write(mn: str, after: int, detail: str) -> None:
        batch = Batch()
        for name, value in {
            "mn": mn, "time": NOON_MS + after, "event": "online", "detail": detail,
        }.items():  # fmt: skip
            getattr(batch.events, name).append(value)
        platform_store.write(batch)

    return write


def stay(mn: str, start: int, end: int | None = None) -> DeviceStay:
    """From and until so many milliseconds after noon."""
    until = None if end is None else NOON + dt.timedelta(milliseconds=end)
    return DeviceStay(1, mn, NOON + dt.timedelta(milliseconds=start), until)


def test_pages_lose_nothing_and_repeat_nothing_within_one_millisecond(told):
    wanted = []
    for after in (0, 5, 5, 5, 5, 9):
        for mn in ("A", "B"):
            detail = f"{len(wanted):02d}"
            told(mn, after, detail)
            wanted.append(detail)
    subject, place, seen = Subject(1, (stay("A", 0), stay("B", 0))), None, []
    while found := events(subject, place, 3):
        seen += [each.words.split()[-1] for each in found]
        place = Place(found[-1].at, found[-1].source, found[-1].key)
    assert sorted(seen) == sorted(wanted)


def test_what_a_device_did_elsewhere_belongs_elsewhere(told):
    for after in (0, 10, 20):
        told("A", after, f"at {after}")
    found = events(Subject(1, (stay("A", 10, 20),)), None, 10)
    assert [each.words for each in found] == ["A at 10"]


def test_an_event_before_a_place_between_two_milliseconds_is_told(told):
    told("A", 5, "five")
    place = Place(NOON + dt.timedelta(milliseconds=5, microseconds=300), "change", "x")
    assert len(events(Subject(1, (stay("A", 0),)), place, 10)) == 1


def test_nobody_there_is_no_question(settings):
    assert events(Subject(1), None, 10) == []
