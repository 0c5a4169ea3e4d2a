"""Lets the tests of the vault share their sample files and the matters of the engine's tests, and gives
each a vault of its own."""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
MATTERS = HERE.parent / "matters"
sys.path[:0] = [str(HERE), str(MATTERS)]

_spec = importlib.util.spec_from_file_location("matters_conftest", MATTERS / "conftest.py")
assert _spec is not None
assert _spec.loader is not None
matters = sys.modules.setdefault("matters_conftest", importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(matters)
case, cast, walk = matters.case, matters.cast, matters.walk


@pytest.fixture
def vault(tmp_path: Path, settings: Any) -> Any:
    """An empty vault, which is the platform's too."""
    from zhihuan.bureau.vault.vaults import the_vault

    settings.ZHIHUAN_HOME = tmp_path
    return the_vault()


@pytest.fixture
def add(vault: Any, walk: Any) -> Callable[..., Any]:
    """``add(content, name, by=…)``: evidence of the walk's matter."""
    from zhihuan.bureau.matters.engine.acting import Acting
    from zhihuan.bureau.vault.evidence.adding import add_evidence
    from zhihuan.bureau.vault.keeping import receive
    from zhihuan.bureau.vault.origin import NOTHING_STATED, Origin

    def make(
        content: bytes, name: str, by: Any = None, stated: Any = NOTHING_STATED, **said: Any
    ) -> Any:
        by = by or walk.cast.officer
        stored = receive(io.BytesIO(content), name, Origin(by, "10.0.0.8", stated))
        facts = {"kind": "audiovisual", "title": "总排口", "obtained": "taken"} | said
        return add_evidence(walk.matter, stored, Acting(by, "10.0.0.8"), **facts)

    return make
