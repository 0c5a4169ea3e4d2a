"""The packaged city: names old and new, and which town a coordinate lies in."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from zhihuan.bureau.places.city import (
    UnknownTownError,
    cells_are_approximate,
    find_town,
    outside_town,
    sync_towns,
    towns_at,
)
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.places.packaged import find_city

pytestmark = pytest.mark.django_db


def test_the_towns_are_those_of_the_official_list(shared):
    with (shared / "data/codes/zhongshan_towns.csv").open(encoding="utf-8-sig", newline="") as file:
        official = {row["code9"]: row["name"] for row in csv.DictReader(file)}
    assert dict(Town.objects.values_list("code", "name")) == official


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("小榄镇", "442000118"),
        ("小榄", "442000118"),
        (" 东升镇 ", "442000118"),
        ("442000104", "442000118"),
        ("442000007000", "442000007"),
        ("民众镇", "442000007"),
        ("火炬开发区", "442000003"),
    ],
)
def test_a_town_is_found_by_any_name_it_ever_had(given, code):
    assert find_town(given).code == code


def test_an_unknown_town_is_told_with_those_there_are():
    with pytest.raises(UnknownTownError, match=r"越秀.*小榄镇"):
        find_town("越秀")


def test_every_seat_lies_in_its_own_town():
    towns = list(Town.objects.all())
    assert towns_at([t.lon for t in towns], [t.lat for t in towns]) == [t.code for t in towns]


def test_nowhere_and_elsewhere_are_no_town():
    assert towns_at([116.4, np.nan, 113.2], [39.9, 22.6, np.nan]) == [None, None, None]


def test_outside_is_told_beyond_the_tolerance_only():
    assert outside_town("442000118", 116.4, 39.9)
    assert not outside_town("442000118", 113.23134, 22.67825)
    assert not outside_town("no such town", 0, 0)
    assert cells_are_approximate()


def test_synchronising_keeps_a_town_that_is_no_longer_packaged():
    Town.objects.create(code="442000999", name="旧镇", kind="town", pinyin="x", lon=1, lat=1)
    sync_towns()
    assert Town.objects.filter(code="442000999").exists()


def test_a_city_that_is_nowhere_is_told():
    with pytest.raises(ValueError, match=r"towns\.csv"):
        find_city("nowhere")
