"""The account a trial runs programs as: never root.

Root gives itself up for an ordinary account of the machine; anybody else stays who they are.
"""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this machine."""

    name: str
    uid: int
    gid: int

    @property
    def owner(self) -> tuple[int, int] | None:
        """For chown; None when we are this account already."""
        return (self.uid, self.gid) if os.geteuid() == 0 else None

    def command(self, *words: str) -> list[str]:
        """``words`` as this account, without the rights of root and of its groups."""
        if os.geteuid() != 0:
            return list(words)
        became = [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups", "--no-new-privs"]
        return ["setpriv", *became, "--inh-caps=-all", "--bounding-set=-all", *words]


def unprivileged(preferred: str = "nobody") -> Account:
    """``preferred`` when root asks, else whoever asks."""
    entry = pwd.getpwnam(preferred) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
