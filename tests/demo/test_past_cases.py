"""The years behind the demo: every case over, labelled, and enough of them for figures to say something."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db.models import Sum
from django.utils import timezone
from kept_rows import kept_rows

from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.demo.city import build_city
from zhihuan.demo.load import load_accounts, load_city
from zhihuan.demo.past_cases import load_past_cases
from zhihuan.demo.staffing import load_staff
from zhihuan.indicators.catalogue import indicators
from zhihuan.indicators.models import CountedAct
from zhihuan.indicators.periods import Period
from zhihuan.indicators.reckoning import reckoned

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def today(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dt.date]:
    day = timezone.localdate()
    with kept_rows(django_db_blocker, tmp_path_factory.mktemp("home")):
        load_city(build_city(40))
        load_accounts()
        load_staff(day)
        load_past_cases(day)
        yield day


def test_a_year_has_figures_of_every_kind_and_one_before_and_all_are_over_and_labelled(today):
    year = Period(today - dt.timedelta(364), today)
    told = reckoned(CountedAct.objects.all(), indicators(), year)
    for code in (
        "cases_filed", "penalty_decisions", "penalties_at_once", "penalty_amount", "fines_paid", "no_penalty_decisions",
        "public_apology_cases", "decision_days", "penalties_published", "cases_closed",
    ):  # fmt: skip
        assert told[code].now, code
    assert told["penalty_decisions"].before
    assert len(set(CountedAct.objects.values_list("town", flat=True))) >= 3
    # all labelled, all over but what nobody paid, nothing ahead
    past = Matter.objects.filter(title__endswith="（模拟往年）")
    assert past.count() >= 25
    assert not past.filter(synthetic=False).exists()
    assert set(past.filter(ended_at=None).values_list("state", flat=True)) <= {"overdue"}
    assert not MatterEvent.objects.filter(at__date__gt=today).exists()


def test_loading_twice_changes_nothing(today):
    counted = MatterEvent.objects.count(), CountedAct.objects.aggregate(Sum("amount"))
    load_past_cases(today)
    assert (MatterEvent.objects.count(), CountedAct.objects.aggregate(Sum("amount"))) == counted
