"""A trial that is told to end ends its servers first."""

from __future__ import annotations

import signal


def interrupted_by_both() -> None:
    """SIGTERM ends the program as Ctrl-C does, also where a shell has it ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
