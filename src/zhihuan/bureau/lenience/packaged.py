"""The packaged rules on leniency: dated values (YAML) and lists (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["rows", "values"]


@cache
def values(name: str) -> Mapping[str, Any]:
    """The content of ``<name>.yaml``."""
    loaded: dict[str, Any] = yaml.safe_load(_text(f"{name}.yaml"))
    return loaded


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``tables/<name>.csv``, as text."""
    return list(csv.DictReader(_text(f"tables/{name}.csv").splitlines()))


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8-sig")
