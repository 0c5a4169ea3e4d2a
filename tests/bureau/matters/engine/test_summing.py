"""The kept sums of matters are what a count of the matters gives, after every act and at every moment between them."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Sum
from procedures import CASE
from trial_walk import nine

from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.engine.loading import load_year
from zhihuan.bureau.matters.engine.pace import LATE_FOR_GOOD
from zhihuan.bureau.matters.engine.rebasing import rebase, rebasing
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.engine.summing import sums_of
from zhihuan.bureau.matters.engine.taking import Acting, open_matter, take
from zhihuan.bureau.matters.models import Matter, MatterSum
from zhihuan.bureau.people.models import User
from zhihuan.bureau.sums.folding import fold
from zhihuan.bureau.sums.making import are_made, differences, make

NOTICE = "date,status\n2027-02-05,放假\n2027-02-08,放假\n2027-02-09,放假\n"


def kept() -> Counter[tuple[Any, ...]]:
    """(state, late from, met) → how many, of all rows together."""
    rows = MatterSum.objects.order_by().values_list("state", "late_from", "is_met")
    return Counter({tuple(kind): n for *kind, n in rows.annotate(n=Sum("count")) if n})


def differing() -> list[Any]:
    return list(differences(sums_of(CASE.code)))


@pytest.mark.django_db
def test_a_matter_is_counted_where_it_is_after_every_act(walk):
    cast = walk.cast
    assert kept() == {("draft", None, False): 1}
    walk.take("file", cast.officer, "03-02", officers=[cast.officer, cast.second])
    due = walk.clock("decision").due_at
    assert kept() == {("investigating", due, False): 1}
    walk.take("extend", cast.head, "03-03", why="案情复杂")
    assert walk.clock("decision").due_at > due
    assert kept() == {("investigating", walk.clock("decision").due_at, False): 1}
    walk.take("appraise", cast.officer, "03-04")
    assert kept() == {("appraising", None, False): 1}  # it stands still
    assert differing() == []


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "is_late"), [("03-20", False), ("11-05", True)])
def test_what_was_met_late_is_late_for_good(filed, day, is_late):
    filed.take("submit", filed.cast.officer, "03-05")
    filed.take("decide", filed.cast.head, day, fine="100", served_on=f"2026-{day}")
    assert kept() == {("decided", LATE_FOR_GOOD if is_late else None, not is_late): 1}
    assert differing() == []


@pytest.mark.django_db
def test_a_refused_step_moves_nothing(filed, cast):
    before = MatterSum.objects.count()
    with pytest.raises(StepRefusedError):
        filed.take("submit", cast.stranger, "03-05")
    assert MatterSum.objects.count() == before
    assert differing() == []


@pytest.mark.django_db
def test_a_late_calendar_and_another_edition_move_it_along(walk, cast, person):
    walk.take("file", cast.officer, "11-10", officers=[cast.officer, cast.second])
    before = kept()
    load_year(NOTICE, cast.head)
    moved = kept()
    assert moved != before
    assert differing() == []
    basis = replace(CASE.basis, in_force_from=dt.date(2026, 4, 1))
    clocks = (
        replace(CASE.clocks[0], limit="M02", pauses={}, resumes=(), extends={}),
        CASE.clocks[1],
    )
    catalogue.register(replace(CASE, edition="2026", basis=basis, clocks=clocks))
    plan = rebasing(walk.matter, "2026")
    rebase(walk.matter, plan, Acting(person("leader")), "新规施行", version=walk.matter.version)
    assert kept() != moved
    assert differing() == []


@pytest.mark.django_db
def test_sums_that_were_never_made_or_by_another_rule_are_not_read(filed):
    summed = sums_of(CASE.code)
    assert not are_made([summed])
    make(summed)
    assert are_made([summed])
    both = (CASE.clocks[0], replace(CASE.clocks[1], duty="bureau"))
    catalogue.forget(CASE.code)
    catalogue.register(replace(CASE, clocks=both))
    assert not are_made([sums_of(CASE.code)])
    make(sums_of(CASE.code))
    assert are_made([sums_of(CASE.code)])


@pytest.mark.django_db
def test_what_slipped_is_found_and_mended(filed):
    MatterSum.objects.create(
        procedure=CASE.code, opened=dt.date(2026, 3, 1), state="gone", count=2, town=filed.cast.town
    )
    (found,) = differing()
    assert (found.key[3], found.kept, found.counted) == ("gone", (2,), ())
    make(sums_of(CASE.code))
    assert differing() == []


@pytest.mark.django_db
def test_putting_together_leaves_a_row_a_key_and_moves_no_sum(filed, case, cast):
    for number in range(9):
        acting = Acting(cast.officer, at=nine(f"0{3 + number % 3}-07"))
        open_matter(case.code, acting, title=f"{number}", town=cast.town)
    before = kept()
    assert fold(MatterSum) == 0  # not worth it
    assert fold(MatterSum, worth=1) > 0
    assert kept() == before
    keys = [tuple(row) for row in MatterSum.objects.values_list(*MatterSum.KEY)]
    assert len(keys) == len(set(keys)) == 4
    assert fold(MatterSum, worth=1) == 0
    assert differing() == []


# ---- at once ----


class Bustle:
    """Threads at work, some until they are done and some until those are; what went wrong in any of them."""

    def __init__(self) -> None:
        self.faults: list[Any] = []
        self.rounds: Counter[str] = Counter()
        self._over = threading.Event()

    def run(self, workers: list[Callable[[], Any]], beside: dict[str, Callable[[], Any]]) -> None:
        until = [self._thread(partial(self._again, *each)) for each in beside.items()]
        busy = [self._thread(each) for each in workers]
        for thread in busy:
            thread.join()
        self._over.set()
        for thread in until:
            thread.join()

    def _again(self, name: str, act: Callable[[], Any]) -> None:
        while not self._over.is_set() or not self.rounds[name]:
            act()
            self.rounds[name] += 1
            self._over.wait(0.01)

    def _thread(self, act: Callable[[], Any]) -> threading.Thread:
        def guarded() -> None:
            try:
                act()
            except Exception as error:  # noqa: BLE001 - told by the test, whatever it is
                self.faults.append(error)
            finally:
                connections.close_all()

        thread = threading.Thread(target=guarded)
        thread.start()
        return thread


def carry(seed: int, officers: tuple[int, int], town: Any) -> None:
    """Forty matters, each some way, as one person's requests would."""
    chance = Random(seed)
    both = list(User.objects.filter(pk__in=officers))
    for number in range(40):
        acting = Acting(both[0], officers=both, at=nine(f"0{chance.randrange(1, 6)}-07"))
        matter = open_matter(CASE.code, acting, title=f"{seed} {number}", town=town)
        for step in ("file", "appraise", "appraised", "submit")[: chance.randrange(5)]:
            take(matter, step, acting, version=matter.version)


@pytest.mark.django_db(transaction=True)
def test_at_every_moment_the_sums_are_what_a_count_gives(no_effects, case, cast):
    """Two open and carry matters, one puts sums together, one makes them anew; a fifth compares all the while."""
    summed, bustle = sums_of(case.code), Bustle()
    make(summed)
    officers = (cast.officer.pk, cast.second.pk)
    bustle.run(
        [partial(carry, seed, officers, cast.town) for seed in range(2)],
        {
            "fold": partial(fold, MatterSum, worth=1),
            "make": partial(make, summed),
            "compare": lambda: bustle.faults.extend(differences(summed)),
        },
    )
    assert bustle.faults == []
    if connection.vendor == "postgresql":  # SQLite lets one write at a time
        assert min(bustle.rounds.values()) > 5
    assert differing() == []
    assert sum(kept().values()) == Matter.objects.count() == 80
