# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
"""Seals a day's frames device by device, and verifies days against their seals.

A day is a Beijing calendar day of reception. It can be sealed once it is over and settled; frames
first received on it later than that show as added. Sealing again changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.digest import sm3
from zhihuan.telemetry.store.engine import Bounds, Engine, Insert
from zhihuan.telemetry.store.inserts import FIRST_WINS
from zhihuan.telemetry.store.ledger import Seal
from zhihuan.telemetry.store.sealed_day import (
    Finding,
    KeptFrame,
    Leaf,
    What,
    compare,
    pack_leaves,
    root_of,
    unpack_leaves,
)
from zhihuan.telemetry.store.sql import integers, moment, texts

__all__ = ["seal_day", "stored_seals", "verify_day"]

_BEIJING = timezone(timedelta(hours=8))
#: Rows received on a day may still be on their way to the store when it ends [s].
SETTLED_SECONDS = 900
_FRAMES_AT_A_TIME = 50_000
_BOUNDS = Bounds(seconds=300)


def seal_day(engine: Engine, day: date) -> list[Seal]:
    """Seal every device that has frames of ``day`` and no seal yet; the new seals, by device.

    ``ValueError`` when the day is not over or not settled yet.
    """
    _must_be_settled(day)
    sealed = set(_stored(engine, day))
    seals: list[Seal] = []
    for mns in _portions(engine, day, sealed):
        lists = {mn: sorted(leaves) for mn, leaves in _leaves(engine, day, mns)}
        fresh = [_seal(mn, day, leaves) for mn, leaves in lists.items()]
        engine.insert([_insert(fresh, lists)])
        seals += fresh
    return seals


def stored_seals(engine: Engine, day: date) -> list[Seal]:
    """The seals the store itself keeps of a day: what a ledger that missed some is filled from."""
    return [seal for seal, _ in _stored(engine, day).values()]


def _must_be_settled(day: date) -> None:
    end_ms = _span_ms(day)[1]
    ready = end_ms / 1000 + SETTLED_SECONDS
    if time.time() < ready:
        at = datetime.fromtimestamp(ready, _BEIJING)
        raise ValueError(f"{day} cannot be sealed before {at:%Y-%m-%d %H:%M} Beijing time")


def _span_ms(day: date) -> tuple[int, int]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=_BEIJING)
    start = int(midnight.timestamp()) * 1000
    return start, start + 86_400_000


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _seal(mn: str, day: date, leaves: Sequence[Leaf]) -> Seal:
    now_ms = time.time_ns() // 1_000_000
    return Seal(mn, _number(day), root_of(mn, leaves), len(leaves), now_ms)


def _insert(seals: Sequence[Seal], lists: Mapping[str, Sequence[Leaf]]) -> Insert:
    sealed = np.array([seal.sealed for seal in seals], dtype=np.int64)
    columns: dict[str, Any] = {
        "mn": [seal.mn for seal in seals],
        "day": np.array([seal.day for seal in seals], dtype=np.uint32),
        "root": [seal.root for seal in seals],
        "frames": np.array([seal.frames for seal in seals], dtype=np.uint32),
        "leaves": [pack_leaves(lists[seal.mn]) for seal in seals],
        "sealed": sealed,
        "precedence": FIRST_WINS - sealed.astype(np.uint64),
    }
    return Insert("seal", columns)


# ---- reading a day's frames ----


def _of_day(day: date) -> str:
    start, end = _span_ms(day)
    return f"received >= {start} AND received < {end}"


def _portions(engine: Engine, day: date, without: set[str]) -> Iterator[list[str]]:
    """The day's devices in groups whose frames fit in memory together."""
    sql = f"SELECT mn, count() AS n FROM @frame WHERE {_of_day(day)} GROUP BY mn ORDER BY mn"
    counts = engine.read(sql, bounds=_BOUNDS)
    portion: list[str] = []
    frames = 0
    for mn, count in zip(counts["mn"], counts["n"].tolist(), strict=True):
        if mn in without:
            continue
        if portion and frames + count > _FRAMES_AT_A_TIME:
            yield portion
            portion, frames = [], 0
        portion.append(mn)
        frames += count
    if portion:
        yield portion


def _leaves(engine: Engine, day: date, mns: Sequence[str]) -> Iterator[tuple[str, list[Leaf]]]:
    """Each device with its frames as their digest columns name them."""
    for mn, rows in _frames(engine, day, mns, "sm3"):
        yield mn, [Leaf(received, digest) for received, digest in rows]


def _kept(engine: Engine, day: date, mns: Sequence[str]) -> Iterator[tuple[str, list[KeptFrame]]]:
    """Each device with its frames, their bytes hashed anew."""
    for mn, rows in _frames(engine, day, mns, "sm3, raw"):
        yield mn, [KeptFrame(received, claimed, sm3(raw)) for received, claimed, raw in rows]


def _frames(
    engine: Engine, day: date, mns: Sequence[str], columns: str
) -> Iterator[tuple[str, list[Any]]]:
    """Rows first received on the day, (received, *columns), by device.

    A frame that came again belongs to the day it came first. Copies share the time they say they
    were sent, so looking at all frames sent in the same hours finds them.
    """
    hours = _hours_sent(engine, day, mns)
    if not len(hours):
        return
    sql = (
        f"SELECT mn, received, {columns} FROM (SELECT mn, sent, frame_id, received, {columns} "
        f"FROM @frame WHERE mn IN {texts(mns)} AND {_sent_in(hours)} "
        "ORDER BY mn, sent, frame_id, received LIMIT 1 BY mn, sent, frame_id) "
        f"WHERE {_of_day(day)} ORDER BY mn"
    )
    found = engine.read(sql, bounds=_BOUNDS, binary=True)
    rows = zip(*(column.tolist() for column in found.values()), strict=True)
    for mn, group in groupby(rows, key=itemgetter(0)):
        yield mn.decode(), [row[1:] for row in group]


def _hours_sent(engine: Engine, day: date, mns: Sequence[str]) -> NDArray[np.int64]:
    sql = (
        "SELECT DISTINCT intDiv(toUInt32(sent), 3600) AS hour FROM @frame "
        f"WHERE {_of_day(day)} AND mn IN {texts(mns)} ORDER BY hour"
    )
    return engine.read(sql, bounds=_BOUNDS)["hour"].astype(np.int64)


def _sent_in(hours: NDArray[np.int64]) -> str:
    first, last = int(hours[0]) * 3600, int(hours[-1]) * 3600 + 3599
    return (
        f"sent >= {moment(first)} AND sent <= {moment(last)} "
        f"AND intDiv(toUInt32(sent), 3600) IN {integers(hours)}"
    )


# ---- verifying ----


def verify_day(
    engine: Engine, day: date, ledger: Mapping[str, Seal] | None = None
) -> Iterator[Finding]:
    """Everything by which the day's frames differ from their seals; nothing when all is as sealed.

    ledger: the roots kept elsewhere, by device. None verifies against the store's own copies only,
    which shows damage but not a forger who rewrote both.
    """
    stored = _stored(engine, day)
    roots = {mn: seal for mn, (seal, _) in stored.items()} if ledger is None else ledger
    seen: set[str] = set()
    for mns in _portions(engine, day, set()):
        for mn, kept in _kept(engine, day, mns):
            seen.add(mn)
            yield from _verified(mn, _number(day), roots.get(mn), stored.get(mn), kept)
    for mn in sorted((roots.keys() | stored.keys()) - seen):
        yield from _verified(mn, _number(day), roots.get(mn), stored.get(mn), [])


def _verified(
    mn: str,
    day: int,
    root: Seal | None,
    stored: tuple[Seal, bytes] | None,
    kept: Sequence[KeptFrame],
) -> Iterator[Finding]:
    if root is None and stored is None:
        yield Finding(mn, day, What.UNSEALED, f"{len(kept)} frames without a seal")
        return
    if root is None:
        yield Finding(mn, day, What.NOT_IN_LEDGER, "sealed here, unknown to the ledger")
    if stored is None:
        yield from _against_root(mn, day, root, kept)
        return
    sealed = unpack_leaves(stored[1])
    if root is not None and root_of(mn, sealed) != root.root:
        detail = "the list of sealed frames does not give the ledger's root; what follows is by it"
        yield Finding(mn, day, What.LIST_ALTERED, detail)
    yield from compare(mn, day, sealed, kept)


def _against_root(
    mn: str, day: int, root: Seal | None, kept: Sequence[KeptFrame]
) -> Iterator[Finding]:
    """Without the list a root can only say whether all is as it was."""
    now = root_of(mn, sorted(Leaf(frame.received, frame.actual) for frame in kept))
    same = root is not None and now == root.root
    told = "the frames still give the root" if same else "and the frames do not give the root"
    yield Finding(mn, day, What.LIST_MISSING, f"the list of sealed frames is gone, {told}")


def _stored(engine: Engine, day: date) -> dict[str, tuple[Seal, bytes]]:
    """The store's seals of a day with their leaf lists, by device."""
    sql = (
        "SELECT mn, day, root, frames, sealed, leaves FROM @seal "
        f"WHERE day = {_number(day)} ORDER BY mn, sealed LIMIT 1 BY mn"
    )
    found = engine.read(sql, bounds=_BOUNDS, binary=True)
    rows = zip(*(column.tolist() for column in found.values()), strict=True)
    return {row[0].decode(): (Seal(row[0].decode(), *row[1:5]), row[5]) for row in rows}
