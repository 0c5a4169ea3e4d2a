"""核验证据包：只用 Python 标准库（3.7 以上），不需要任何平台。

    python3 verify.py 证据包.zip [--manifest 清单的SHA-256]
    python3 verify.py            （在已解压的文件夹里）

逐一核对：每个文件的长度、SHA-256、SM3；有无多出、缺少的文件；每件证据的保管记录是否首尾相连、未被改动。
清单自身须与另行取得的摘要（平台的证据包页面、审计记录）比对，否则改动者可以连清单一起重写。
不符之处逐条列出，退出码 1。

This script is part of every evidence bundle of zhihuan 智环 and stands alone on purpose.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, Callable, Iterator  # noqa: UP035 - Python 3.7 too

MANIFEST = "manifest.json"
FORMAT = "zhihuan-evidence-bundle/1"
CHUNK = 1 << 20
# our own SM3 takes a minute for so much; what is longer is checked by SHA-256 alone
SLOW_MOST = 4 << 20


# ---- SM3 (GB/T 32905-2016) ----

_FIRST = (
    *(0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600),
    *(0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E),
)
_ALL = 0xFFFFFFFF


def _turned(word: int, by: int) -> int:
    by %= 32
    return ((word << by) | (word >> (32 - by))) & _ALL


def _p0(x: int) -> int:
    return x ^ _turned(x, 9) ^ _turned(x, 17)


def _p1(x: int) -> int:
    return x ^ _turned(x, 15) ^ _turned(x, 23)


def _expanded(block: bytes) -> list:
    w = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        mixed = w[j - 16] ^ w[j - 9] ^ _turned(w[j - 3], 15)
        w.append(_p1(mixed) ^ _turned(w[j - 13], 7) ^ w[j - 6])
    return w


def _compressed(state: tuple, block: bytes) -> tuple:
    w = _expanded(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        t = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _turned((_turned(a, 12) + e + _turned(t, j)) & _ALL, 7)
        ss2 = ss1 ^ _turned(a, 12)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & _ALL & g)
        tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & _ALL
        tt2 = (gg + h + ss1 + w[j]) & _ALL
        a, b, c, d = tt1, a, _turned(b, 9), c
        e, f, g, h = _p0(tt2), e, _turned(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h)))  # noqa: B905 - Python 3.7 too


def own_sm3(data: bytes) -> bytes:
    """SM3 where Python's own library has none."""
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + struct.pack(">Q", len(data) * 8)
    state = _FIRST
    for at in range(0, len(padded), 64):
        state = _compressed(state, padded[at : at + 64])
    return struct.pack(">8I", *state)


def has_fast_sm3() -> bool:
    try:
        hashlib.new("sm3")
    except ValueError:
        return False
    return True


def sm3(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest() if has_fast_sm3() else own_sm3(data)


# ---- the bundle, packed or unpacked ----


class Bundle:
    """Opens files by name; never writes, never unpacks."""

    def __init__(self, path: Path) -> None:
        self._folder = path if path.is_dir() else None
        self._archive = None if path.is_dir() else zipfile.ZipFile(str(path))

    def names(self) -> list:
        if self._archive is not None:
            return [name for name in self._archive.namelist() if not name.endswith("/")]
        found = (path for path in self._folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self._folder).as_posix() for path in found)

    def open(self, name: str) -> BinaryIO:
        if self._archive is not None:
            return self._archive.open(name)
        return (self._folder / name).open("rb")

    def read(self, name: str) -> bytes:
        with self.open(name) as file:
            return file.read()


# ---- what is checked ----


def findings(bundle: Bundle, expected: str, tell: Callable[[str], None]) -> Iterator[str]:
    """Everything that is wrong, one sentence each."""
    names = bundle.names()
    if MANIFEST not in names:
        yield "缺少清单 manifest.json，无法核验"
        return
    raw = bundle.read(MANIFEST)
    yield from _manifest_findings(raw, expected, tell)
    manifest = json.loads(raw.decode("utf-8"))
    if manifest.get("format") != FORMAT:
        yield "清单的格式不认识：{}".format(manifest.get("format"))
        return
    listed = dict(_listed(manifest))
    for name in sorted(set(names) - set(listed) - {MANIFEST}):
        yield f"多出清单之外的文件：{name}"
    for name, facts in listed.items():
        tell(f"核对 {name}")
        yield from _file_findings(bundle, name, facts, set(names))
    yield from _custody_findings(bundle, manifest, set(names))


def _manifest_findings(raw: bytes, expected: str, tell: Callable[[str], None]) -> Iterator[str]:
    digest = hashlib.sha256(raw).hexdigest()
    if expected and expected.strip().lower() != digest:
        yield f"清单已被改动：SHA-256 是 {digest}，应为 {expected}"
    elif not expected:
        tell(f"清单的 SHA-256 是 {digest}：请与平台证据包页面或审计记录上的摘要比对")


def _listed(manifest: dict) -> Iterator[tuple]:
    for evidence in manifest["evidence"]:
        yield evidence["file"]["path"], evidence["file"]
    yield from manifest["records"].items()


def _file_findings(bundle: Bundle, name: str, facts: dict, names: set) -> Iterator[str]:
    if name not in names:
        yield f"缺少文件：{name}"
        return
    try:
        size, sha256, told_sm3 = _digests(bundle, name, facts["size_bytes"])
    except (OSError, zipfile.BadZipFile) as error:
        yield f"读不出：{name}（{error}）"
        return
    if size != facts["size_bytes"]:
        yield "长度不符：{} 为 {} 字节，应为 {}".format(name, size, facts["size_bytes"])
    if sha256 != facts["sha256"]:
        yield "内容已被改动：{} 的 SHA-256 是 {}，应为 {}".format(name, sha256, facts["sha256"])
    elif told_sm3 and facts.get("sm3") and told_sm3 != facts["sm3"]:
        yield "清单自相矛盾：{} 的 SM3 是 {}，清单写作 {}".format(name, told_sm3, facts["sm3"])


def _digests(bundle: Bundle, name: str, expected_size: int) -> tuple:
    sha256, size, kept = hashlib.sha256(), 0, []
    fast = hashlib.new("sm3") if has_fast_sm3() else None
    with bundle.open(name) as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            sha256.update(chunk)
            size += len(chunk)
            if fast is not None:
                fast.update(chunk)
            elif expected_size <= SLOW_MOST:
                kept.append(chunk)
    if fast is not None:
        return size, sha256.hexdigest(), fast.hexdigest()
    slow = own_sm3(b"".join(kept)).hex() if expected_size <= SLOW_MOST else ""
    return size, sha256.hexdigest(), slow


def _custody_findings(bundle: Bundle, manifest: dict, names: set) -> Iterator[str]:
    if "custody.json" not in names:
        return  # told as missing
    custody = json.loads(bundle.read("custody.json").decode("utf-8"))
    for evidence in manifest["evidence"]:
        entries = custody.get(str(evidence["id"]), [])
        if len(entries) != evidence["custody_entries"]:
            yield "证据 {} 的保管记录有 {} 条，应为 {} 条".format(
                evidence["number"], len(entries), evidence["custody_entries"]
            )
        yield from _chain_findings(evidence, entries)


def _chain_findings(evidence: dict, entries: list) -> Iterator[str]:
    before = bytes(32)
    for expected, entry in enumerate(entries, 1):
        digest = bytes.fromhex(entry["digest"])
        if entry["number"] != expected or digest != sm3(before + _hashed(evidence, entry)):
            yield "证据 {} 的保管记录第 {} 条已被改动或缺失".format(evidence["number"], expected)
        before = digest


def _hashed(evidence: dict, entry: dict) -> bytes:
    fields = [
        str(evidence["id"]), evidence["file"]["sha256"], str(entry["number"]), str(entry["at_us"]), entry["act"],
        "" if entry["actor_id"] is None else str(entry["actor_id"]),
        entry["actor_name"], entry["holder"], entry["place"], entry["words"],
    ]  # fmt: skip
    return "".join(f"{len(field)}:{field}" for field in fields).encode("utf-8")


def main(arguments: Any = None) -> int:
    parser = argparse.ArgumentParser(description="核验证据包：文件、清单与保管记录是否与打包时一致")
    parser.add_argument(
        "bundle", nargs="?", help="证据包 .zip 或解压后的文件夹；不写即本脚本所在文件夹"
    )
    parser.add_argument("--manifest", default="", help="另行取得的清单 SHA-256")
    given = parser.parse_args(arguments)
    path = Path(given.bundle) if given.bundle else Path(__file__).resolve().parent
    try:
        bundle = Bundle(path)
        wrong = list(findings(bundle, given.manifest, print))
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError) as error:
        print(f"不是完好的证据包：{error}")
        return 1
    for sentence in wrong:
        print("不符：" + sentence)
    print(f"共 {len(wrong)} 处不符。" if wrong else "全部相符。")
    return 1 if wrong else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())
