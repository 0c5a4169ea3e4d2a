"""Contents are kept once, under their digest, whatever happens in between."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import time
from pathlib import Path

import pytest

from zhihuan.bureau.vault import store
from zhihuan.bureau.vault.store import MissingFileError, Vault

DAY = 86_400


@pytest.fixture
def empty(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def put(vault: Vault, content: bytes) -> str:
    return vault.put(io.BytesIO(content)).sha256


def old(path: Path) -> None:
    os.utime(path, (time.time() - 2 * DAY,) * 2)


def test_a_file_lies_under_its_sha256_and_is_known_by_its_sm3_too(empty: Vault) -> None:
    kept = empty.put(io.BytesIO(b"abc"))
    assert kept.sha256 == hashlib.sha256(b"abc").hexdigest()
    # check value of GB/T 32905-2016, A.1
    assert kept.sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert kept.size_bytes == 3
    assert empty.path_of(kept.sha256).read_bytes() == b"abc"


def test_nobody_may_write_into_a_kept_file(empty: Vault) -> None:
    assert stat.S_IMODE(empty.path_of(put(empty, b"x")).stat().st_mode) == 0o400


def test_the_same_content_is_one_file(empty: Vault) -> None:
    assert put(empty, b"same") == put(empty, b"same")
    assert sum(len(names) for names in empty.names()) == 1
    assert list((empty.folder / "incoming").iterdir()) == []


def test_bytes_and_folder_are_on_the_disk_before_the_name_is_told(
    empty: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    synced, replaced = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        synced(handle)

    def replace(path: Path, target: Path) -> Path:
        order.append("rename")
        return replaced(path, target)

    put(empty, b"the folders are there")
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    put(empty, next(_in_the_same_folder(empty)))
    assert order == ["file", "rename", "folder"]


def _in_the_same_folder(vault: Vault):
    """Contents whose digest begins like that of one that is there."""
    [there] = [name for names in vault.names() for name in names]
    number = 0
    while True:
        content = b"%d" % number
        if hashlib.sha256(content).hexdigest()[:2] == there[:2]:
            yield content
        number += 1


def test_a_disk_that_fills_up_leaves_no_file_and_no_half_of_one(
    empty: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(empty, b"x")
    assert [path for path in empty.folder.rglob("*") if path.is_file()] == []


def test_a_file_that_was_altered_is_put_aside_when_its_content_comes_again(empty: Vault) -> None:
    digest = put(empty, b"as it was")
    path = empty.path_of(digest)
    path.chmod(0o600)
    path.write_bytes(b"forged it")
    assert not empty.is_sound(digest)
    put(empty, b"as it was")
    assert empty.is_sound(digest)
    [aside] = (empty.folder / "aside").iterdir()
    assert aside.read_bytes() == b"forged it"


def test_a_missing_file_is_told_by_its_digest(empty: Vault) -> None:
    gone = "0" * 64
    with pytest.raises(MissingFileError, match=gone):
        empty.open(gone)
    assert empty.size_of(gone) is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_nothing_is_opened_that_is_no_digest(empty: Vault, name: str) -> None:
    with pytest.raises(ValueError):
        empty.path_of(name)


# ---- what is taken away ----


def test_a_young_file_is_left_and_an_old_unwanted_one_goes(empty: Vault) -> None:
    digest = put(empty, b"x")
    assert not empty.remove_if(digest, lambda: True, DAY)
    old(empty.path_of(digest))
    assert not empty.remove_if(digest, lambda: False, DAY)
    assert empty.remove_if(digest, lambda: True, DAY)
    assert empty.size_of(digest) is None


def test_the_same_content_put_again_is_young_again(empty: Vault) -> None:
    digest = put(empty, b"x")
    old(empty.path_of(digest))
    put(empty, b"x")
    assert not empty.remove_if(digest, lambda: True, DAY)


def test_while_a_file_is_judged_its_content_cannot_be_put(empty: Vault, tmp_path: Path) -> None:
    """The sweep decides and deletes as one act: whoever puts the content waits and then writes it."""
    import threading

    digest = put(empty, b"x")
    old(empty.path_of(digest))
    putting = threading.Thread(target=put, args=(empty, b"x"))

    def unwanted() -> bool:
        putting.start()
        putting.join(0.3)
        assert putting.is_alive()
        return True

    assert empty.remove_if(digest, unwanted, DAY)
    putting.join(10)
    assert empty.is_sound(digest)


def test_what_was_being_written_by_a_killed_process_goes_after_a_time(empty: Vault) -> None:
    put(empty, b"x")
    half = empty.folder / "incoming" / "half"
    half.write_bytes(b"hal")
    assert empty.remove_half_written(DAY) == 0
    old(half)
    assert empty.remove_half_written(DAY) == 1
    assert not half.exists()


def test_digests_are_of_all_that_is_read_however_long() -> None:
    content = os.urandom(3 * 2**20 + 7)
    found = store.digests_of(io.BytesIO(content))
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.size_bytes == len(content)
