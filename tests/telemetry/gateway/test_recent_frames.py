"""The short memory of durable frames."""

from __future__ import annotations

from zhihuan.telemetry.gateway.recent_frames import RecentFrames


def digests(first: int, last: int) -> list[bytes]:
    return [number.to_bytes(4, "big") for number in range(first, last)]


def test_recent_frames_are_known_and_old_ones_forgotten() -> None:
    recent = RecentFrames(most=100)
    for start in range(0, 1000, 10):
        recent.remember(digests(start, start + 10))
    assert all(digest in recent for digest in digests(950, 1000))
    assert not any(digest in recent for digest in digests(0, 890))
