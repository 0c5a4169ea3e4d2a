"""What becomes of the synthetic city's episodes: whoever verifies one has the right to, in whichever town it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from zhihuan.bureau.exceedance.manual.known import known_of
from zhihuan.bureau.exceedance.models import DataMark, Episode, MarkReview
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.demo import exceedance, marks
from zhihuan.demo.city import build_city
from zhihuan.demo.load import load_accounts, load_city
from zhihuan.demo.staffing import load_staff, officer_of
from zhihuan.standards.derivation import Derivation

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(platform_store: Any) -> None:
    load_city(build_city(60))
    load_accounts()
    load_staff(timezone.localdate())


def waiting_at(point: MonitoringPoint, hours: int) -> None:
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    Episode.objects.create(
        point=point, factor="w01018", span="hour", first_at=now - dt.timedelta(hours=hours), end_at=now,
        periods=2, standing=2, worst_at=now - dt.timedelta(hours=1), worst_value=132.0, excess=82.0, multiple=1.64,
        limit_words="≤50 mg/L", basis="模拟", derivation=Derivation("模拟", "模拟", ()).to_json(),
        stage=Episode.Stage.EXPLAINING,
    )  # fmt: skip


def test_episodes_of_any_town_are_verified_by_an_officer_of_that_town(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    towns = {}
    for each in MonitoringPoint.objects.filter(site__isnull=False).select_related("town"):
        towns.setdefault(each.town_id, each)
    outside = [each for each in towns.values() if each.town.name != "小榄镇"][:4]
    assert len(outside) == 4

    def judge(_now: Any) -> None:
        for hours, point in enumerate(outside, start=3):
            waiting_at(point, hours)

    monkeypatch.setattr(exceedance, "judge_arrivals", judge)
    exceedance.load_episodes()
    told = {each.outcome: each for each in Episode.objects.select_related("point__town")}
    assert set(told) == {"", "innocent", "false_alarm", "true"}
    raised = told["true"]
    assert raised.stage == Episode.Stage.RAISED
    assert raised.clue_id is not None
    verified = raised.events.get(kind="verified")
    assert verified.actor == officer_of(raised.point.town)
    sampled = known_of(raised).results
    assert [each.agency for each in sampled] == ["模拟检测有限公司"]
    assert "手工监测" in verified.facts["manual"]["words"][0]
    assert "模拟" in sampled[0].report.name
    carried = raised.clue.evidence.filter(title__startswith="手工监测报告")
    assert carried.count() == 1


def test_marks_are_made_in_every_way_by_those_who_may(city: None) -> None:
    marks.load_marks()
    found = list(DataMark.objects.select_related("made_by", "point__town"))
    assert {each.source for each in found} == {"automatic", "manual"}
    assert {each.late for each in found} == {True, False}
    assert any(each.withdraws for each in found)
    assert any(each.start_at > each.made_at for each in found)
    assert MarkReview.objects.filter(accepted=True).exists()
    assert all("模拟" in each.reason for each in found)
    by_branch = [
        each for each in found if each.made_by and each.made_by.username.startswith("field")
    ]
    assert all(officer_of(each.point.town) == each.made_by for each in by_branch)
    assert by_branch
    marks.load_marks()
    assert DataMark.objects.count() == len(found)
