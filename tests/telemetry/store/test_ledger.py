"""The file of roots: what is recorded stays, and a changed line shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhihuan.telemetry.chained_lines import ChainedLines
from zhihuan.telemetry.store import StoreCorrupt
from zhihuan.telemetry.store.ledger import FileLedger, Seal

SEALS = [Seal(f"MN{n}", 20260601, bytes([n] * 32), n, 1_000 + n) for n in range(3)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    FileLedger(tmp_path / "seals.jsonl").record(SEALS)
    return tmp_path / "seals.jsonl"


def test_roots_come_back_by_day_and_device(path: Path) -> None:
    assert FileLedger(path).roots(20260601) == {seal.mn: seal for seal in SEALS}
    assert FileLedger(path).roots(20260602) == {}
    assert FileLedger(path.with_name("none")).roots(20260601) == {}


def test_a_recorded_seal_stays_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    FileLedger(path).record([Seal("MN1", 20260601, bytes(32), 99, 9_999)])
    assert path.read_bytes() == before
    FileLedger(path).record([Seal("MN1", 20260602, bytes(32), 1, 2)])
    assert path.read_bytes().startswith(before)
    assert FileLedger(path).roots(20260602)["MN1"].frames == 1


@pytest.mark.parametrize("line", [0, 1])
def test_a_changed_line_is_found(path: Path, line: int) -> None:
    lines = path.read_text().splitlines(keepends=True)
    lines[line] = lines[line].replace('"frames": ', '"frames": 1')
    path.write_text("".join(lines))
    with pytest.raises(StoreCorrupt, match=f"line {line + 2}: does not follow"):
        FileLedger(path).roots(20260601)


def test_a_removed_line_is_found(path: Path) -> None:
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[2]]))
    with pytest.raises(StoreCorrupt, match="line 2: does not follow"):
        FileLedger(path).record(SEALS)


@pytest.mark.parametrize(
    ("line", "told"), [("{}", "carries no link"), ("[]", "is no object"), ("{", "is no JSON")]
)
def test_what_is_no_line_is_told_by_number(path: Path, line: str, told: str) -> None:
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(StoreCorrupt, match=f"line 4: {told}"):
        FileLedger(path).roots(20260601)


def test_a_line_of_the_chain_that_is_no_seal_is_told_by_number(path: Path) -> None:
    ChainedLines(path).append([{"mn": "MN1"}])
    with pytest.raises(StoreCorrupt, match="line 4: is no seal"):
        FileLedger(path).roots(20260601)
