"""Lets the tests of this folder share their procedures, and the people and places of a case."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from trial_walk import Cast, Walk, nine


@pytest.fixture
def case() -> Iterator[Any]:
    """The procedure ``CASE``, registered for one test."""
    from procedures import CASE

    from zhihuan.bureau.matters import catalogue

    catalogue.register(CASE)
    yield CASE
    catalogue.forget(CASE.code)


@pytest.fixture
def no_effects(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine alone: what other rooms do after a step is theirs to test, and costs queries of its own."""
    from zhihuan.bureau.matters.engine import effects

    monkeypatch.setattr(effects, "_effects", [])


@pytest.fixture
def cast(person: Callable[..., Any]) -> Cast:
    """The people of a case, all able to act."""
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town

    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
    here, there = (
        Organisation.objects.create(name=f"{name}分局", kind="branch", parent=bureau)
        for name in ("三角", "小榄")
    )
    here.towns.set([find_town("三角镇")])
    there.towns.set([find_town("小榄镇")])
    firm = Organisation.objects.create(name="中山某印染厂", kind="enterprise")
    made = Cast(
        officer=person("field_officer", name="officer", at=here),
        second=person("field_officer", name="second", at=here),
        head=person("section_head", name="head", at=here),
        stranger=person("section_head", name="stranger", at=there),
        owner=person("enterprise_user", name="owner", at=firm),
        firm=firm,
        here=here,
        town=find_town("三角镇"),
    )
    for user in (made.officer, made.second):
        user.certificates.create(
            number=f"44-{user.pk}", issued=dt.date(2020, 1, 1), expires=dt.date(2040, 1, 1)
        )
    return made


@pytest.fixture
def walk(case: Any, cast: Cast) -> Walk:
    """A case that was opened by an officer on 2 March 2026, a Monday."""
    from zhihuan.bureau.matters.engine.taking import Acting, open_matter

    acting = Acting(cast.officer, "10.0.0.8", at=nine("03-02"))
    fields = {"title": "某印染厂超标排放", "party": cast.firm, "town": cast.town}
    return Walk(cast, open_matter(case.code, acting, **fields))


@pytest.fixture
def filed(walk: Walk) -> Walk:
    """The same, filed by both officers on the same day: the clock of the decision runs."""
    both = [walk.cast.officer, walk.cast.second]
    walk.take("file", walk.cast.officer, "03-02", officers=both)
    return walk
