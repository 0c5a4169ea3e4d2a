"""The matters, samples and vault of the vault's own tests, for its pages."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OWN = Path(__file__).parents[2] / "bureau" / "vault" / "conftest.py"
_spec = importlib.util.spec_from_file_location("vault_conftest", OWN)
assert _spec is not None
assert _spec.loader is not None
tests_of_vault = sys.modules.setdefault("vault_conftest", importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(tests_of_vault)
case, cast, walk = tests_of_vault.case, tests_of_vault.cast, tests_of_vault.walk
vault, add = tests_of_vault.vault, tests_of_vault.add


@pytest.fixture
def browser_as(client: Any) -> Callable[..., Any]:
    """``browser_as(user)``: a test client signed in as somebody of the cast."""

    def sign_in(user: Any) -> Any:
        client.force_login(user)
        return client

    return sign_in
