"""The gateway's ports as plain files, for a gateway that runs without the platform.

Quarantine and journal are JSON lines, durable when the call returns. They are meant for one
gateway and a modest amount of traffic; they refuse to be a database.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from zhihuan.telemetry.gateway.device_files import read_devices
from zhihuan.telemetry.ports import (
    ExchangeStep,
    JournalEntry,
    OrderedCommand,
    QuarantinedTraffic,
    RegisteredDevice,
)

_log = structlog.get_logger(__name__)

__all__ = ["FileDirectory", "FileJournal", "FileOutbox", "FileQuarantine"]


class FileDirectory:
    """Devices of a YAML or CSV file; see ``device_files``. Edits take effect while running."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def version(self) -> int:
        """Changes when the file was written or replaced."""
        status = self._path.stat()
        return hash((status.st_mtime_ns, status.st_size, status.st_ino))

    def snapshot(self) -> Mapping[str, RegisteredDevice]:
        """All devices of the file. Raises DeviceFileError that says which entry is wrong."""
        return read_devices(self._path)


class _JsonLines:
    """A file of one JSON object a line; appended, synced, and set aside when it has grown."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        self._path = path
        self._most_bytes = most_bytes
        path.parent.mkdir(parents=True, exist_ok=True)

    def append(self, objects: Sequence[Mapping[str, Any]]) -> None:
        text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in objects)
        self._set_aside_when_full()
        with self._path.open("a", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())

    def _set_aside_when_full(self) -> None:
        if self._path.exists() and self._path.stat().st_size > self._most_bytes:
            self._path.replace(self._path.with_suffix(self._path.suffix + ".1"))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        if not self._path.exists():
            return
        with self._path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


class FileQuarantine:
    """Quarantined traffic as JSON lines, raw bytes in base64.

    When the file passes ``most_bytes`` it becomes ``<name>.1`` (replacing an older one).
    """

    def __init__(self, path: Path, *, most_bytes: int = 256 * 1024 * 1024) -> None:
        self._lines = _JsonLines(path, most_bytes)

    def put(self, items: Sequence[QuarantinedTraffic]) -> None:
        """Append and sync."""
        self._lines.append([_quarantine_json(item) for item in items])

    def __iter__(self) -> Iterator[QuarantinedTraffic]:
        for item in self._lines:
            item["raw"] = base64.b64decode(item["raw"])
            item["received"] = datetime.fromisoformat(item["received"])
            yield QuarantinedTraffic(**item)


def _quarantine_json(item: QuarantinedTraffic) -> dict[str, Any]:
    return asdict(item) | {
        "raw": base64.b64encode(item.raw).decode("ascii"),
        "received": item.received.isoformat(),
    }


class FileJournal:
    """The connection journal as JSON lines."""

    def __init__(self, path: Path, *, most_bytes: int = 256 * 1024 * 1024) -> None:
        self._lines = _JsonLines(path, most_bytes)

    def record(self, entries: Sequence[JournalEntry]) -> None:
        """Append and sync."""
        self._lines.append([asdict(entry) | {"at": entry.at.isoformat()} for entry in entries])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._lines)


class FileOutbox:
    """Commands as files of one folder: ``<id>.json`` waits, ``<id>.claimed`` runs, ``<id>.done``
    has ended; the exchange is in ``<id>.steps``, one JSON object a line.

    Claiming is a rename, which only one process can win.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def order(self, command: OrderedCommand) -> None:
        """Put a command in; it appears whole or not at all."""
        expires = command.expires.isoformat() if command.expires else None
        draft = self._folder / f"{command.id}.draft"
        draft.write_text(json.dumps(asdict(command) | {"expires": expires}), encoding="utf-8")
        draft.rename(self._folder / f"{command.id}.json")

    def due(self, mns: Collection[str]) -> list[OrderedCommand]:
        """Waiting commands of these MNs, oldest file first, at most one per MN."""
        first: dict[str, OrderedCommand] = {}
        for path in sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns):
            command = self._readable(path)
            if command is not None and command.mn in mns:
                first.setdefault(command.mn, command)
        return list(first.values())

    def _readable(self, path: Path) -> OrderedCommand | None:
        """An order written by hand may be wrong: it is set aside as ``<id>.refused``."""
        try:
            command = _read_command(path)
        except (ValueError, TypeError) as error:
            _log.error("order_refused", path=str(path), error=str(error))
            path.rename(path.with_suffix(".refused"))
            return None
        return command if command.id == path.stem else replace(command, id=path.stem)

    def claim(self, command_id: str, gateway: str) -> bool:
        """Rename it from waiting to running; False when it is not waiting any more."""
        claimed = self._folder / f"{command_id}.claimed"
        try:
            (self._folder / f"{command_id}.json").rename(claimed)
        except FileNotFoundError:
            return False
        (self._folder / f"{command_id}.gateway").write_text(gateway, encoding="utf-8")
        return True

    def record(self, command_id: str, step: ExchangeStep) -> None:
        """Append one step."""
        text = json.dumps(_step_json(step), ensure_ascii=False)
        with (self._folder / f"{command_id}.steps").open("a", encoding="utf-8") as file:
            file.write(text + "\n")

    def finish(self, command_id: str, result: ExchangeStep) -> None:
        """Append the last step and mark the command as ended."""
        self.record(command_id, result)
        (self._folder / f"{command_id}.claimed").rename(self._folder / f"{command_id}.done")

    def steps(self, command_id: str) -> list[dict[str, Any]]:
        """The exchange so far."""
        path = self._folder / f"{command_id}.steps"
        return list(_JsonLines(path, 0)) if path.exists() else []


def _read_command(path: Path) -> OrderedCommand:
    entry = {"id": path.stem} | json.loads(path.read_text(encoding="utf-8"))
    expires = entry.pop("expires", None)
    return OrderedCommand(**entry, expires=datetime.fromisoformat(expires) if expires else None)


def _step_json(step: ExchangeStep) -> dict[str, Any]:
    return asdict(step) | {
        "at": step.at.isoformat(),
        "raw": step.raw.decode("utf-8", "backslashreplace"),
    }
