"""``manifest.json``: what a backup holds, so that nothing in it needs to be believed unseen.

``manifest.sha256`` beside it guards the manifest itself. It is no signature: who can write into the
folder can write both. Note the SHA-256 that ``zhihuan backup`` prints, elsewhere, if that matters.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from zhihuan.telemetry.store.backup.saving import Saved
from zhihuan.web.backup.errors import DamagedBackupError
from zhihuan.web.backup.parts import Part, write_synced

MANIFEST = "manifest.json"
_GUARD = "manifest.sha256"
_FORM = 1


@dataclass(frozen=True, slots=True)
class DatabaseContent:
    """vendor: sqlite or postgresql. tables: rows by table. migrations: (app, name) of all applied.
    columns, sequences: of PostgreSQL, what the COPY files hold and where counting goes on."""

    vendor: str
    tables: dict[str, int]
    migrations: list[list[str]]
    columns: dict[str, list[str]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SealedDay:
    """A day of the ledger. seals: how many devices. frames: received that day when verified.
    findings: by kind, how its frames differed from the seals when the backup was made."""

    seals: int
    frames: int
    findings: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """made: ISO 8601 with offset, when the backup began. keys: identifies the sealing keys that its
    device passwords need, without giving them away. vault: kept files that were missing or altered already, told."""

    made: str
    program: str
    database: DatabaseContent
    store: list[Saved]
    store_migrations: list[str]
    seals: dict[str, SealedDay]
    folders: list[str]
    keys: list[str]
    parts: list[Part]
    vault: list[str] = field(default_factory=list)
    form: int = _FORM

    def measurements_by_day(self) -> dict[str, int]:
        """Measurements by day of their time, all kinds together."""
        return _by_day(self.store, "measurement")


def _by_day(saved: list[Saved], table: str) -> dict[str, int]:
    days: dict[str, int] = {}
    for each in saved:
        if each.table == table:
            days[each.name[-10:]] = days.get(each.name[-10:], 0) + each.rows
    return days


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write it and its guard, synced; returns its SHA-256."""
    facts = asdict(manifest) | {"measurements_by_day": manifest.measurements_by_day()}
    text = json.dumps(facts, ensure_ascii=False, indent=1).encode()
    digest = hashlib.sha256(text).hexdigest()
    write_synced(folder / MANIFEST, text)
    write_synced(folder / _GUARD, f"{digest}  {MANIFEST}\n".encode())
    return digest


def read_manifest(folder: Path) -> Manifest:
    """The manifest, proven to be as written. Raises DamagedBackupError."""
    try:
        text, guard = (folder / MANIFEST).read_bytes(), (folder / _GUARD).read_bytes()
    except OSError as error:
        raise DamagedBackupError(
            f"{folder} is no backup: {error.filename} cannot be read ({error.strerror})"
        ) from error
    if guard != f"{hashlib.sha256(text).hexdigest()}  {MANIFEST}\n".encode():
        raise DamagedBackupError(
            f"{folder / MANIFEST} is not as it was written, or {_GUARD} is not; use another backup",
            [MANIFEST],
        )
    return _manifest(folder, json.loads(text))


def _manifest(folder: Path, facts: dict[str, Any]) -> Manifest:
    if facts["form"] != _FORM:
        raise DamagedBackupError(
            f"{folder} was made in form {facts['form']}, this version reads {_FORM}; use the version "
            f"that made it ({facts['program']}) or a newer one"
        )
    del facts["measurements_by_day"]
    return Manifest(
        **facts
        | {
            "database": DatabaseContent(**facts["database"]),
            "store": [Saved(**each) for each in facts["store"]],
            "seals": {day: SealedDay(**each) for day, each in facts["seals"].items()},
            "parts": [Part(**each) for each in facts["parts"]],
        }
    )
