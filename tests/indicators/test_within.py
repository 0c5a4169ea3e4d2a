"""Figures that are read from kept sums are those of a count of the acts: whatever is asked, for whomever, of any days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from acts import TOWNS, TYPES
from django.db.models import Q

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope import EVERYTHING, NOTHING, Scope
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.sums.folding import fold
from zhihuan.bureau.sums.making import differences, make
from zhihuan.indicators.catalogue import acts_of, indicator_of, indicators
from zhihuan.indicators.keeping import _write
from zhihuan.indicators.models import ActSum, CountedAct
from zhihuan.indicators.periods import Period
from zhihuan.indicators.reckoning import DIMENSIONS, reckoned, told_apart
from zhihuan.indicators.summing import all_sums
from zhihuan.indicators.within import ActsWithin

FINES = indicator_of("penalty_amount")
CHANGES = {
    "town_id": lambda chance: ((place := chance.choice(TOWNS)) and find_town(place).pk) or None,
    "case_type": lambda chance: chance.choice(TYPES),
    "source": lambda chance: chance.choice(["check", "monitoring", ""]),
    "law": lambda chance: chance.choice(["code", "earlier", ""]),
    "industry": lambda chance: chance.choice(["17", "33", ""]),
    "amount": lambda chance: chance.choice([None, Decimal(chance.randrange(10**8)) / 100]),
    "day": lambda chance: date(2025, 1, 1) + timedelta(chance.randrange(730)),
}  # fmt: skip
NARROWED = [
    (Q(), False), (Q(town__isnull=True), False), (Q(case_type=""), True),
    (Q(source="check", law="code"), True),
]  # fmt: skip


def changed(seed: int, times: int = 60) -> None:
    """What steps do to acts: they change, go, and come again, each through what keeps them."""
    chance = Random(seed)
    for _time in range(times):
        act = CountedAct.objects.order_by("?").first()
        key = (act.acts, act.event_id)
        kept = {key: CountedAct.objects.get(pk=act.pk)}
        if chance.random() < 0.2:
            _write({}, kept)
            continue
        for name in chance.sample(sorted(CHANGES), 2):
            setattr(act, name, CHANGES[name](chance))
        _write({key: act}, kept)
        if chance.random() < 0.1:
            fold(ActSum, worth=1)


@pytest.fixture(params=["as made", "changed since", "put together"])
def city(act: Any, request: Any) -> None:
    act.many(90, seed=8)
    for each in all_sums():
        make(each)
    if request.param != "as made":
        changed(seed=9)
    if request.param == "put together":
        fold(ActSum, worth=1)


@pytest.fixture
def scopes(db: None) -> dict[str, Scope]:
    """The whole city, two towns, a town and a body elsewhere, that body alone, nothing."""
    body = Organisation.objects.create(name="某厂", kind="enterprise")
    some = frozenset(find_town(name).pk for name in TOWNS[:2])
    return {
        "city": EVERYTHING,
        "towns": Scope(towns=some),
        "town and body": Scope(towns=frozenset(sorted(some)[:1]), paths=frozenset({body.path})),
        "body": Scope(paths=frozenset({body.path})),
        "nothing": NOTHING,
    }


PERIODS = [
    Period.parse("2026"), Period.parse("2026-Q1"), Period(date(2026, 1, 1), date(2026, 8, 17)),
    Period(date(2026, 3, 1), date(2026, 3, 9)), Period(date(2026, 2, 11), date(2026, 5, 2)),
]  # fmt: skip


@pytest.mark.parametrize("who", ["city", "towns", "town and body", "body", "nothing"])
def test_figures_are_those_of_a_count(city, scopes, who):
    body = Organisation.objects.get(name="某厂")
    for pk in CountedAct.objects.order_by("pk").values_list("pk", flat=True)[::7]:
        CountedAct.objects.filter(pk=pk).update(party=body)  # no sum tells parties
    assert [found for each in all_sums() for found in differences(each)] == []
    for narrowed, by_traits in NARROWED:
        for period in PERIODS:
            acts = ActsWithin(scopes[who], narrowed, by_traits=by_traits)
            assert reckoned(acts, indicators(), period) == reckoned(acts.rows, indicators(), period)
            for by in DIMENSIONS:
                told = told_apart(acts, FINES, period, by)
                assert told == told_apart(acts.rows, FINES, period, by), (by, period)


def test_until_all_were_made_acts_are_counted(act):
    act("penalty_fined", "2026-03-02", amount="100.10")
    year = Period.parse("2026")
    assert reckoned(ActsWithin(EVERYTHING), [FINES], year)["penalty_amount"].now == Decimal(
        "100.10"
    )
    *some, last = all_sums()
    for each in some:
        make(each)
    ActSum.objects.all().delete()
    assert reckoned(ActsWithin(EVERYTHING), [FINES], year)["penalty_amount"].now == Decimal(
        "100.10"
    )
    make(last)
    assert reckoned(ActsWithin(EVERYTHING), [FINES], year)["penalty_amount"].now == 0


def test_a_question_is_two_queries_and_the_next_one_is_one(city, django_assert_num_queries):
    acts = ActsWithin(EVERYTHING)
    with django_assert_num_queries(2):
        reckoned(acts, indicators(), PERIODS[2])
    with django_assert_num_queries(1):
        told_apart(acts, FINES, PERIODS[2], "source")


def test_a_year_is_read_from_few_rows(act):
    for day in range(1, 29):
        act("penalty_fined", f"2026-03-{day:02}", amount="1", town="三角镇")
    for each in all_sums():
        make(each)
    months = ActSum.objects.filter(grain="month", acts="penalty_fined")
    assert [(row.count, row.amounts, row.hundredths) for row in months] == [(28, 28, 2800)]


def test_every_kind_of_penalty_cases_has_its_sums():
    names = {each.name for each in all_sums()}
    assert {f"acts:{each.code}" for each in acts_of("penalty_case")} <= names
