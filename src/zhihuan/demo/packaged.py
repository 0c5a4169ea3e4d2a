"""The demo's packaged tables, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

__all__ = ["packaged"]


@cache
def packaged(name: str) -> dict[str, Any]:
    """The table ``data/<name>.yaml``; not to be changed by whoever reads it."""
    file = resources.files("zhihuan.demo") / "data" / f"{name}.yaml"
    table: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return table
