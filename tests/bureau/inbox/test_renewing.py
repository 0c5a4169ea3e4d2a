"""To-dos of a declaration that changed are made anew beside the pages: written down first, then portion by portion,
by as many processes as there are, and on from where it was left whoever was killed."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, connections
from procedures import CASE

from zhihuan.bureau.inbox import renewing
from zhihuan.bureau.inbox.models import ClockWatch, KnownShape, Renewal, ToDo
from zhihuan.bureau.inbox.renewing import (
    left_to_renew,
    note_changed,
    renew_all,
    renew_changed,
    renew_noted,
    shape_of,
)
from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.matters.models import Matter

MANY = 7


@pytest.fixture
def many(db: None, case: Any, cast: Any) -> list[int]:
    """Matters whose to-dos were lost, and a portion that holds three of them."""
    for number in range(MANY):
        acting = Acting(cast.officer)
        open_matter(case.code, acting, title=f"案件{number}", party=cast.firm, town=cast.town)
    ToDo.objects.all().delete()
    return sorted(Matter.objects.values_list("pk", flat=True))


@pytest.fixture
def threes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewing, "_PORTION", 3)


def with_to_dos() -> set[int]:
    return set(ToDo.objects.values_list("matter_id", flat=True))


def portion() -> int | None:
    return renewing._renew_portion(CASE, shape_of(CASE))


def the_renewal() -> Renewal:
    return Renewal.objects.get(procedure=CASE.code)


def is_kept() -> bool:
    return KnownShape.objects.filter(procedure=CASE.code, shape=shape_of(CASE)).exists()


def test_writing_it_down_makes_nothing_and_asks_the_same_of_any_number(
    many: list[int], django_assert_max_num_queries: Any
) -> None:
    renew_changed()
    KnownShape.objects.filter(procedure=CASE.code).delete()
    ToDo.objects.all().delete()
    with django_assert_max_num_queries(10):
        note_changed()
    assert with_to_dos() == set()
    assert (the_renewal().done, the_renewal().total) == (0, MANY)
    assert left_to_renew() == (MANY, MANY)
    assert not is_kept()


def test_portion_by_portion_it_comes_to_its_end(many: list[int], threes: None) -> None:
    note_changed()
    assert portion() == 3
    assert with_to_dos() == set(many[:3])
    assert left_to_renew() == (MANY - 3, MANY)
    assert [portion(), portion(), portion()] == [3, 1, None]
    assert with_to_dos() == set(many)
    assert is_kept()
    assert not Renewal.objects.exists()
    assert renew_changed() == 0


def test_it_goes_on_where_it_was_left(many: list[int], threes: None) -> None:
    note_changed()
    portion()
    ToDo.objects.all().delete()  # what is done is not looked at again
    note_changed()
    assert renew_noted() == MANY - 3
    assert with_to_dos() == set(many[3:])


def test_a_portion_that_fails_leaves_it_as_it_was(
    many: list[int], threes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_changed()
    portion()
    before = (the_renewal().reached, with_to_dos())

    def breaks(_matters: Any) -> None:
        ToDo.objects.all().delete()
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(renewing, "renew", breaks)
        with pytest.raises(RuntimeError):
            renew_noted()
    assert (the_renewal().reached, with_to_dos()) == before
    renew_noted()
    assert with_to_dos() == set(many)


def test_time_runs_out_between_portions(
    many: list[int], threes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_changed()
    now = iter(range(100))
    monkeypatch.setattr("zhihuan.bureau.inbox.renewing.time.monotonic", lambda: next(now))
    assert renew_noted(seconds=2) == 3
    assert with_to_dos() == set(many[:3])


def test_a_process_of_another_version_leaves_it_alone(many: list[int]) -> None:
    note_changed()
    Renewal.objects.filter(procedure=CASE.code).update(shape="of the next version")
    assert renew_noted() == 0
    assert portion() is None
    assert with_to_dos() == set()


def test_who_starts_again_with_the_former_version_undoes_what_was_begun(
    many: list[int], threes: None
) -> None:
    renew_changed()
    assert is_kept()
    Renewal.objects.create(
        procedure=CASE.code, edition=CASE.edition, shape="of the next version", reached=many[4],
        done=5, total=MANY, moved_at=Matter.objects.first().opened_at,
    )  # fmt: skip
    ToDo.objects.filter(matter__in=many[:5]).delete()
    note_changed()
    assert (the_renewal().shape, the_renewal().reached) == (shape_of(CASE), 0)
    assert renew_noted() == MANY
    assert with_to_dos() == set(many)


def test_what_is_kept_of_ended_matters_goes(many: list[int], threes: None) -> None:
    renew_changed()
    ended = Matter.objects.filter(pk__in=[many[1], many[-1]])
    ended.update(ended_at=Matter.objects.first().opened_at)
    assert renew_all() == MANY - 2
    assert with_to_dos() == set(many) - {many[1], many[-1]}
    assert not ClockWatch.objects.filter(matter__in=ended).exists()


def test_an_edition_without_matters_is_done_with_at_once(db: None, case: Any) -> None:
    note_changed()
    assert is_kept()
    assert left_to_renew() == (0, 0)


def test_a_declaration_that_changes_again_begins_anew(
    many: list[int], threes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_changed()
    portion()
    changed = replace(CASE, clocks=CASE.clocks[:1])
    monkeypatch.setattr(renewing, "procedures", lambda: [changed])
    note_changed()
    assert (the_renewal().reached, the_renewal().done) == (0, 0)
    assert the_renewal().shape == shape_of(changed)


@pytest.mark.django_db(transaction=True)
def test_two_processes_share_it_and_no_matter_is_done_twice(
    many: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewing, "_PORTION", 1)
    done: list[int] = []
    made = renewing.renew

    def noted(matters: Any) -> None:
        made(matters)
        done.extend(each.pk for each in matters)

    monkeypatch.setattr(renewing, "renew", noted)
    ready, counts = threading.Barrier(3), []

    def process() -> None:
        try:
            ready.wait()
            note_changed()
            counts.append(renew_noted())
        finally:
            connections.close_all()

    connection.close()
    threads = [threading.Thread(target=process) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert with_to_dos() == set(many)
    assert set(done) == set(many)
    assert is_kept()
    assert not Renewal.objects.exists()
    twice = [pk for pk, times in Counter(done).items() if times > 1]
    # who writes it down after another began makes some anew; never more than once for each of them
    assert len(done) <= 3 * MANY
    assert len(counts) == 3, twice
