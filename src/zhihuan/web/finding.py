"""What a check of the settings says: one unsafe setting, why, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One unsafe setting. ``is_error``: unsafe wherever the platform runs."""

    setting: str
    problem: str
    remedy: str
    is_error: bool = False
