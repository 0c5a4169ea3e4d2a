"""The last backup: how old, and still where it was put."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from zhihuan.web.backup.making import LAST_BACKUP
from zhihuan.web.backup.manifest import MANIFEST
from zhihuan.web.backup.restoring import MARK
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.patient import Patient

_DAILY = dt.timedelta(hours=26)
_WEEKLY = dt.timedelta(days=8)
_WHY = "What happens to this machine now takes everything since then."
_MEND = "zhihuan backup FOLDER --keys FILE, every night (deploy/systemd/zhihuan-backup.timer)."


def look(patient: Patient) -> Iterator[Diagnosis]:
    if (patient.home / MARK).exists():
        yield error(
            "a restore into this home is not finished",
            "The platform does not start on half an installation.",
            f"Give the restore again; {patient.home / MARK} says which.",
        )
    note = patient.home / LAST_BACKUP
    if not note.exists():
        yield warning("no backup was ever made", _WHY, _MEND)
        return
    facts = json.loads(note.read_text())
    yield judge(patient.now - dt.datetime.fromisoformat(facts["made"]), Path(facts["folder"]))


def judge(age: dt.timedelta, folder: Path) -> Diagnosis:
    """age: of the last backup; folder: where it was made."""
    told = f"the last backup is {age / dt.timedelta(hours=1):,.0f} hours old, in {folder}"
    if age > _WEEKLY:
        return error(told, _WHY, _MEND)
    if age > _DAILY:
        return warning(told, _WHY, _MEND)
    if not (folder / MANIFEST).exists():
        return warning(
            f"{told}, but it is not there (any more)",
            "It was deleted, or its disk is not mounted.",
            "Mount it; or note that it was moved, and try a restore --check there.",
        )
    return fine(told)
