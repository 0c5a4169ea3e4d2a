"""The procedure and the people of ``tests/bureau/matters``, with a time that stands still: fixtures for
whatever tests to-dos and messages."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parents[1] / "matters"
sys.path.insert(0, str(_FOLDER))
_spec = importlib.util.spec_from_file_location("cases_of_matters", _FOLDER / "conftest.py")
_cases = importlib.util.module_from_spec(_spec)
sys.modules["cases_of_matters"] = _cases
_spec.loader.exec_module(_cases)

case, cast, walk, filed = _cases.case, _cases.cast, _cases.walk, _cases.filed


@dataclass
class Moment:
    """The time of day that the platform is told."""

    at: dt.datetime

    def go(self, day: str, hour: int = 9) -> dt.datetime:
        """To that hour of a day of 2026 in Beijing, "03-02"."""
        self.at = dt.datetime.fromisoformat(f"2026-{day}T{hour:02}:00+08:00")
        return self.at


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """2 March 2026, a Monday, nine in the morning, until a test goes elsewhere."""
    now = Moment(_cases.nine("03-02"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now.at)
    return now


@pytest.fixture
def leader(person: Any, cast: Any) -> Any:
    """A leader of the bureau."""
    return person("leader", name="leader", at=cast.officer.organisation.parent)


def _decide(walk: Any, day: str) -> Any:
    walk.take("submit", walk.cast.officer, day)
    walk.take("decide", walk.cast.head, day, fine="1000", served_on=f"2026-{day}")
    return walk


@pytest.fixture
def decided(filed: Any) -> Any:
    """A case that was decided on 9 March; the party owes a fine."""
    return _decide(filed, "03-09")


@pytest.fixture
def decided_too(case: Any, cast: Any) -> Any:
    """Another one, beside ``filed``."""
    from zhihuan.bureau.matters.engine.taking import Acting, open_matter

    acting = Acting(cast.officer, at=_cases.nine("03-02"))
    fields = {"title": "另一案件", "party": cast.firm, "town": cast.town}
    other = _cases.Walk(cast, open_matter(case.code, acting, **fields))
    other.take("file", cast.officer, "03-02", officers=[cast.officer, cast.second])
    return _decide(other, "03-09")
