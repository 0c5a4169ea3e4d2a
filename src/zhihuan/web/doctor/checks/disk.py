"""Room and inodes where the platform writes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from zhihuan.telemetry.store.opening import embedded_folder
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.patient import Patient

_LITTLE, _TOO_LITTLE = 0.15, 0.05
_AT_LEAST_BYTES = 2 * 2**30
_AT_LEAST_INODES = 20_000


def look(patient: Patient) -> Iterator[Diagnosis]:
    for folder in _distinct(_written_to(patient)):
        room = os.statvfs(folder)
        yield judge_bytes(folder, room.f_bavail * room.f_frsize, room.f_blocks * room.f_frsize)
        if room.f_files:  # some file systems make inodes as they go and count none
            yield judge_inodes(folder, room.f_favail, room.f_files)


def _written_to(patient: Patient) -> Iterator[Path]:
    yield patient.home
    if (store := embedded_folder(patient.settings.ZHIHUAN_STORE_URL)) is not None:
        yield store
    entry = patient.settings.DATABASES["default"]
    if entry["ENGINE"].endswith("sqlite3"):
        yield Path(str(entry["NAME"])).parent
    yield Path(tempfile.gettempdir())


def _distinct(folders: Iterator[Path]) -> list[Path]:
    """One folder a file system, those that are there."""
    return list({path.stat().st_dev: path for path in folders if path.is_dir()}.values())


def judge_bytes(folder: Path, free: int, total: int) -> Diagnosis:
    """By share and by amount: five per cent of a large disk are still much."""
    told = f"{folder}: {free / 2**30:,.1f} of {total / 2**30:,.1f} GiB are free"
    if free < _AT_LEAST_BYTES or free < _TOO_LITTLE * min(total, 40 * _AT_LEAST_BYTES):
        return error(told, _FULL, _MEND)
    if free < _LITTLE * total and free < 20 * _AT_LEAST_BYTES:
        return warning(told, _FULL, _MEND)
    return fine(told)


_FULL = (
    "On a full disk nothing is acknowledged: devices keep their data, and the oldest is lost when their "
    "memory ends. Merges need as much room as the largest month."
)
_MEND = "Enlarge the disk, move old backups away, lower ZHIHUAN_QUARANTINE_DAYS."


def judge_inodes(folder: Path, free: int, total: int) -> Diagnosis:
    """A disk without inodes is full, whatever room it has."""
    told = f"{folder}: {free:,} of {total:,} inodes are free"
    if free < _AT_LEAST_INODES:
        return error(told, "New files cannot be made: the same as a full disk.", _INODES)
    if free < _TOO_LITTLE * total:
        return warning(told, "Soon new files cannot be made: the same as a full disk.", _INODES)
    return fine(told)


_INODES = "Find folders of very many small files (du --inodes), most often mail spools and caches."
