"""A few enterprises with names that are sought, and who seeks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def enterprise(db: None) -> Callable[..., Any]:
    """``enterprise("名称", code="QY1", town="三角镇", …)``."""
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Enterprise

    made: list[Any] = []

    def make(name: str, *, town: str = "三角镇", **values: Any) -> Any:
        values = {"code": f"QY{len(made):06d}", "no_code_reason": "模拟"} | values
        row = Enterprise.objects.create(
            name=name, kind=Organisation.Kind.ENTERPRISE, town=find_town(town), **values
        )
        made.append(row)
        return row

    return make


@pytest.fixture
def seeker(person: Callable[..., Any]) -> Any:
    """Somebody who may see all of the registry."""
    return person("registrar")


@pytest.fixture
def found(seeker: Any) -> Callable[..., list[str]]:
    """``found("印染")``: names of the enterprises found, best first; ``by=`` somebody else."""
    from zhihuan.bureau.registry.models import Enterprise
    from zhihuan.bureau.search.finding import search

    def ask(typed: str, by: Any = None, most: int = 50) -> list[str]:
        hits = search(by or seeker, typed, most=most, labels=["registry.enterprise"])
        names = dict(Enterprise.objects.values_list("pk", "name"))
        return [names[key] for each in hits for key in each.keys]

    return ask
