"""The demo shows clues of every source, in every part of the pool, all called synthetic."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.lines.clues import demo
from zhihuan.lines.clues.models import Clue, Informant

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(settings, tmp_path) -> dt.date:
    from django.utils import timezone

    from zhihuan.demo.city import build_city
    from zhihuan.demo.load import load_accounts, load_city
    from zhihuan.demo.staffing import load_staff

    settings.ZHIHUAN_HOME = tmp_path
    day = timezone.localdate()
    load_city(build_city(20))
    load_accounts()
    load_staff(day)
    demo.load(day)
    return day


def test_every_source_and_every_part_of_the_pool_has_some(today):
    assert set(Clue.objects.values_list("source", flat=True)) == set(Clue.Source.values)
    states = set(Clue.objects.values_list("state", flat=True))
    assert states == {
        "pooled",
        "doubtful",
        "valid",
        "dispatched",
        "checked",
        "settled",
        "closed",
        "merged",
    }
    assert all("模拟" in clue.title and clue.synthetic for clue in Clue.objects.all())


def test_loading_twice_changes_nothing(today):
    before = Clue.objects.count(), Informant.objects.count()
    demo.load(today)
    assert (Clue.objects.count(), Informant.objects.count()) == before == (12, 1)
