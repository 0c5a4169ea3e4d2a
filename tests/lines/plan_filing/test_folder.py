"""A line only declares: what would make this one long belongs to the house."""

from __future__ import annotations

from pathlib import Path

from zhihuan.lines import plan_filing


def test_the_line_is_written_in_less_than_four_hundred_lines() -> None:
    folder = Path(plan_filing.__file__).parent
    texts = [each.read_text("utf-8") for each in folder.glob("*.py")]
    assert len(texts) >= 6
    assert sum(bool(line.strip()) for text in texts for line in text.splitlines()) < 400
