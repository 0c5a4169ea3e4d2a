"""Lets the tests of this folder use the case, its people and its time."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from inbox_cases import case, cast, decided, decided_too, filed, leader, moment, walk

__all__ = ["case", "cast", "decided", "decided_too", "filed", "leader", "moment", "walk"]
