"""A text that was typed and is not to be told: it says its mask wherever it is written by accident."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Secret"]


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """clear: what was typed. shown: what events, pages, logs and programs are told instead."""

    clear: str
    shown: str

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"<Secret {self.shown}>"

    def __bool__(self) -> bool:
        return bool(self.clear)
