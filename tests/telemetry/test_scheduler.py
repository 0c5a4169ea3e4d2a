"""Periodic jobs: they run, they fail alone, they never pile up, they stop."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from prometheus_client import CollectorRegistry

from zhihuan.telemetry.scheduler import PeriodicJob, Scheduler


def runs_until(count: int) -> tuple[Callable[[], None], threading.Event]:
    """A job that says when it has run so many times."""
    reached, seen = threading.Event(), [0]

    def run() -> None:
        seen[0] += 1
        if seen[0] >= count:
            reached.set()

    return run, reached


def test_a_job_runs_again_and_again_until_stopped() -> None:
    run, reached = runs_until(3)
    scheduler = Scheduler([PeriodicJob("tick", 0.01, run)])
    scheduler.start()
    assert reached.wait(30)
    assert scheduler.stop(30) == []


def test_a_failing_job_is_tried_again_and_disturbs_no_other() -> None:
    registry = CollectorRegistry()
    tries, reached = runs_until(3)
    good, good_reached = runs_until(3)

    def bad() -> None:
        tries()
        raise RuntimeError("the disk is full")

    scheduler = Scheduler(
        [PeriodicJob("bad", 0.01, bad), PeriodicJob("good", 0.01, good)], registry=registry
    )
    scheduler.start()
    assert reached.wait(30)
    assert good_reached.wait(30)
    scheduler.stop(30)
    labels = {"job": "bad", "result": "failed"}
    assert (registry.get_sample_value("zhihuan_job_runs_total", labels) or 0) >= 3
    assert registry.get_sample_value("zhihuan_job_runs_total", {"job": "good", "result": "ok"})
    assert registry.get_sample_value("zhihuan_job_last_success_timestamp_seconds", {"job": "good"})


def test_a_slow_job_never_runs_beside_itself() -> None:
    beside, at_once, seen = threading.Event(), threading.Semaphore(1), threading.Event()
    pause = threading.Event()
    count = [0]

    def slow() -> None:
        if not at_once.acquire(blocking=False):
            beside.set()
        pause.wait(0.05)
        count[0] += 1
        at_once.release()
        if count[0] >= 4:
            seen.set()

    scheduler = Scheduler([PeriodicJob("slow", 0.001, slow)])
    scheduler.start()
    assert seen.wait(30)
    scheduler.stop(30)
    assert not beside.is_set()


def test_stopping_waits_for_the_work_under_way() -> None:
    started, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        may_end.wait(30)
        ended.set()

    scheduler = Scheduler([PeriodicJob("work", 0.01, work), PeriodicJob("idle", 600, dict)])
    scheduler.start()
    assert started.wait(30)
    stopper = threading.Thread(target=scheduler.stop, args=(30,))
    stopper.start()
    assert stopper.is_alive()
    may_end.set()
    stopper.join(30)
    assert not stopper.is_alive()
    assert ended.is_set()
    assert scheduler.stop(0) == []


def test_a_job_that_does_not_end_is_named() -> None:
    started, may_end = threading.Event(), threading.Event()

    def stuck() -> None:
        started.set()
        may_end.wait(30)

    scheduler = Scheduler([PeriodicJob("stuck", 0.01, stuck)])
    scheduler.start()
    assert started.wait(30)
    assert scheduler.stop(0.01) == ["stuck"]
    may_end.set()
    assert scheduler.stop(30) == []


def test_names_are_unique_and_one_job_can_be_run_by_name() -> None:
    with pytest.raises(ValueError, match="two jobs of one name"):
        Scheduler([PeriodicJob("a", 1, dict), PeriodicJob("a", 1, dict)])
    scheduler = Scheduler([PeriodicJob("count", 60, lambda: {"rows": 3})])
    assert scheduler.run_once("count") == {"rows": 3}
    with pytest.raises(KeyError):
        scheduler.run_once("nothing")
