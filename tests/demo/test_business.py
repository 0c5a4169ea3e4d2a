"""The synthetic city has its part of every business line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from kept_rows import kept_rows

from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.engine.following import follow_installed, note_installed
from zhihuan.bureau.matters.engine.verifying_clocks import newest_clock, verify_clocks
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock
from zhihuan.bureau.people.scope import EVERYTHING
from zhihuan.bureau.vault.models import StoredFile
from zhihuan.demo.business import load_lines
from zhihuan.demo.city import build_city
from zhihuan.demo.load import load_accounts, load_city
from zhihuan.demo.staffing import load_staff
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.similar import Wanted, factors_of, similar_to

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def today(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dt.date]:
    from django.utils import timezone

    day = timezone.localdate()
    with kept_rows(django_db_blocker, tmp_path_factory.mktemp("home")):
        load_city(build_city(20))
        load_accounts()
        load_staff(day)
        load_lines(day)
        yield day


def test_every_line_has_matters_and_all_are_labelled(today):
    loaded = set(Matter.objects.values_list("procedure", flat=True))
    assert loaded == {each.code for each in newest()}
    assert not Matter.objects.filter(synthetic=False).exists()
    assert all("模拟" in matter.title for matter in Matter.objects.all())


def test_loading_twice_changes_nothing(today):
    counted = [model.objects.count() for model in (Matter, MatterEvent, StoredFile)]
    load_lines(today)
    assert [model.objects.count() for model in (Matter, MatterEvent, StoredFile)] == counted


def test_plans_stand_in_every_way_people_must_see(today):
    states = sorted(Matter.objects.filter(procedure="plan_filing").values_list("state", flat=True))
    assert states == ["checking", "correcting", "filed", "filed", "refused"]


def test_every_running_clock_of_every_line_ends_as_its_history_says(today):
    note_installed()
    follow_installed()
    running = RunningClock.objects.filter(outcome=RunningClock.Outcome.RUNNING)
    assert len(set(running.values_list("matter__procedure", flat=True))) > 5
    assert list(verify_clocks(1, newest_clock())) == []


def test_a_reckoned_fine_has_a_decided_case_like_it(today):
    """The calculator and a case's page show one; what was proposed is what was reckoned."""
    reports = MatterEvent.objects.filter(step="report", matter__procedure="penalty_case")
    said = [each.said for each in reports if each.said.get("reckoning")]
    assert said
    for each in said:
        assert Decimal(each["reckoning"]["amount"]) == Decimal(str(each["proposed_fine"]))
        lasted = dt.date.fromisoformat(each["act_until"]) - dt.date.fromisoformat(each["act_from"])
        assert lasted.days == 40, "as the facts say, and the level of the factor"
    case = PenaltyCase.objects.filter(decided_on=None).exclude(discretion_case="").latest("pk")
    report = reports.filter(matter=case).latest("number")
    factors = factors_of(report.said["reckoning"])
    wanted = Wanted(case.discretion_case, case.case_type, factors, apart_from=case.pk)
    found = similar_to(wanted, EVERYTHING)
    assert found
    assert found[0].shared == found[0].compared == len(factors) == 4
