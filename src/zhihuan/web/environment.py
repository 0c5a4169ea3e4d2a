"""Read the settings that an operator gives as environment variables.

Every variable is declared once, in ``environment.yaml`` beside this file, with its kind, default
and meaning; the documentation lists the same table. Asking for an undeclared variable is an error,
and so is a value that cannot be understood: the message says which variable, what was found, and
what is wanted.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml


class BadSettingError(ValueError):
    """An environment variable holds something that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One declared variable. ``default`` is the text shown to operators, "" when there is none."""

    name: str
    kind: str
    default: str
    meaning: str
    secret: bool = False


_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def _boolean(text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ValueError("write 1 or 0")


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


_KINDS: dict[str, Callable[[str], Any]] = {
    "text": str.strip,
    "boolean": _boolean,
    "integer": int,
    "number": float,
    "list": _words,
}


@functools.cache
def variables() -> Mapping[str, Variable]:
    """Every declared variable by name, in the order of the table."""
    text = resources.files(__package__).joinpath("environment.yaml").read_text("utf-8")
    return {row["name"]: Variable(**row) for row in yaml.safe_load(text)}


def read(name: str) -> Any:
    """The value of ``name``, converted to its declared kind; its default when it is not set."""
    variable = variables()[name]
    text = os.environ.get(name, variable.default)
    try:
        return _KINDS[variable.kind](text)
    except ValueError as error:
        shown = "***" if variable.secret else repr(text)
        raise BadSettingError(f"{name}={shown}: {variable.kind} wanted ({error})") from error


def unknown() -> list[str]:
    """Variables named ZHIHUAN_… that nothing reads: most often a slip of the pen."""
    return sorted(
        name for name in os.environ if name.startswith("ZHIHUAN_") and name not in variables()
    )
