"""Lets the tests of the vault share their sample files, and gives each a vault of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def vault(tmp_path: Path, settings: Any) -> Any:
    """An empty vault, which is the platform's too."""
    from zhihuan.bureau.vault.vaults import the_vault

    settings.ZHIHUAN_HOME = tmp_path
    return the_vault()
