"""What is done before anything is served."""

from __future__ import annotations

import pytest

from zhihuan.bureau.search.agreement import compare
from zhihuan.bureau.search.entries import forget
from zhihuan.bureau.search.models import Entry
from zhihuan.web.platform.preparation import fill_search_index

pytestmark = pytest.mark.django_db


def test_what_was_registered_before_anything_was_searched_is_found_afterwards(outlet):
    forget(list(Entry.objects.values_list("pk", flat=True)))
    told: list[str] = []
    assert fill_search_index(told.append)
    assert not any(compare())
    assert len(told) == 1
    assert not fill_search_index(told.append), "an index that is not empty is left alone"


def test_an_empty_registry_has_nothing_to_write():
    assert not fill_search_index(print)
