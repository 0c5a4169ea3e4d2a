"""The line with documents of ``tests/bureau/documents``, and browsers of its people."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

_PAPERS = Path(__file__).parents[2] / "bureau" / "documents" / "conftest.py"
_spec = importlib.util.spec_from_file_location("papers_of_documents", _PAPERS)
_papers: Any = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _papers  # dataclasses look their module up
_spec.loader.exec_module(_papers)

line, to_decide, decided = _papers.line, _papers.to_decide, _papers.decided


@pytest.fixture(autouse=True)
def _no_store_of_another_test(platform_store: Any) -> None:
    """The frame of every page asks whether there is synthetic data."""


@pytest.fixture
def decision(decided: Any) -> Any:
    return decided.matter.documents.get(code="decision")


@pytest.fixture
def head(browse: Any, cast: Any) -> Client:
    return browse(cast.head)
