"""How long a thread of a gateway's process may keep the interpreter while another waits for it.

The event loop gives the interpreter up between two sockets. With CPython's default of 5 ms a thread
that prepares a commit then keeps it for 5 ms at a time, socket after socket, and so does the loop
with the commit: both finish late. Shorter turns cost nothing measurable.
"""

from __future__ import annotations

import sys

__all__ = ["take_short_turns"]

_SECONDS = 0.001


def take_short_turns() -> None:
    """For a process that runs a gateway; concerns all its threads."""
    sys.setswitchinterval(_SECONDS)
