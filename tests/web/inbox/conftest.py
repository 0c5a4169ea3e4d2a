"""The case, its people and its time, as the bureau's tests have them, with browsers for the people."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bureau" / "inbox"))

from inbox_cases import case, cast, decided, decided_too, filed, leader, moment, walk

__all__ = ["case", "cast", "decided", "decided_too", "filed", "leader", "moment", "walk"]
