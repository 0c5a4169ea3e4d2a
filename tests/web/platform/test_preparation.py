"""What is done before anything is served."""

from __future__ import annotations

import pytest

from zhihuan.bureau.inbox.models import KnownShape, ToDo
from zhihuan.bureau.registry.models import Device
from zhihuan.bureau.search.agreement import compare
from zhihuan.bureau.search.declaration import searched
from zhihuan.bureau.search.entries import forget
from zhihuan.bureau.search.models import Entry
from zhihuan.web.platform import inbox_jobs, matter_jobs
from zhihuan.web.platform.preparation import fill_search_index, note_clocks, note_to_dos

pytestmark = pytest.mark.django_db


def test_what_was_registered_before_anything_was_searched_is_found_afterwards(outlet):
    forget(list(Entry.objects.values_list("pk", flat=True)))
    told: list[str] = []
    assert fill_search_index(told.append)
    assert not any(compare())
    assert len(told) == 1
    assert not fill_search_index(told.append), "an index that is not empty is left alone"


def test_a_kind_that_was_not_searched_before_is_written_and_no_other_is_read(outlet):
    kind = searched(Device)
    entries = Entry.objects.filter(pk__range=(kind.first_key, kind.last_key))
    others = set(Entry.objects.values_list("pk", flat=True)) - set(
        entries.values_list("pk", flat=True)
    )
    forget(list(entries.values_list("pk", flat=True)))
    told: list[str] = []
    assert fill_search_index(told.append)
    assert told == ["search: writing the index of registry.device …"]
    assert entries.exists()
    assert others < set(Entry.objects.values_list("pk", flat=True))
    assert not any(compare())


def test_an_empty_registry_has_nothing_to_write():
    assert not fill_search_index(print)


def test_to_dos_of_a_changed_declaration_are_noted_and_the_pages_need_not_wait(
    filed, platform_store
):
    KnownShape.objects.filter(procedure=filed.matter.procedure).delete()
    ToDo.objects.all().delete()
    told: list[str] = []
    assert note_to_dos(told.append) == 1
    assert not ToDo.objects.exists(), "nothing is made before the first page"
    assert "1 matters" in told[0]
    assert inbox_jobs.renewal_job().run() == {"renewed": 1}
    assert ToDo.objects.filter(matter=filed.matter.pk).exists()
    assert note_to_dos(told.append) == 0
    assert len(told) == 1


def test_clocks_are_reckoned_by_a_new_version_and_the_pages_need_not_wait(filed):
    told: list[str] = []
    assert note_clocks(told.append) == 1
    assert "1 are reckoned" in told[0]
    assert matter_jobs.following_job().run() == {}, "the same calendar moves nothing"
    assert note_clocks(told.append) == 0
    assert len(told) == 1
