"""Read the settings that an operator gives as environment variables.

Every variable is declared once, in ``environment.yaml`` beside this file, with its kind, default
and meaning; the documentation lists the same table. Asking for an undeclared variable is an error,
and so is a value that cannot be understood: the message says which variable, what was found, and
what is wanted.
"""

from __future__ import annotations

import functools
import ipaddress
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from cryptography.fernet import Fernet


class BadSettingError(ValueError):
    """An environment variable holds something that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One declared variable. ``default`` is the text shown to operators, "" when there is none.

    ``minimum`` and ``maximum`` bound numbers, both included; ``choices`` names all words there are, of a list those it may hold.
    """

    name: str
    kind: str
    default: str
    meaning: str
    secret: bool = False
    minimum: float = -math.inf
    maximum: float = math.inf
    choices: tuple[str, ...] | list[str] = ()


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


def _fernet_keys(text: str) -> list[str]:
    for number, key in enumerate(_words(text), start=1):
        if not is_fernet_key(key):
            raise ValueError(f"key {number} is not 32 bytes in URL-safe base64")
    return _words(text)


def is_fernet_key(text: str) -> bool:
    """Whether ``text`` can seal device passwords."""
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


def host_and_port(text: str) -> tuple[str, int]:
    """``127.0.0.1:8000`` or ``[::1]:8000``; ValueError says what is wanted."""
    host, _colon, port = text.strip().rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or int(port) > 65_535:
        raise ValueError("HOST:PORT wanted, e.g. 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def _address(text: str) -> str:
    host_and_port(text)
    return text.strip()


def _file(text: str) -> Path | None:
    return Path(text.strip()).expanduser() if text.strip() else None


def _networks(text: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(word) for word in _words(text)]


_KINDS: dict[str, Callable[[str], Any]] = {
    "text": str.strip,
    "boolean": _boolean,
    "integer": int,
    "number": float,
    "list": _words,
    "keys": _fernet_keys,
    "address": _address,
    "file": _file,
    "networks": _networks,
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
        value = _KINDS[variable.kind](text)
        _check_limits(variable, value)
        return value
    except (ValueError, OverflowError) as error:
        shown = "***" if variable.secret else repr(text)
        raise BadSettingError(f"{name}={shown}: {variable.kind} wanted ({error})") from error


def _check_limits(variable: Variable, value: Any) -> None:
    low, high = variable.minimum, variable.maximum
    # written so that nan, which is neither more nor less than anything, is outside
    if variable.kind in {"integer", "number"} and not low <= value <= high:
        raise ValueError(f"from {low:g} to {high:g}")
    words = value if isinstance(value, list) else [value]
    if variable.choices and any(str(word).upper() not in variable.choices for word in words):
        raise ValueError(f"one of {', '.join(variable.choices)}")


def unknown() -> list[str]:
    """Variables named ZHIHUAN_… that nothing reads: most often a slip of the pen."""
    return sorted(
        name for name in os.environ if name.startswith("ZHIHUAN_") and name not in variables()
    )
