"""Every business line's part of the synthetic city: ``demo.load(today)`` in the line's folder, where there is one."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from importlib.util import find_spec

from zhihuan.bureau.matters.catalogue import newest

__all__ = ["load_lines"]


def load_lines(today: dt.date) -> None:
    """Call it after the city and its people. Loading twice changes nothing."""
    for folder in dict.fromkeys(each.folder for each in newest()):
        if folder and find_spec(f"{folder}.demo"):
            import_module(f"{folder}.demo").load(today)
