"""A gateway raises its own bound of open files as far as it may, and says whether that is enough."""

from __future__ import annotations

import resource

import pytest

from zhihuan.telemetry.gateway import open_files


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[int, int]]:
    """The system's bounds, without touching this process's own."""
    now = {"files": (1024, 4096)}
    monkeypatch.setattr(resource, "getrlimit", lambda _which: now["files"])
    monkeypatch.setattr(resource, "setrlimit", lambda _which, pair: now.update(files=pair))
    return now


def test_a_low_soft_bound_is_raised_to_what_is_needed(limits: dict[str, tuple[int, int]]) -> None:
    assert open_files.raise_open_files(2000)
    assert limits["files"] == (2500, 4096)


def test_the_hard_bound_is_kept_and_told(limits: dict[str, tuple[int, int]]) -> None:
    assert not open_files.raise_open_files(20_000)
    assert limits["files"] == (4096, 4096)


def test_a_bound_that_suffices_is_left_alone(limits: dict[str, tuple[int, int]]) -> None:
    limits["files"] = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    assert open_files.raise_open_files(20_000)
    assert limits["files"] == (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
