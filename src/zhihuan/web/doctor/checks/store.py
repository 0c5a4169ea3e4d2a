"""The telemetry store: is it there and answering, its tables current, its journal short.

An embedded store is held by the platform, so from outside its lock and its journal are looked at;
``--deep`` opens a snapshot of it beside the platform, which also proves that every part reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zhihuan.telemetry.store import StoreError, StoreHeld, open_store
from zhihuan.telemetry.store.folder_lock import FolderLock
from zhihuan.telemetry.store.history import pending
from zhihuan.telemetry.store.journal.leftovers import totals
from zhihuan.telemetry.store.opening import JOURNAL, embedded_folder
from zhihuan.web.backup.store_access import store_to_read
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.patient import Patient

_BACKLOG_BYTES = 128 * 2**20


def look(patient: Patient) -> Iterator[Diagnosis]:
    url = patient.settings.ZHIHUAN_STORE_URL
    folder = embedded_folder(url)
    try:
        if folder is None:
            yield from _cluster(url)
        else:
            yield from _embedded(folder)
            yield from _opened(url) if patient.deep else ()
    except StoreError as trouble:
        yield error(
            f"does not answer: {trouble}",
            "Nothing is acknowledged; devices keep their data and send it again, as long as they can.",
            "Start the servers, or correct ZHIHUAN_STORE_URL.",
        )


def _cluster(url: str) -> Iterator[Diagnosis]:
    store = open_store(url)
    try:
        # every host is asked: one that is down is an error here
        missing = pending(store.engine)  # type: ignore[attr-defined]
        rows = store.table_sizes()
    finally:
        store.close()
    yield from _migrations(missing)
    size = sum(each.bytes_on_disk for each in rows)
    yield fine(
        f"cluster answers, {sum(each.rows for each in rows):,} rows, {size / 2**30:,.2f} GiB"
    )


def _migrations(missing: list[str]) -> Iterator[Diagnosis]:
    if missing:
        yield error(
            f"{len(missing)} migrations are not applied: {', '.join(missing)}",
            "The tables are those of another version; writes fail.",
            "zhihuan telemetry migrate (zhihuan serve does it when it starts)",
        )


def _embedded(folder: Path) -> Iterator[Diagnosis]:
    if not folder.is_dir():
        yield error(
            f"there is no store at {folder} yet",
            "No measurement can be kept.",
            "Start the platform once (zhihuan serve), or restore a backup.",
        )
        return
    yield _holder(folder)
    yield from _journal(folder / JOURNAL)


def _holder(folder: Path) -> Diagnosis:
    try:
        FolderLock(folder).release()
    except StoreHeld as held:
        return fine(f"{folder}, held by process {held.pid}")
    return warning(
        f"no process has {folder} open",
        "The platform does not run: devices are not answered.",
        "Start it: zhihuan serve.",
    )


def _journal(folder: Path) -> Iterator[Diagnosis]:
    found = totals(folder)
    refused, damaged = found["refused"][0], found["damaged"][0]
    if refused:
        yield error(
            f"{refused} acknowledged writes were refused by the engine and lie in the journal",
            "Their rows are safe but no page shows them.",
            "zhihuan telemetry journal lists them; mend the cause, then --apply (docs/store.md).",
        )
    if damaged:
        yield error(
            f"{damaged} files of the journal are damaged",
            "A disk fault is likely; rows that stood in the hole are lost here.",
            "Look at the disk (smartctl, dmesg); docs/store.md says what to do with the files.",
        )
    waiting = found["waiting"][1]
    if waiting > _BACKLOG_BYTES:
        yield warning(
            f"{waiting / 2**20:,.0f} MiB wait in the journal",
            "The engine does not keep up; at 256 MiB nothing is acknowledged any more.",
            "Look for a full disk or journal_not_applied in the log.",
        )
    yield fine(f"journal: {waiting / 2**20:,.1f} MiB on their way")


def _opened(url: str) -> Iterator[Diagnosis]:
    with store_to_read(url) as store:
        if store is not None:
            yield from _migrations(pending(store.engine))
            yield fine("a snapshot of the store opens, every part reads")
