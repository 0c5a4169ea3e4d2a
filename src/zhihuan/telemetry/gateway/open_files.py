"""Each connection is an open file, and the system bounds those of one process.

Most systems start a process with a low soft bound (1,024) below a high hard one that it may raise
itself to. It never asks for more than the hard bound: that is the administrator's.
"""

from __future__ import annotations

import resource

__all__ = ["BESIDE_DEVICES", "files_allowed", "raise_open_files"]

BESIDE_DEVICES = 500
"""Room for the store's files, the databases' and the web server's connections."""


def files_allowed() -> int:
    """The hard bound of this process; a very large number when there is none."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2**31 if hard == resource.RLIM_INFINITY else hard


def raise_open_files(connections: int) -> bool:
    """Raise the soft bound so that this many connections fit; whether they do."""
    wanted = connections + BESIDE_DEVICES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return True
    reached = min(wanted, files_allowed())
    resource.setrlimit(resource.RLIMIT_NOFILE, (reached, hard))
    return reached >= wanted
