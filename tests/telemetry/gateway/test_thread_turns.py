"""The interpreter changes hands sooner than by CPython's default."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from zhihuan.telemetry.gateway.thread_turns import take_short_turns


@pytest.fixture
def default_turns() -> Iterator[float]:
    usual = sys.getswitchinterval()
    yield usual
    sys.setswitchinterval(usual)


def test_turns_are_shorter_than_the_default(default_turns: float) -> None:
    take_short_turns()
    assert sys.getswitchinterval() < default_turns
