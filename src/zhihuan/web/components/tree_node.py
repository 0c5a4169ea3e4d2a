"""One node of a tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TreeNode:
    """``children`` makes it a branch, open at first when ``is_open``; ``note`` is a remark behind it."""

    text: Any
    url: str = ""
    note: Any = ""
    children: tuple[TreeNode, ...] = ()
    is_open: bool = False
    is_current: bool = False
