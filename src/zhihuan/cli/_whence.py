"""From where a command was given, for the audit trail."""

from __future__ import annotations

import getpass
import socket


def whence() -> str:
    """Who called the command, on which machine: kept where pages keep the address."""
    return f"{getpass.getuser()}@{socket.gethostname()}"
