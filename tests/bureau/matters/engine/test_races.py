"""Two who act at once, with real threads and connections of their own: one is through, the other is told."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, connections
from trial_walk import nine

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.clocks import reckoned
from zhihuan.bureau.matters.engine.loading import load_year
from zhihuan.bureau.matters.engine.refusals import AlreadyOpenedError, StepRefusedError
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.matters.engine.verifying import newest_matter, verify_matters
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock
from zhihuan.bureau.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6
NOTICE = "date,status\n2027-02-05,放假\n2027-02-08,放假\n2027-02-09,放假\n"


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of it at once, a thread each; what each gave or was refused with."""
    answers: list[Any] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def run(place: int) -> None:
        try:
            ready.wait()
            answers[place] = acts[place]()
        except (StepRefusedError, DatabaseError) as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def kinds(answers: Sequence[Any]) -> Counter[str]:
    return Counter(type(answer).__name__ for answer in answers)


def sound() -> None:
    """No gap, nothing double, every chain whole, every event in the trail."""
    assert list(verify_matters(1, newest_matter())) == []
    acts = AuditEntry.objects.filter(subject__startswith="matter:")
    assert acts.count() == MatterEvent.objects.count()


def step(walk: Any, code: str, by: Any, **said: Any) -> Callable[[], Any]:
    """A step as one request takes it: everything read anew, but the version seen before."""
    pk, version = walk.matter.pk, walk.matter.version

    def act() -> Any:
        user = User.objects.get(pk=by.pk)
        matter = Matter.objects.get(pk=pk)
        return take(matter, code, Acting(user, at=nine("03-05")), Said(said), version=version)

    return act


def test_of_many_on_one_step_one_is_through_and_the_others_are_told(filed):
    answers = together([step(filed, "submit", filed.cast.officer)] * AT_ONCE)
    assert kinds(answers) == {"MatterEvent": 1, "MatterMovedError": AT_ONCE - 1}
    assert Matter.objects.get().version == MatterEvent.objects.count() == 3
    sound()


def test_of_different_steps_at_once_one_comes_to_pass(filed):
    cast = filed.cast
    acts = [
        step(filed, "submit", cast.officer),
        step(filed, "drop", cast.head),
        step(filed, "appraise", cast.second),
        step(filed, "extend", cast.head, why="案情复杂"),
    ]
    assert kinds(together(acts)) == {"MatterEvent": 1, "MatterMovedError": 3}
    sound()


def test_a_sheet_sent_many_times_at_once_opens_one_matter(case, cast):
    sheet = uuid.uuid4()

    def act() -> Any:
        fields = {"title": "x", "town": cast.town, "submission": sheet}
        return open_matter(case.code, Acting(User.objects.get(pk=cast.officer.pk)), **fields)

    answers = together([act] * AT_ONCE)
    opened = Matter.objects.get()
    assert kinds(answers) == {"Matter": 1, "AlreadyOpenedError": AT_ONCE - 1}
    told = {each.matter for each in answers if isinstance(each, AlreadyOpenedError)}
    assert told == {opened}
    sound()


def test_a_crowd_on_few_matters_leaves_every_chain_whole(case, cast):
    both = [cast.officer, cast.second]
    matters = [
        open_matter(case.code, Acting(cast.officer, at=nine("03-02")), title="x", town=cast.town)
        for _ in range(3)
    ]
    for matter in matters:
        take(matter, "file", Acting(cast.officer, "", both, nine("03-02")), version=1)

    def worker(seed: int) -> Callable[[], Counter[str]]:
        chance = Random(seed)

        def act() -> Counter[str]:
            done: Counter[str] = Counter()
            user = User.objects.get(pk=cast.head.pk)
            for _ in range(12):
                matter = Matter.objects.get(pk=chance.choice(matters).pk)
                code = {"investigating": "submit", "reviewing": "back"}[matter.state]
                try:
                    acting = Acting(user, at=nine("03-05"))
                    take(matter, code, acting, Said({"why": "x"}), version=matter.version)
                    done["through"] += 1
                except StepRefusedError:
                    done["told"] += 1
            return done

        return act

    answers = sum(together([worker(seed) for seed in range(AT_ONCE)]), Counter())
    assert answers.total() == 12 * AT_ONCE
    assert MatterEvent.objects.count() == 2 * len(matters) + answers["through"]
    sound()


def test_no_clock_slips_past_a_year_that_is_loaded_meanwhile(case, cast):
    """Whichever comes first: what a step reckons, the load or the new calendar has seen."""
    matters = [
        open_matter(case.code, Acting(cast.officer, at=nine("11-10")), title="x", town=cast.town)
        for _ in range(AT_ONCE)
    ]

    def file(matter: Any) -> Callable[[], Any]:
        def act() -> Any:
            users = list(User.objects.filter(pk__in=[cast.officer.pk, cast.second.pk]))
            acting = Acting(users[0], "", users, nine("11-10"))
            return take(Matter.objects.get(pk=matter.pk), "file", acting, version=1)

        return act

    acts = [file(matter) for matter in matters]
    acts.insert(AT_ONCE // 2, lambda: load_year(NOTICE, None))
    assert kinds(together(acts)) == {"MatterEvent": AT_ONCE, "list": 1}
    for clock in RunningClock.objects.all():
        kept = clock.last_day, clock.due_at, clock.provisional
        again = reckoned(clock, the_calendar())
        assert (again.last_day, again.due_at, again.provisional) == kept
    sound()
