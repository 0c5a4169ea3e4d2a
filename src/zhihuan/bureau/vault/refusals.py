"""Why a file is not taken, in words for whoever gave it: what is wrong, and how to mend it.

The code is for the record of refused files and for tests; the words are for people.
"""

from __future__ import annotations

from typing import Any

__all__ = ["RefusedFileError"]


class RefusedFileError(Exception):
    """code: one of a small set, such as ``macro``. words: what is wrong; mend: what to do about it.

    Both are translated when raised, for the person who gave the file. hostile: whether an innocent file would
    hardly look so (a security administrator should look).
    """

    def __init__(self, code: str, words: Any, mend: Any, *, hostile: bool = False) -> None:
        self.code = code
        self.words = str(words)
        self.mend = str(mend)
        self.hostile = hostile
        super().__init__(f"{self.words}{self.mend}")
