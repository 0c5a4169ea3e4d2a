"""Page processes take connections in turn: whoever holds more of them lets the others go first.

They wait at one listening socket, and the system wakes all of them for a new connection. The quickest would take
it, at times most of a burst; browsers keep their connections, so one process would compute while another rests.
Each writes how many it holds where the others read it.
"""

from __future__ import annotations

import mmap
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["NOBODY", "Shares", "TurnSocket", "new_shares"]

_ONE = struct.Struct("=i")
#: What stands in a place without a process: it takes no turn.
NOBODY = 2**31 - 1
#: So long a connection waits for others to take it [s]; they may be in the middle of a page.
_PATIENCE = 0.01
_BREATH = 0.0005
#: A connection that was let go first so long ago was taken: the next one's wait begins anew [s].
_FORGOTTEN = 0.1


def new_shares(path: Path, places: int) -> None:
    """A file for so many page processes, none of them there yet."""
    path.write_bytes(_ONE.pack(NOBODY) * places)


class Shares:
    """How many connections each process holds; ``place``: the number of this one, from 0."""

    def __init__(self, path: Path, place: int) -> None:
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 0)
        self._own = place * _ONE.size

    def tell(self, count: int) -> None:
        """This process holds so many."""
        _ONE.pack_into(self._memory, self._own, count)

    def leave(self) -> None:
        """Nobody is at this place any more."""
        self.tell(NOBODY)

    def fewest_elsewhere(self) -> int:
        """What the process holds that holds fewest, this one aside; NOBODY where there is no other."""
        places = range(0, len(self._memory), _ONE.size)
        others = [_ONE.unpack_from(self._memory, at)[0] for at in places if at != self._own]
        return min(others, default=NOBODY)


class TurnSocket(socket.socket):
    """A listening socket that gives away its connections one a call, and none while another process holds fewer:
    then, as between two of them, ``accept`` raises BlockingIOError, as if there were none."""

    def __init__(self, listening: socket.socket, shares: Shares, held: Callable[[], int]) -> None:
        """Takes over ``listening``. held: how many connections this process holds now."""
        super().__init__(fileno=listening.detach())
        self._shares, self._held = shares, held
        self._is_between = False
        self._waits_since: float | None = None

    def accept(self) -> tuple[socket.socket, Any]:
        if self._is_between or self._lets_go_first():
            self._is_between = False
            raise BlockingIOError
        taken = super().accept()
        self._waits_since, self._is_between = None, True
        return taken

    def _lets_go_first(self) -> bool:
        held = self._held()
        self._shares.tell(held)
        if held <= self._shares.fewest_elsewhere():
            return False
        now = time.monotonic()
        if self._waits_since is None or now - self._waits_since > _FORGOTTEN:
            self._waits_since = now
        if now - self._waits_since > _PATIENCE:
            return False
        # the loop asks again at once, for the connection is still there
        time.sleep(_BREATH)
        return True
