"""A directory is read once for everybody, and again when it changed."""

from __future__ import annotations

import threading

import pytest

from zhihuan.telemetry.kept_directory import KeptDirectory
from zhihuan.telemetry.ports import RegisteredDevice


class Registry:
    """Counts how often it is read; ``fails`` makes the next reading fail."""

    def __init__(self) -> None:
        self.devices = {"A": RegisteredDevice("A", minute_minutes=10), "off": RegisteredDevice("off", enabled=False)}  # fmt: skip
        self.at, self.read, self.fails = 1, 0, False
        self.before_answer = lambda: None

    def version(self) -> int:
        return self.at

    def snapshot(self) -> dict[str, RegisteredDevice]:
        self.read += 1
        if self.fails:
            raise OSError("the disk is gone")
        found = dict(self.devices)
        self.before_answer()
        return found


def test_what_did_not_change_is_read_once_for_everybody() -> None:
    registry = Registry()
    directory = KeptDirectory(registry)
    first = directory.snapshot()
    assert [*directory.monitored()] == ["A"]
    assert directory.monitored()["A"].minute_seconds == 600
    assert directory.snapshot() is first
    assert registry.read == 1


def test_a_change_is_read_at_the_next_question() -> None:
    registry = Registry()
    directory = KeptDirectory(registry)
    directory.snapshot()
    registry.devices["B"], registry.at = RegisteredDevice("B"), 2
    assert [*directory.monitored()] == ["A", "B"]
    assert directory.version() == 2


def test_a_change_while_it_is_read_is_not_lost() -> None:
    registry = Registry()
    directory = KeptDirectory(registry)

    def change() -> None:
        registry.devices["B"], registry.at = RegisteredDevice("B"), 2
        registry.before_answer = lambda: None

    registry.before_answer = change
    assert "B" not in directory.snapshot()
    assert "B" in directory.snapshot()


def test_a_reading_that_failed_is_tried_again() -> None:
    registry = Registry()
    directory = KeptDirectory(registry)
    registry.fails = True
    with pytest.raises(OSError, match="the disk is gone"):
        directory.monitored()
    registry.fails = False
    assert "A" in directory.monitored()


def test_many_who_ask_at_once_wait_for_one_reading() -> None:
    registry = Registry()
    directory = KeptDirectory(registry)
    together = threading.Barrier(8)
    found = []

    def ask() -> None:
        together.wait(10)
        found.append(directory.snapshot())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(found) == 8
    assert registry.read == 1
