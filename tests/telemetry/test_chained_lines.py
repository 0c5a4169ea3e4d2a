"""Lines that carry each other: what is changed shows where."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhihuan.telemetry.chained_lines import BrokenLineError, ChainedLines

ENTRIES = [{"n": number, "text": "字"} for number in range(4)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ChainedLines(tmp_path / "lines").append(ENTRIES[:2])
    ChainedLines(tmp_path / "lines").append(ENTRIES[2:])
    return tmp_path / "lines"


def test_what_was_appended_comes_back_in_order(path: Path) -> None:
    assert list(ChainedLines(path)) == ENTRIES
    assert list(ChainedLines(path.with_name("none"))) == []


@pytest.mark.parametrize("line", range(3))
@pytest.mark.parametrize("act", ["change", "remove", "double"])
def test_a_line_that_was_touched_shows(path: Path, line: int, act: str) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    changed = {
        "change": [lines[line].replace(b'"n": ', b'"n": 1')],
        "remove": [],
        "double": [lines[line]] * 2,
    }
    path.write_bytes(b"".join([*lines[:line], *changed[act], *lines[line + 1 :]]))
    where = line + 1 if act == "remove" else line + 2
    with pytest.raises(BrokenLineError, match=f"line {where}: does not follow"):
        list(ChainedLines(path))
    with pytest.raises(BrokenLineError):
        ChainedLines(path).append(ENTRIES)
