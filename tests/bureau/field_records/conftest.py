"""The visit, the people of a case, and a phone of the officer's."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
_spec = importlib.util.spec_from_file_location(
    "cases_of_visits", HERE.parent / "matters" / "conftest.py"
)
_cases: Any = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _cases  # dataclasses look their module up
_spec.loader.exec_module(_cases)
cast, no_effects = _cases.cast, _cases.no_effects


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, settings: Any) -> None:
    settings.ZHIHUAN_HOME = tmp_path


@pytest.fixture
def procedure() -> Iterator[Any]:
    """The procedure ``VISIT``, registered for one test."""
    from visits import VISIT

    from zhihuan.bureau.matters import catalogue

    catalogue.register(VISIT)
    yield VISIT
    catalogue.forget(VISIT.code)


@pytest.fixture
def open_visit(procedure: Any, cast: Any) -> Callable[..., Any]:
    """``open_visit("title")``: a visit that waits to be made."""
    from zhihuan.bureau.matters.engine.taking import Acting, open_matter

    def make(title: str = "检查某印染厂") -> Any:
        fields = {"title": title, "party": cast.firm, "town": cast.town}
        return open_matter(procedure.code, Acting(cast.officer), **fields)

    return make


@pytest.fixture
def visit(open_visit: Callable[..., Any]) -> Any:
    """One of them."""
    return open_visit()


@pytest.fixture
def jotter() -> Any:
    """The officer's phone."""
    from phones import Jotter

    return Jotter()


@pytest.fixture
def send(cast: Any) -> Callable[..., Any]:
    """``send(jotter, record, by=officer)``: the record as it stands after it was received and settled."""
    from zhihuan.bureau.field_records.file_arriving import take_known
    from zhihuan.bureau.field_records.incoming import Incoming
    from zhihuan.bureau.field_records.receipts import Sender
    from zhihuan.bureau.field_records.receiving import phone_of, receive
    from zhihuan.bureau.field_records.settling import settle

    def sent(jotter: Any, told: dict[str, Any], by: Any = None) -> Any:
        sender = Sender(by or cast.officer, "10.0.0.9")
        record = receive(phone_of(sender.user, jotter.id), Incoming.read(told), sender)
        take_known(record, sender)
        settle(record, sender)
        return record

    return sent


@pytest.fixture
def arrive(jotter: Any, visit: Any, cast: Any) -> Callable[..., dict[str, Any]]:
    """``arrive()``: the record of two officers who come."""

    def make(by: Any = None, **given: Any) -> dict[str, Any]:
        officers = [cast.officer.pk, cast.second.pk]
        pairs = ("weather", "fine"), ("told", "on")
        return (by or jotter).jot(visit, "arrive", *pairs, officers=officers, **given)

    return make
