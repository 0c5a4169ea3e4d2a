"""Wait for what another process does."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable

from trial.story import FailedTrialError


def until(condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Return when ``condition`` is true; an OSError of it counts as not yet. Raises FailedTrialError."""
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            if condition():
                return
        if time.monotonic() > deadline:
            raise FailedTrialError(f"waited {seconds:g} s in vain for {what}")
        time.sleep(0.1)


def listens(port: int) -> bool:
    """Whether a loopback port takes connections."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
