"""All examples, found in their folder: a file put there is in the catalogue."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from zhihuan.web.catalogue import examples
from zhihuan.web.catalogue.example import Example


@cache
def all_examples() -> dict[str, Example]:
    """Every example by the name of its component, in the order of names."""
    modules = [
        importlib.import_module(f"{examples.__name__}.{found.name}")
        for found in pkgutil.iter_modules(examples.__path__)
    ]
    by_name = {each.EXAMPLE.component: each.EXAMPLE for each in modules}
    return dict(sorted(by_name.items()))
