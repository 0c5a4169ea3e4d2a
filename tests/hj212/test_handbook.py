"""The protocol's page runs, and names every reason and every oddity."""

from __future__ import annotations

import doctest
import re
from enum import StrEnum
from pathlib import Path

import pytest

from zhihuan.hj212 import Oddity, Reason

PAGE = Path(__file__).parents[2] / "docs" / "hj212.md"


def test_its_examples_run() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (failed, tried > 10) == (0, True)


@pytest.mark.parametrize("names", [Reason, Oddity])
def test_every_name_has_its_row(names: type[StrEnum]) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert set(names) <= set(rows)
    assert set(rows) == {*Reason, *Oddity}
