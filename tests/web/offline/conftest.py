"""The visit of ``tests/bureau/field_records``, its officer's browser and the phone's talk over HTTP."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parents[2] / "bureau" / "field_records"
sys.path[:0] = [str(_FOLDER), str(Path(__file__).parent)]
_spec = importlib.util.spec_from_file_location("visits_of_phones", _FOLDER / "conftest.py")
_visits: Any = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _visits
_spec.loader.exec_module(_visits)
procedure, open_visit, visit, jotter, arrive = (
    _visits.procedure, _visits.open_visit, _visits.visit, _visits.jotter, _visits.arrive,
)  # fmt: skip
_own_home = _visits._own_home


@pytest.fixture
def program() -> Callable[[Any], Any]:
    """``program(user)``: what a phone of theirs sends by; it asks for no page, so it needs no store."""
    from django.test import Client

    def signed_in(user: Any) -> Any:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def officer(browse: Callable[[Any], Any], cast: Any) -> Any:
    """The officer's browser."""
    return browse(cast.officer)


@pytest.fixture
def sync(program: Callable[[Any], Any], cast: Any) -> Callable[..., Any]:
    """``sync(jotter, record, …)``: what is answered to a request that carries these."""
    mine = program(cast.officer)

    def sent(jotter: Any, *records: dict[str, Any], by: Any = None) -> Any:
        body = json.dumps({"device": str(jotter.id), "records": list(records)})
        return (by or mine).post("/visits/sync/", body, content_type="application/json")

    return sent
