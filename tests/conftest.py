"""What every test may ask for: the reference data that is not part of the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[2] / "shared"


def _reference_data() -> Path:
    return Path(os.environ.get("ZHIHUAN_SHARED", _BESIDE_THE_CHECKOUT))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data (vectors, published series).

    Absent on most machines, so tests that need it are skipped with a reason; where the
    environment says CI=true its absence is a failure.
    """
    folder = _reference_data()
    if folder.is_dir():
        return folder
    reason = f"reference data not found at {folder}; set ZHIHUAN_SHARED to its folder"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
