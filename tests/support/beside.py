"""What stands beside the browser tests (their ``conftest``, the seeds, one another), which pytest does not put on
the path."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

_FOLDER = Path(__file__).parents[1] / "browser"


@functools.cache
def beside(name: str) -> ModuleType:
    """``tests/browser/NAME.py`` as a module of its own, loaded once a process."""
    spec = importlib.util.spec_from_file_location(f"beside_{name}", _FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look for their module
    spec.loader.exec_module(module)
    return module
