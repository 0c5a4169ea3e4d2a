"""What the public sees at this moment, looked at afresh."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.disclosure.today import look


@pytest.fixture
def now_at():
    """``now_at(point)``: what is published of it; None for nothing."""
    return lambda point: look(dt.datetime.now(dt.UTC)).stations.get(point.code)
