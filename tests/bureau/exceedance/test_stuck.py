"""One that no line can take holds up nobody: it waits with its reason, and goes up once it can."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from stack_cases import SO2, at, course

from zhihuan.bureau.exceedance.acting import explain, verify
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.exceedance.refusals import RefusedError
from zhihuan.bureau.exceedance.retrying import retry
from zhihuan.bureau.exceedance.rising import Raised, became, on_raised, withdraw
from zhihuan.bureau.exceedance.rounds import judge_arrivals
from zhihuan.bureau.inbox.models import Message, Receipt
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.registry.models import PointFactor

pytestmark = pytest.mark.django_db
Stage = Episode.Stage
NOX = "a21002"
EVE, LATER = at("09-30 20:00"), at("10-01 01:00")


class Line:
    """Opens a matter for each, and has no room for those whose factor is in ``broken``."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self.taken: list[Raised] = []

    def take(self, raised: Raised) -> None:
        matter = Matter.objects.create(
            procedure="clue", edition="x", title="线索", state="pooled", opened_at=EVE
        )
        became(raised.episode, matter)
        if raised.episode.factor in self.broken:
            raise RuntimeError("the disk is full")
        self.taken.append(raised)


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    on_raised(made.take)
    yield made
    withdraw(made.take)


@pytest.fixture
def two(stack: Any, line: Line, caplog: pytest.LogCaptureFixture) -> Any:
    """Two large episodes in one round; no line can take the one of sulphur dioxide."""
    PointFactor.objects.create(point=stack.point, factor=NOX)
    stack.limit(100.0, factor=NOX)
    line.broken.add(SO2)
    stack.sends(EVE, [500, 500])
    stack.sends(EVE, [900, 900], factor=NOX, value=900)
    with caplog.at_level(logging.ERROR):
        stack.kept = stack.judged(EVE, at("09-30 22:00"), at("09-30 23:00"))
    stack.kept_at = timezone.now()
    return stack


def of(factor: str) -> Episode:
    return Episode.objects.get(factor=factor)


def test_the_others_of_the_round_go_up(two: Any, line: Line) -> None:
    assert two.kept.raised == 1
    assert [each.episode.factor for each in line.taken] == [NOX]
    assert (of(NOX).stage, of(NOX).stuck) == (Stage.RAISED, "")
    assert of(NOX).clue is not None


def test_it_says_why_and_nothing_of_it_is_half_done(
    two: Any, caplog: pytest.LogCaptureFixture
) -> None:
    held = of(SO2)
    assert (held.stage, held.stuck, held.clue) == (
        Stage.RAISED, "RuntimeError: the disk is full", None,
    )  # fmt: skip
    assert Matter.objects.count() == 1  # what the line had begun for it was undone
    assert course(held).count("stuck") == 1
    assert "raised" not in course(held)
    logged = [each.getMessage() for each in caplog.get_records("setup")]
    assert f"episode {held.pk} could not be raised" in logged


def test_those_who_answer_for_it_are_told(two: Any) -> None:
    told = [each.words % each.facts for each in Message.objects.order_by("pk")]
    words = "有 1 个超标过程应转线索而未能转出，平台将自动重试，原因见告警页面。"
    assert told.count(words) == 1
    readers = Receipt.objects.filter(message__words__contains="未能转出")
    assert {each.user for each in readers} == {two.duty, two.head}


def test_the_next_round_tries_again_and_it_goes_up_once_it_can(two: Any, line: Line) -> None:
    judge_arrivals(LATER)
    assert of(SO2).stuck
    assert course(of(SO2)).count("stuck") == 1  # the same reason is not said twice
    line.broken.clear()
    assert judge_arrivals(LATER + dt.timedelta(minutes=10)).raised == 1
    held = of(SO2)
    assert (held.stuck, held.clue is not None) == ("", True)
    assert course(held)[-1] == "raised"
    assert line.taken[-1].why == "超标倍数 13.29"
    assert retry() == 0


def test_more_than_a_portion_that_never_can_starve_no_other(
    two: Any, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    held = of(SO2)
    for number in range(1, 221):
        day = dt.timedelta(days=number)
        held.pk, held.first_at, held.end_at = None, held.first_at - day, held.end_at - day
        held.save(force_insert=True)
    last = Episode.objects.filter(factor=SO2).latest("pk")
    last.factor = NOX  # the one that can
    last.save()
    with caplog.at_level(logging.CRITICAL):
        assert [retry(), retry(), retry()] == [0, 1, 0]
    last.refresh_from_db()
    assert (last.stuck, last.clue is not None) == ("", True)
    tried = [each.tried_at for each in Episode.objects.exclude(stuck="")]
    assert len(tried) == 220
    assert min(tried) > two.kept_at, "each had its turn"


def test_what_is_no_exceedance_any_more_is_closed_and_not_tried_again(two: Any, line: Line) -> None:
    two.sends(EVE, [1, 1], received=1000 * (int(EVE.timestamp()) + 9000))
    two.judged(EVE, at("09-30 22:00"), LATER)
    assert (of(SO2).stage, of(SO2).stuck) == (Stage.CLOSED, "")
    line.broken.clear()
    assert retry() == 0


def test_somebody_who_verifies_is_told_and_nothing_changes(stack: Any) -> None:
    def refuse(_raised: Raised) -> None:
        raise StepRefusedError("没有办理该事项的权限")

    stack.sends(EVE, [40, 40])
    stack.judged(EVE, at("09-30 22:00"), at("09-30 23:00"))
    explain(stack.episode.pk, stack.firm, "检修")
    on_raised(refuse)
    try:
        with pytest.raises(RefusedError, match="未能转为线索：没有办理该事项的权限"):
            verify(stack.episode.pk, stack.officer, Episode.Outcome.TRUE, "核实")
    finally:
        withdraw(refuse)
    assert (stack.episode.stage, stack.episode.outcome) == (Stage.VERIFYING, "")
