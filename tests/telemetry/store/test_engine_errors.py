"""An engine's message becomes the error that tells the caller what to do."""

from __future__ import annotations

import pytest

from zhihuan.telemetry.store import (
    QueryTooLarge,
    StoreCorrupt,
    StoreError,
    StoreOutdated,
    StoreUnavailable,
)
from zhihuan.telemetry.store.engine_errors import store_error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (159, QueryTooLarge), (241, QueryTooLarge), (396, QueryTooLarge), (60, StoreOutdated),
        (47, StoreOutdated), (40, StoreCorrupt), (243, StoreUnavailable), (252, StoreUnavailable),
        (285, StoreUnavailable), (999, StoreUnavailable), (62, StoreError),
    ],
)  # fmt: skip
def test_a_code_has_its_error(code: int, kind: type[StoreError]) -> None:
    error = store_error(f"Code: {code}. DB::Exception: told. Stack trace:\n\n0. deep inside")
    assert type(error) is kind
    assert str(error).startswith(f"Code: {code}. DB::Exception: told.")
    assert "deep inside" not in str(error)
    assert error.retryable == (kind is StoreUnavailable)


def test_a_bound_hit_while_writing_is_worth_another_try() -> None:
    assert store_error("Code: 241. memory", writing=True).retryable


def test_a_full_disk_is_worth_another_try_whatever_its_code() -> None:
    assert store_error("std::exception: No space left on device").retryable


def test_no_text_at_all_is_an_error_too() -> None:
    assert str(store_error("")) == "no text"
