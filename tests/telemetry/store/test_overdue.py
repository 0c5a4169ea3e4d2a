"""A statement that never ends is cut, one that ends in time is left alone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from zhihuan.telemetry.store.overdue import Overdue


@pytest.fixture
def overdue() -> Iterator[Overdue]:
    watching = Overdue()
    yield watching
    watching.close()


def test_a_peer_that_keeps_talking_without_ending_is_cut(overdue: Overdue) -> None:
    ours, peer = socket.socketpair()
    stop = threading.Event()

    def murmur() -> None:
        while not stop.wait(0.05):
            try:
                peer.send(b".")
            except OSError:
                return

    threading.Thread(target=murmur, daemon=True).start()
    ours.settimeout(30)  # silence would be noticed, but there is none
    with overdue.cut_after(ours, 0.2):
        while ours.recv(10):
            pass
    stop.set()
    ours.close()
    peer.close()


def test_a_connection_given_back_in_time_is_not_touched(overdue: Overdue) -> None:
    ours, peer = socket.socketpair()
    with overdue.cut_after(ours, 0.1):
        pass
    threading.Event().wait(1.5)
    peer.send(b"still here")
    assert ours.recv(10) == b"still here"
    ours.close()
    peer.close()
