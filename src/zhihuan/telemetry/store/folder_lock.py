"""One process per data folder: an advisory lock that names its holder.

chDB would let a second process open the folder and damage it, so the lock is taken before the
engine sees the folder. The kernel drops it with the process, however that ends; a lock file that
lies around is harmless.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from zhihuan.telemetry.store.errors import StoreHeld, StoreUnavailable

__all__ = ["FolderLock"]


class FolderLock:
    """Held from construction to ``release``. Raises ``StoreHeld`` naming the holder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "zhihuan.lock"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # "a+" creates, and does not truncate what the holder wrote
            self._file: IO[str] = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise StoreUnavailable(f"cannot open the data folder {folder}: {error}") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise self._held() from error
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n{_this_program()}\n")
        self._file.flush()

    def _held(self) -> StoreHeld:
        self._file.seek(0)
        first, _, program = self._file.read().partition("\n")
        self._file.close()
        pid = int(first) if first.strip().isdigit() else 0
        who = f"process {pid} ({program.strip()})" if pid else "another process"
        return StoreHeld(
            f"the data folder {self._path.parent} is held by {who}; only one process may open it. "
            "Use the running `zhihuan serve`, or stop it first",
            pid,
        )

    def release(self) -> None:
        """Let the next process in. Calling it twice is harmless."""
        self._file.close()


def _this_program() -> str:
    arguments = Path("/proc/self/cmdline")
    if not arguments.exists():
        return "zhihuan"
    return arguments.read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()[:200]
