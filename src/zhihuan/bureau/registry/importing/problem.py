"""What is wrong with a row, where, and how to mend it; and what only deserves a look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """``row`` as a spreadsheet shows it; ``heading`` "" for the row as a whole.

    A warning (``refuses`` False) is told, and the row is taken all the same.
    """

    row: int
    heading: str
    given: str
    text: str
    refuses: bool = True
