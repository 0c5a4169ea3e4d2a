"""Entries follow their records, in the same transaction, however a record is written."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.db import transaction
from ready_homes import ready

from zhihuan.bureau.history.bulk import bulk_create, bulk_update
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import Device, Enterprise, Site
from zhihuan.bureau.search.agreement import compare
from zhihuan.bureau.search.models import Code, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agreeing_afterwards(db: None) -> Any:
    yield
    assert not any(compare()), "an entry differs from its record"


def test_a_new_name_is_found_and_the_old_one_no_more(enterprise, found):
    row = enterprise("宏达印染厂")
    with changing(None, why="更名") as changes:
        changes.update(row, name="长江电镀厂")
    assert found("印染") == []
    assert found("cjdd") == ["长江电镀厂"]


def test_a_renamed_organisation_is_the_renamed_enterprise(enterprise, found):
    row = enterprise("宏达印染厂")
    organisation = Organisation.objects.get(pk=row.pk)
    organisation.name = "长江电镀厂"
    organisation.save()
    assert found("长江") == ["长江电镀厂"]


def test_a_deleted_record_leaves_nothing(enterprise, found):
    row = enterprise("宏达印染厂", code="QX1")
    Organisation.objects.get(pk=row.pk).delete()
    assert found("印染") == []
    assert not Entry.objects.exists()
    assert not Code.objects.exists()


def test_a_code_that_changed_is_the_only_one(enterprise, found):
    row = enterprise("宏达印染厂", code="OLD1")
    row.code = "NEW1"
    row.save()
    assert found("OLD1") == []
    assert found("NEW1") == ["宏达印染厂"]


def test_records_made_and_changed_in_bulk_are_found(found):
    town = find_town("三角镇")
    rows = [
        Enterprise(
            code=f"B{n}", name=f"批量{n}厂", kind="enterprise", town=town, no_code_reason="x"
        )
        for n in range(5)
    ]
    bulk_create(rows, batch_size=2)
    assert len(found("批量")) == 5
    for row in rows:
        row.name = f"改名{row.pk}厂"
    bulk_update(rows, {"name"})
    assert found("批量") == []
    assert len(found("改名")) == 5


def test_a_queryset_that_is_updated_is_found_as_it_is_now(seeker):
    from zhihuan.bureau.search.finding import search

    town = find_town("三角镇")
    Site.objects.bulk_create([Site(code=f"S{n}", name="旧厂区", town=town) for n in range(3)])
    Site.objects.filter(name="旧厂区").update(name="新厂区")
    assert search(seeker, "旧厂", most=9) == []
    (hits,) = search(seeker, "新厂", most=9)
    assert len(hits.keys) == 3
    Site.objects.filter(code="S1").delete()
    (hits,) = search(seeker, "新厂", most=9)
    assert len(hits.keys) == 2


def test_what_is_not_sought_costs_nothing(outlet, django_assert_num_queries):
    device = Device.objects.get()
    with django_assert_num_queries(2):  # the device, the version of the registry
        Device.objects.filter(pk=device.pk).update(realtime_seconds=30)


def test_what_is_taken_back_was_never_found(enterprise, found):
    row = enterprise("宏达印染厂")
    with transaction.atomic():
        row.name = "长江电镀厂"
        row.save()
        transaction.set_rollback(True)
    assert found("印染") == ["宏达印染厂"]
    assert found("长江") == []


@pytest.mark.django_db(transaction=True)
def test_a_failing_entry_takes_the_record_back(monkeypatch, enterprise):
    """Outside any transaction too: the entry is written with the record or neither is."""
    from zhihuan.bureau.search import keeping

    def fail(*_given: Any) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(keeping, "keep", fail)
    with pytest.raises(RuntimeError):
        Site.objects.create(code="S1", name="厂区", town=find_town("三角镇"))
    with pytest.raises(RuntimeError):
        Site.objects.bulk_create([Site(code="S2", name="厂区", town=find_town("三角镇"))])
    assert not Site.objects.exists()


_DIES = """
import os
from zhihuan.web.start import set_up; set_up()
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import Site
from zhihuan.bureau.search import keeping
from zhihuan.bureau.search.agreement import compare
Site.objects.create(code="S0", name="活着", town=find_town("三角镇"))
keep = keeping.keep
def die(*given):
    keep(*given)
    os._exit(9)  # as kill -9 between the entry and the commit
keeping.keep = die
Site.objects.create(code="S1", name="死去", town=find_town("三角镇"))
"""
_LOOKS = """
from zhihuan.web.start import set_up; set_up()
from zhihuan.bureau.registry.models import Site
from zhihuan.bureau.search.agreement import compare
print(Site.objects.count(), any(compare()))
"""


def test_a_program_that_dies_in_between_leaves_no_stale_entry(tmp_path):
    environment = os.environ | {"ZHIHUAN_HOME": str(tmp_path), "ZHIHUAN_DATABASE_URL": ""}

    def run(program: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip

    ready(tmp_path)
    died = run(_DIES)
    assert died.returncode == 9, died.stderr
    assert run(_LOOKS).stdout.split() == ["1", "False"]
