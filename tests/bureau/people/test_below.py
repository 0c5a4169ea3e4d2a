"""What belongs below an organisation: the same rows as by walking, said so that indexes serve it."""

from __future__ import annotations

import pytest
from django.db import connection

from zhihuan.bureau.people.below import belongs_below
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.registry.models import Enterprise, MonitoringPoint, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths():
    """Organisations whose paths are alike but for their ends; the tree is none of these tests'."""
    spelled = ("/1/", "/1/7/", "/1/7/9/", "/1/70/", "/1/8/", "/17/", "/17/7/", "/2/1/7/")
    made = [Organisation.objects.create(name=path) for path in spelled]
    for row, path in zip(made, spelled, strict=True):
        Organisation.objects.filter(pk=row.pk).update(path=path)
    return spelled


@pytest.mark.parametrize("path", ["/1/", "/1/7/", "/17/", "/1/7/9/", "/3/"])
def test_below_is_what_begins_with_the_path(paths, path):
    found = Organisation.objects.filter(path__below=path).values_list("path", flat=True)
    assert sorted(found) == sorted(each for each in paths if each.startswith(path))


@pytest.fixture
def points():
    for number in (1, 2):
        firm = Enterprise.objects.create(
            code=f"E{number}", name="厂", kind="enterprise", town_id="442000118"
        )
        site = Site.objects.create(code=firm.code, name="厂", enterprise=firm, town_id=firm.town_id)
        MonitoringPoint.objects.create(
            code=f"P{number}",
            name="口",
            kind="noise",
            site=site,
            town_id=firm.town_id,
            lon=113,
            lat=22,
        )
    MonitoringPoint.objects.create(
        code="public", name="站", kind="ambient_air", town_id="442000118", lon=113, lat=22
    )


def test_a_chain_of_records_is_followed(points):
    first = Enterprise.objects.get(code="E1")
    condition = belongs_below(MonitoringPoint, "site__enterprise", [first.path])
    assert [row.code for row in MonitoringPoint.objects.filter(condition)] == ["P1"]
    assert not MonitoringPoint.objects.filter(
        belongs_below(MonitoringPoint, "site__enterprise", [])
    ).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite plans")
def test_the_organisations_are_found_by_their_index(points):
    rows = MonitoringPoint.objects.filter(
        belongs_below(MonitoringPoint, "site__enterprise", ["/1/7/"])
    )
    plan = rows.order_by("code").explain()
    assert "path>? AND path<?" in plan
    assert "SCAN" not in plan
