"""Seals find every frame altered, removed or added, and name it; on any engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from rows_of_a_city import MIDNIGHT, MN, frames, raw_frame

from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.store import TelemetryStore
from zhihuan.telemetry.store.engine import Insert
from zhihuan.telemetry.store.ledger import Seal
from zhihuan.telemetry.store.sealed_day import What

DAY = date(2026, 6, 1)
T0 = MIDNIGHT * 1000
NUMBERS = list(range(40))
MOMENTS = [T0 + 1000 * number for number in NUMBERS]
VICTIM = frame_id(sm3(raw_frame(17)))


@pytest.fixture
def sealed(store: TelemetryStore) -> tuple[TelemetryStore, dict[str, Seal]]:
    """Two devices' frames of a day, sealed."""
    store.write(frames(NUMBERS, MOMENTS))
    store.write(frames([1, 2, 3], [T0, T0 + 1, T0 + 2], mn="another"))
    store.write(frames([900], [T0 - 1]))
    store.write(frames([901], [T0 + 86_400_000]))
    seals = store.seal_day(DAY)
    assert [(seal.mn, seal.frames) for seal in seals] == [
        ("ZS442000W0000000001", 40),
        ("another", 3),
    ]
    return store, {seal.mn: seal for seal in seals}


def _command(store: Any, sql: str) -> None:
    store.engine.command(sql)


def _forge(store: Any, number: int, **changed: Any) -> None:
    """A frame row as a forger would write it, past the store's own door."""
    raw = raw_frame(number)
    row = {
        "mn": MN, "sent": MIDNIGHT, "frame_id": frame_id(sm3(raw)), "received": T0 + 1000 * number,
        "cn": "2011", "st": "32", "qn": "", "data_time": 0, "raw": raw, "sm3": sm3(raw),
        "precedence": 2**64 - 1,
    } | changed  # fmt: skip
    store.engine.insert([Insert("frame", {name: [value] for name, value in row.items()})])


def test_an_untouched_day_verifies(sealed: Any) -> None:
    store, roots = sealed
    assert list(store.verify_day(DAY, roots)) == []
    store.compact()
    assert list(store.verify_day(DAY, roots)) == []
    assert list(store.verify_day(DAY)) == []


def test_sealing_again_changes_nothing(sealed: Any) -> None:
    store, roots = sealed
    assert store.seal_day(DAY) == []
    assert {seal.mn: seal for seal in store.stored_seals(DAY)} == roots


def test_a_frame_that_comes_again_later_does_not_break_its_seal(sealed: Any) -> None:
    store, roots = sealed
    store.write(frames([17, 18], [T0 + 86_400_000 * 3, MOMENTS[18] + 5]))
    assert list(store.verify_day(DAY, roots)) == []
    # and it is no frame of the day on which it came again
    assert [seal.frames for seal in store.seal_day(date(2026, 6, 4))] == []


def test_altered_bytes_under_the_old_digest_are_found(sealed: Any) -> None:
    store, roots = sealed
    _forge(store, 17, raw=b"##forged")
    store.compact()
    (found,) = store.verify_day(DAY, roots)
    assert (found.what, found.mn, found.frame_id) == (What.ALTERED, MN, VICTIM)
    assert found.received == MOMENTS[17]


def test_a_frame_replaced_together_with_its_digest_is_found(sealed: Any) -> None:
    store, roots = sealed
    forged = b"##forged"
    _delete(store, VICTIM)
    _forge(store, 17, raw=forged, sm3=sm3(forged), frame_id=frame_id(sm3(forged)))
    (found,) = store.verify_day(DAY, roots)
    assert (found.what, found.frame_id, found.received) == (What.ALTERED, VICTIM, MOMENTS[17])


def test_a_removed_frame_is_found(sealed: Any) -> None:
    store, roots = sealed
    _delete(store, VICTIM)
    (found,) = store.verify_day(DAY, roots)
    assert (found.what, found.frame_id, found.received) == (What.MISSING, VICTIM, MOMENTS[17])


def test_an_added_frame_is_found(sealed: Any) -> None:
    store, roots = sealed
    store.write(frames([500], [T0 + 500]))
    (found,) = store.verify_day(DAY, roots)
    assert (found.what, found.frame_id) == (What.ADDED, frame_id(sm3(raw_frame(500))))


def test_a_whole_day_wiped_out_is_found_frame_by_frame(sealed: Any) -> None:
    store, roots = sealed
    _command(store, "TRUNCATE TABLE @frame")
    _until(lambda: len(store.frames("another", 0, 2**62)) == 0)
    _until(lambda: len(store.frames(MN, 0, 2**62)) == 0)
    found = list(store.verify_day(DAY, roots))
    assert {each.what for each in found} == {What.MISSING}
    assert [each.mn for each in found] == [MN] * 40 + ["another"] * 3


def test_a_forger_who_seals_anew_is_caught_by_the_ledger(sealed: Any) -> None:
    store, roots = sealed
    _delete(store, VICTIM)
    _command(store, "TRUNCATE TABLE @seal")
    _until(lambda: not store.stored_seals(DAY))
    store.seal_day(DAY)
    assert list(store.verify_day(DAY)) == []
    kinds = [each.what for each in store.verify_day(DAY, roots)]
    assert kinds == [What.LIST_ALTERED]


def test_a_lost_list_leaves_the_root_to_judge_by(sealed: Any) -> None:
    store, roots = sealed
    _command(store, "TRUNCATE TABLE @seal")
    _until(lambda: not store.stored_seals(DAY))
    found = list(store.verify_day(DAY, roots))
    assert {each.what for each in found} == {What.LIST_MISSING}
    assert all("still give the root" in each.detail for each in found)
    store.write(frames([500], [T0 + 500]))
    details = {each.mn: each.detail for each in store.verify_day(DAY, roots)}
    assert "do not give the root" in details[MN]
    assert "still give the root" in details["another"]


def test_a_day_without_seal_and_a_seal_the_ledger_does_not_know_are_told(sealed: Any) -> None:
    store, roots = sealed
    (found,) = store.verify_day(date(2026, 5, 31), {})
    assert (found.what, found.mn) == (What.UNSEALED, MN)
    (found,) = store.verify_day(DAY, {MN: roots[MN]})
    assert (found.what, found.mn) == (What.NOT_IN_LEDGER, "another")


def test_a_day_that_is_not_over_cannot_be_sealed(store: TelemetryStore) -> None:
    today = datetime.now(timezone(timedelta(hours=8))).date()
    with pytest.raises(ValueError, match="cannot be sealed before"):
        store.seal_day(today)


def _delete(store: Any, frame: int) -> None:
    """What a forger with the engine's password does."""
    _command(store, f"ALTER TABLE @frame DELETE WHERE mn = '{MN}' AND frame_id = {frame}")
    _until(lambda: len(store.frame_by_id(MN, frame)) == 0)


def _until(true: Callable[[], bool]) -> None:
    """Mutations run in the background, and a replica follows by itself."""
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
