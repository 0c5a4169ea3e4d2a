"""Entries that no longer agree are found, each fault by its name, and written anew."""

from __future__ import annotations

import pytest
from django.db import connection

from zhihuan.bureau.registry.models import Enterprise
from zhihuan.bureau.search import agreement
from zhihuan.bureau.search.agreement import compare, counts, rebuild
from zhihuan.bureau.search.declaration import searched
from zhihuan.bureau.search.engines import engine_of
from zhihuan.bureau.search.models import Code, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(enterprise):
    return [enterprise(f"宏达{n}厂", code=f"C{n}") for n in range(6)]


def figures(found):
    return {each.kind: (each.missing, each.wrong, each.left_over) for each in found if each}


def test_each_fault_is_told_and_mended(rows, found, monkeypatch):
    monkeypatch.setattr(agreement, "_PORTION", 2)
    of = searched(Enterprise)
    assert figures(compare()) == {}
    Code.objects.filter(entry=of.key_of(rows[0].pk)).delete()
    Code.objects.filter(entry=of.key_of(rows[1].pk)).delete()
    Entry.objects.filter(pk=of.key_of(rows[1].pk)).delete()
    Entry.objects.filter(pk=of.key_of(rows[2].pk)).update(name="^ǀ别ǀ名ǀ$")
    Entry.objects.create(id=of.key_of(rows[5].pk + 999), name="^ǀ鬼ǀ$")
    assert figures(compare()) == {"企业": (1, 2, 1)}
    told = []
    assert figures(rebuild(lambda *progress: told.append(progress))) == {"企业": (1, 2, 1)}
    assert ("企业", 6, 6) in told
    assert figures(compare()) == {}
    assert len(found("宏达")) == 6
    assert found("C0") == ["宏达0厂"]
    assert found("别名") == []


def test_nothing_is_written_by_looking(rows):
    Entry.objects.filter(pk=searched(Enterprise).key_of(rows[2].pk)).update(name="x")
    compare()
    assert figures(compare()) == {"企业": (0, 1, 0)}


def test_a_quick_look_counts_both_sides(rows):
    assert ("企业", 6, 6) in counts()
    of = searched(Enterprise)
    Code.objects.filter(entry=of.key_of(rows[0].pk)).delete()
    Entry.objects.filter(pk=of.key_of(rows[0].pk)).delete()
    assert ("企业", 6, 5) in counts()


def test_an_index_that_lost_its_way_is_told_and_made_anew(rows, found):
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            assert engine_of().trouble(cursor) == ""
        pytest.skip("PostgreSQL keeps its indexes itself")
    with connection.cursor() as cursor:
        assert engine_of().trouble(cursor) == ""
        cursor.execute("DROP TRIGGER search_words_changed")
        Entry.objects.update(name="^ǀ偷ǀ改ǀ$")
        assert "search_words" in engine_of().trouble(cursor)
    rebuild()
    with connection.cursor() as cursor:
        assert engine_of().trouble(cursor) == ""
    assert len(found("宏达")) == 6
