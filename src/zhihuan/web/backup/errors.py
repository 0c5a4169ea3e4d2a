"""What a backup or restore may refuse or fail with, told so that an operator can mend it."""

from __future__ import annotations


class BackupError(Exception):
    """Nothing was promised: no backup was made, or the home is as it was before (the words say so)."""


class DamagedBackupError(BackupError):
    """A backup is not what it was when it was made. ``damaged``: the files, each with what is wrong."""

    def __init__(self, message: str, damaged: list[str] | None = None) -> None:
        super().__init__(message)
        self.damaged = damaged or []


class NotEmptyError(BackupError):
    """The place to restore into holds something already."""
