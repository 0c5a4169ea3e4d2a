"""Worked cases: the published judgements of every subject, computed again by its functions.

    case = {"id": "air-114", "kind": "iaqi", "standard": "HJ 633-2026", "input": {…}}
    run_case(case)                 # {"iaqi": 114}

A case says which judgement it wants by its ``topic``, ``method`` or ``kind``. Each subject package
with a module ``vectors`` brings a table ``KINDS`` of such words to functions; they are found from the
packages here, and a word that two subjects claim is an error. It refuses to guess: a case of an
unknown kind is answered with the kinds there are.
"""

from __future__ import annotations

import difflib
import importlib
import math
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from zhihuan.standards.errors import StandardsError

__all__ = ["CaseError", "agrees", "kind_of", "kinds", "run_case"]

Run = Callable[[Any, str], dict[str, Any]]

# the first of these whose word is known says what the case wants; air's kinds lie in "kind", where
# water and noise say how the expected value came about
_DISCRIMINATORS = ("topic", "method", "kind")
_ROOM = "zhihuan.standards"


class CaseError(StandardsError, ValueError):
    """The case cannot be run: it has no input, or nobody knows its kind."""


@cache
def kinds() -> Mapping[str, Run]:
    """Every kind of case and the function that computes it, of all subjects.

    Raises CaseError when two subjects claim one word.
    """
    merged: dict[str, Run] = {}
    for name in _subjects():
        found: Mapping[str, Run] = importlib.import_module(f"{name}.vectors").KINDS
        twice = sorted(merged.keys() & found.keys())
        if twice:
            raise CaseError(f"{name} and another subject both run cases of {', '.join(twice)}")
        merged.update(found)
    return MappingProxyType(merged)


def _subjects() -> list[str]:
    """The subject packages that bring cases, by full name."""
    path = importlib.import_module(_ROOM).__path__
    packages = [module.name for module in pkgutil.iter_modules(path) if module.ispkg]
    return [f"{_ROOM}.{name}" for name in sorted(packages) if _brings_cases(f"{_ROOM}.{name}")]


def _brings_cases(package: str) -> bool:
    path = importlib.import_module(package).__path__
    return any(module.name == "vectors" for module in pkgutil.iter_modules(path))


def kind_of(case: Mapping[str, Any]) -> str:
    """The word by which the case is run. Raises CaseError naming the nearest ones.

    >>> kind_of({"topic": "hj640_level", "kind": "published"})
    'hj640_level'
    """
    words = [str(case[key]) for key in _DISCRIMINATORS if case.get(key) is not None]
    for word in words:
        if word in kinds():
            return word
    if not words:
        raise CaseError(f"the case has none of {', '.join(_DISCRIMINATORS)}")
    near = difflib.get_close_matches(words[0], kinds(), n=3) or sorted(kinds())
    raise CaseError(f"no subject runs cases of {words[0]!r}; there are {', '.join(near)}")


def run_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """What the case asks for, computed by today's functions.

    case: ``input`` (any shape its kind knows), its kind under ``topic``, ``method`` or ``kind``, and
    perhaps ``standard``. Where it carries ``expected``, only the keys expected are given, so that
    the two can be laid side by side; their values are never looked at.
    Raises CaseError, and whatever the subject's function refuses with.
    """
    kind = kind_of(case)
    if "input" not in case:
        raise CaseError("the case has no 'input'")
    standard = str(case.get("standard") or case.get("method") or "")
    output = kinds()[kind](case["input"], standard)
    expected = case.get("expected")
    if not isinstance(expected, Mapping):
        return output
    return {key: output[key] for key in expected if key in output}


def agrees(case: Mapping[str, Any], output: Any) -> bool:
    """Whether the output says what the case expects: equal words, numbers within the tolerance the
    case names (``tolerance_dB``), else within one part in a billion.

    >>> agrees({"expected": {"a": [1.0, None]}}, {"a": [1, None]})
    True
    """
    return _same(case.get("expected"), output, float(case.get("tolerance_dB", 0.0)))


def _same(expected: Any, found: Any, tolerance: float) -> bool:
    if isinstance(expected, Mapping):
        return isinstance(found, Mapping) and all(
            key in found and _same(value, found[key], tolerance) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(found, list | tuple)
            and len(found) == len(expected)
            and all(_same(*pair, tolerance) for pair in zip(expected, found, strict=True))
        )
    if _is_number(expected) and _is_number(found):
        return math.isclose(found, expected, rel_tol=1e-9, abs_tol=tolerance + 1e-9)
    return type(expected) is type(found) and bool(expected == found)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
