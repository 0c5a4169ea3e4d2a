"""One process per data folder, and the one that has it is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhihuan.telemetry.store import StoreHeld, StoreUnavailable, open_store
from zhihuan.telemetry.store.folder_lock import FolderLock

_HOLDER = """
import sys
from pathlib import Path
from zhihuan.telemetry.store.folder_lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def _holder(folder: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_the_holder_is_named_and_its_death_frees_the_folder(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    with pytest.raises(StoreHeld, match=f"held by process {holder.pid} ") as caught:
        open_store(f"chdb://{tmp_path}")
    assert caught.value.pid == holder.pid
    assert not caught.value.retryable
    holder.kill()
    holder.wait()
    FolderLock(tmp_path).release()


def test_this_process_too_holds_it_only_once(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    with pytest.raises(StoreHeld, match=f"process {os.getpid()}"):
        FolderLock(tmp_path)
    lock.release()
    lock.release()
    FolderLock(tmp_path).release()


def test_a_second_folder_in_one_process_is_refused_and_stays_free(tmp_path: Path) -> None:
    first = open_store(f"chdb://{tmp_path}/one")
    with pytest.raises(StoreUnavailable, match="one process, one folder"):
        open_store(f"chdb://{tmp_path}/two")
    first.close()
    open_store(f"chdb://{tmp_path}/two").close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="cannot open the data folder"):
        open_store(f"chdb://{tmp_path}/file/telemetry")
