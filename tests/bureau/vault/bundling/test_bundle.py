"""A bundle is checked by a stranger's Python without this project; any tampering is named."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import vault_samples as samples

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.vault.bundling import running, verify
from zhihuan.bureau.vault.evidence.custody import Keeping, enter
from zhihuan.bureau.vault.models import Bundle
from zhihuan.telemetry.digest import sm3

pytestmark = pytest.mark.django_db


@pytest.fixture
def bundle(add: Any, walk: Any) -> Bundle:
    """A photograph that was handed over and a film, bundled."""
    photo = add(samples.photo(), "../总排口.jpg".removeprefix("../"))
    add(samples.mp4(), "执法记录.mp4", title="夜间排放")
    enter(photo, "hand_over", Acting(walk.cast.officer), Keeping(holder="李四", place="证物室"))
    made = running._asked(walk.matter, walk.cast.head, "10.0.0.9")
    running.make_here(made)
    made.refresh_from_db()
    return made


def outside(script: Path, *words: str) -> tuple[int, str]:
    """Run the verifier as a stranger would: isolated, elsewhere, none of our packages in reach."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), *words], cwd=script.parent, env={"PATH": os.environ["PATH"]},
        capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode() + done.stderr.decode()


@pytest.fixture
def unpacked(bundle: Bundle, tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    with zipfile.ZipFile(running.file_of(bundle)) as archive:
        archive.extractall(folder)
    return folder


def test_a_bundle_is_whole_for_a_stranger_packed_or_not(bundle: Bundle, unpacked: Path) -> None:
    assert bundle.state == Bundle.State.READY
    for words in ((), (str(running.file_of(bundle)),)):
        code, said = outside(unpacked / "verify.py", *words, "--manifest", bundle.manifest_sha256)
        assert (code, "全部相符" in said) == (0, True), said


def test_originals_lie_in_it_byte_for_byte_under_names_of_ours(unpacked: Path) -> None:
    assert (unpacked / "files" / "0001.jpg").read_bytes() == samples.photo()
    assert (unpacked / "files" / "0002.mp4").read_bytes() == samples.mp4()
    manifest = json.loads((unpacked / "manifest.json").read_text("utf-8"))
    first = manifest["evidence"][0]
    assert first["file"]["name"] == "总排口.jpg"
    assert first["file"]["facts"]["exif"]["taken_at"] == "2026-11-03T09:15:30+08:00"
    assert manifest["matter"]["title"] == "某印染厂超标排放"


def test_the_export_itself_stands_in_its_access_log_and_in_the_trail(
    bundle: Bundle, unpacked: Path
) -> None:
    looks = json.loads((unpacked / "access.json").read_text("utf-8"))
    assert [(each["number"], each["what"], each["who"]) for each in looks] == [
        (number, "evidence.export", str(bundle.asked_by)) for number in (1, 2)
    ]
    entry = AuditEntry.objects.get(action="evidence.bundle")
    assert entry.detail["manifest_sha256"] == bundle.manifest_sha256


# ---- tampering ----


def _flip(folder: Path) -> None:
    path = folder / "files" / "0001.jpg"
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)


def _rewrite(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return change


def _forge_manifest(folder: Path) -> None:
    """Whoever alters a file and writes the manifest anew: only the digest from elsewhere tells."""
    _flip(folder)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    forged = (folder / "files" / "0001.jpg").read_bytes()
    facts = manifest["evidence"][0]["file"]
    facts["sha256"], facts["sm3"] = hashlib.sha256(forged).hexdigest(), sm3(forged).hex()
    path.write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")


def _forge_custody(folder: Path) -> None:
    """Custody altered and its digest put right in the manifest: the chain tells."""
    _rewrite("custody.json", "李四", "王五")(folder)
    content = (folder / "custody.json").read_bytes()
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["records"]["custody.json"] = {
        "size_bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    path.write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")


TAMPERING: dict[str, tuple[Callable[[Path], None], str]] = {
    "a bit of a photograph": (_flip, "内容已被改动：files/0001.jpg"),
    "a file taken out": (lambda folder: (folder / "files" / "0002.mp4").unlink(), "缺少文件：files/0002.mp4"),
    "a file put in": (lambda folder: (folder / "files" / "0003.jpg").write_bytes(b"x"), "多出清单之外的文件：files/0003.jpg"),
    "a file exchanged": (lambda folder: shutil.copy(folder / "files" / "0002.mp4", folder / "files" / "0001.jpg"), "files/0001.jpg"),
    "a holder of custody": (_rewrite("custody.json", "李四", "王五"), "证据 1 的保管记录第 2 条"),
    "custody with its digest": (_forge_custody, "证据 1 的保管记录第 2 条"),
    "a look taken out": (_rewrite("access.json", "evidence.export", "evidence.read"), "access.json"),
    "the title": (_rewrite("manifest.json", "夜间排放", "白天排放"), "清单已被改动"),
    "file and manifest together": (_forge_manifest, "清单已被改动"),
    "the manifest taken out": (lambda folder: (folder / "manifest.json").unlink(), "缺少清单"),
    "the manifest torn": (lambda folder: (folder / "manifest.json").write_text("{"), "不是完好的证据包"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_named(what: str, bundle: Bundle, unpacked: Path) -> None:
    change, told = TAMPERING[what]
    change(unpacked)
    code, said = outside(unpacked / "verify.py", "--manifest", bundle.manifest_sha256)
    assert code == 1
    assert told in said


def test_without_a_digest_from_elsewhere_it_says_what_to_compare(
    bundle: Bundle, unpacked: Path
) -> None:
    code, said = outside(unpacked / "verify.py")
    assert code == 0
    assert bundle.manifest_sha256 in said
    assert "比对" in said


def test_what_is_no_bundle_is_told_so(tmp_path: Path, unpacked: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"PK no archive")
    code, said = outside(unpacked / "verify.py", str(other))
    assert (code, "不是完好的证据包" in said, "Traceback" in said) == (1, True, False)


def test_the_verifiers_own_sm3_is_sm3() -> None:
    """Check values of GB/T 32905-2016, A.1 and A.2, and lengths around a block against OpenSSL."""
    assert (
        verify.own_sm3(b"abc").hex()
        == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert (
        verify.own_sm3(b"abcd" * 16).hex()
        == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )
    for length in (0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 128, 1000):
        content = bytes(range(256)) * 4
        assert verify.own_sm3(content[:length]) == sm3(content[:length])


def test_a_python_without_sm3_verifies_the_same(
    bundle: Bundle, unpacked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "has_fast_sm3", lambda: False)
    assert list(verify.findings(verify.Bundle(unpacked), "", lambda _words: None)) == []
    _forge_custody(unpacked)
    found = list(verify.findings(verify.Bundle(unpacked), "", lambda _words: None))
    assert any("第 2 条" in each for each in found)


# ---- making ----


def test_a_file_that_was_altered_in_the_vault_ends_the_making_with_its_number(
    add: Any, walk: Any, vault: Any
) -> None:
    piece = add(samples.photo(), "a.jpg")
    path = vault.path_of(piece.file.content.sha256)
    path.chmod(0o600)
    path.write_bytes(b"forged")
    made = running._asked(walk.matter, walk.cast.head, "")
    running.make_here(made)
    made.refresh_from_db()
    assert made.state == Bundle.State.FAILED
    assert "证据 1" in made.trouble
    assert list((vault.folder / "bundles").iterdir()) == []


def test_bundles_go_after_some_days_and_their_digest_stays(bundle: Bundle) -> None:
    import datetime as dt

    assert running.expire(bundle.asked_at + dt.timedelta(days=1)) == 0
    assert running.expire(bundle.asked_at + dt.timedelta(days=4)) == 1
    bundle.refresh_from_db()
    assert bundle.state == Bundle.State.EXPIRED
    assert bundle.manifest_sha256
    assert not running.file_of(bundle).exists()


def test_a_party_that_may_see_only_its_own_bundles_only_that(add: Any, walk: Any) -> None:
    add(samples.photo(), "a.jpg")
    add(samples.pdf(), "b.pdf", walk.cast.owner, obtained="given")
    made = running._asked(walk.matter, walk.cast.owner, "")
    assert made.count == 1
