"""Every rung: told, explained or silent, verified or overdue, raised; with clocks across days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from stack_cases import at, course

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.exceedance.acting import dispatch, explain, note, tell_again, verify
from zhihuan.bureau.exceedance.climbing import climb
from zhihuan.bureau.exceedance.marking import Wanted, make_mark
from zhihuan.bureau.exceedance.models import Episode, EpisodeEvent
from zhihuan.bureau.exceedance.refusals import RefusedError
from zhihuan.bureau.exceedance.rising import Raised, became, on_raised, withdraw
from zhihuan.bureau.inbox.models import Receipt

pytestmark = pytest.mark.django_db
Stage, Outcome = Episode.Stage, Episode.Outcome
#: The eve of a holiday: 2026-10-01 begins seven days off, and the ladder's hours run through them.
EVE = at("09-30 20:00")
TOLD = at("09-30 23:00")


@pytest.fixture
def raised() -> Iterator[list[Raised]]:
    """What went up."""
    taken: list[Raised] = []
    on_raised(taken.append)
    yield taken
    withdraw(taken.append)


@pytest.fixture
def episode(stack: Any) -> Episode:
    """A small one, found and told at TOLD."""
    stack.sends(EVE, [40, 40])
    stack.judged(EVE, at("09-30 22:00"), TOLD)
    found: Episode = stack.episode
    return found


def box(user: Any) -> list[str]:
    """What was said to somebody."""
    rows = Receipt.objects.filter(user=user).select_related("message").order_by("pk")
    return [each.message.words % each.message.facts for each in rows]


def test_the_enterprise_is_told_at_once_with_its_limit(stack: Any, episode: Episode) -> None:
    assert box(stack.firm) == [
        "本企业有 1 个超标过程，请在 2026-10-01 23:00 前逐个说明原因或标记数据，逾期由分局核实。"
    ]
    assert box(stack.officer) == []
    assert episode.due_at == at("10-01 23:00")


def test_an_enterprise_without_anybody_here_is_noted_as_not_reached(stack: Any) -> None:
    stack.firm.grants.all().delete()
    stack.sends(EVE, [40])
    stack.judged(EVE, at("09-30 21:00"), TOLD)
    assert EpisodeEvent.objects.get(kind="told").facts == {"reached": False}


def test_an_explanation_takes_it_to_the_branch_of_the_town(stack: Any, episode: Episode) -> None:
    explain(episode.pk, stack.firm, "脱硫泵检修", now=at("10-01 09:00"))
    episode.refresh_from_db()
    assert (episode.stage, episode.due_at) == (Stage.VERIFYING, at("10-04 09:00"))
    assert episode.answered_at == at("10-01 09:00")
    assert box(stack.officer) == ["辖区有 1 个超标过程待核实，请在 2026-10-04 09:00 前核实。"]
    assert box(stack.elsewhere) == []
    assert AuditEntry.objects.filter(action="exceedance.explain").exists()


def test_silence_takes_it_to_the_branch_when_the_limit_has_passed(
    stack: Any, episode: Episode
) -> None:
    assert climb(at("10-01 22:59")) == {"silent": 0, "overdue": 0}
    assert climb(at("10-01 23:00")) == {"silent": 1, "overdue": 0}
    assert climb(at("10-01 23:00")) == {"silent": 0, "overdue": 0}
    episode.refresh_from_db()
    assert (episode.stage, episode.due_at) == (Stage.VERIFYING, at("10-04 23:00"))
    assert course(episode)[-1] == "silent"
    assert len(box(stack.officer)) == 1


def test_who_marked_some_of_it_is_not_called_silent(stack: Any, episode: Episode) -> None:
    wanted = Wanted(stack.point, "fault", EVE, at("09-30 21:00"), "采样泵故障")
    make_mark(wanted, stack.firm, now=at("10-01 08:00"))
    assert climb(at("10-01 23:00"))["silent"] == 1
    episode.refresh_from_db()
    assert (episode.stage, episode.standing) == (Stage.VERIFYING, 1)
    assert "silent" not in course(episode)
    assert "企业已答复" in EpisodeEvent.objects.get(kind="dispatched").words


def test_who_was_never_told_is_not_called_silent(stack: Any) -> None:
    stack.firm.grants.all().delete()
    stack.sends(EVE, [40])
    stack.judged(EVE, at("09-30 21:00"), TOLD)
    climb(at("10-01 23:00"))
    assert course(stack.episode)[-1] == "dispatched"
    assert "尚未被告知" in EpisodeEvent.objects.get(kind="dispatched").words


def test_who_was_told_by_telephone_and_did_not_answer_is_silent(stack: Any) -> None:
    stack.firm.grants.all().delete()
    stack.sends(EVE, [40])
    stack.judged(EVE, at("09-30 21:00"), TOLD)
    tell_again(stack.episode.pk, stack.officer, "电话告知环保主管")
    climb(at("10-01 23:00"))
    assert course(stack.episode)[-1] == "silent"


def test_what_the_branch_lets_pass_is_told_to_its_head_once(stack: Any, episode: Episode) -> None:
    climb(at("10-01 23:00"))
    assert climb(at("10-04 22:59"))["overdue"] == 0
    assert climb(at("10-05 08:00"))["overdue"] == 1
    assert climb(at("10-06 08:00"))["overdue"] == 0
    assert box(stack.head) == ["辖区有 1 个超标过程逾期未核实，请督办。"]
    episode.refresh_from_db()
    assert episode.stage == Stage.VERIFYING
    verify(episode.pk, stack.officer, Outcome.INNOCENT, "确为检修")  # late, and still possible


def test_what_is_true_is_raised_with_who_and_why(
    stack: Any, episode: Episode, raised: list[Raised]
) -> None:
    explain(episode.pk, stack.firm, "不清楚")
    verify(episode.pk, stack.officer, Outcome.TRUE, "现场核实，治理设施停运")
    episode.refresh_from_db()
    assert (episode.stage, episode.outcome, episode.due_at) == (Stage.RAISED, Outcome.TRUE, None)
    assert [(each.episode.pk, each.by, each.why) for each in raised] == [
        (episode.pk, stack.officer, "现场核实，治理设施停运")
    ]
    assert box(stack.duty) == ["有 1 个超标过程转为线索，请查看。"]


@pytest.mark.parametrize("outcome", [Outcome.INNOCENT, Outcome.FALSE_ALARM])
def test_what_is_not_true_is_closed_and_nothing_goes_up(
    stack: Any, episode: Episode, raised: list[Raised], outcome: str
) -> None:
    verify(episode.pk, stack.officer, outcome, "仪表进水")
    episode.refresh_from_db()
    assert (episode.stage, episode.outcome) == (Stage.CLOSED, outcome)
    assert raised == []


def test_a_closed_stretch_stays_closed_and_what_goes_on_after_it_is_new(
    stack: Any, episode: Episode
) -> None:
    verify(episode.pk, stack.officer, Outcome.FALSE_ALARM, "仪表进水")
    stack.sends(at("09-30 22:00"), [42, 10])
    stack.judged(EVE, at("10-01 00:00"))
    closed, new = Episode.objects.order_by("first_at")
    assert (closed.periods, closed.stage) == (2, Stage.CLOSED)
    assert (new.first_at, new.periods, new.stage) == (at("09-30 22:00"), 1, Stage.EXPLAINING)


def test_a_large_one_goes_up_at_once_and_the_enterprise_is_told(
    stack: Any, raised: list[Raised]
) -> None:
    stack.sends(EVE, [70])
    stack.judged(EVE, at("09-30 21:00"), TOLD)
    assert (stack.episode.stage, stack.episode.large) == (Stage.RAISED, True)
    assert [(each.by, each.why) for each in raised] == [(None, "超标倍数 1")]
    assert "直接上报" in box(stack.firm)[0]
    explain(stack.episode.pk, stack.firm, "爆管")  # heard even then
    assert stack.episode.stage == Stage.RAISED


def test_a_small_one_that_becomes_long_goes_up_when_it_does(
    stack: Any, episode: Episode, raised: list[Raised]
) -> None:
    stack.sends(at("09-30 22:00"), [40] * 9)
    stack.judged(EVE, at("10-01 07:00"))
    assert raised == []
    stack.sends(at("10-01 07:00"), [40])
    stack.judged(EVE, at("10-01 08:00"))
    assert [each.why for each in raised] == ["超标 12 个小时"]
    stack.judged(EVE, at("10-01 08:00"))
    assert len(raised) == 1


def test_the_third_within_thirty_days_goes_up_and_explained_ones_do_not_count(
    stack: Any, raised: list[Raised]
) -> None:
    for day in ("03-01", "03-05", "03-09"):
        stack.sends(at(f"{day} 00:00"), [40])
        stack.judged(at(f"{day} 00:00"), at(f"{day} 02:00"))
        if day == "03-01":
            verify(stack.episode.pk, stack.officer, Outcome.INNOCENT, "检修")
    assert raised == []
    stack.sends(at("03-20 00:00"), [40])
    stack.judged(at("03-20 00:00"), at("03-20 02:00"))
    assert [each.why for each in raised] == ["30 日内第 3 次"]


def test_earlier_than_thirty_days_does_not_count(stack: Any, raised: list[Raised]) -> None:
    for day in ("03-01", "03-05", "04-05"):
        stack.sends(at(f"{day} 00:00"), [40])
        stack.judged(at(f"{day} 00:00"), at(f"{day} 02:00"))
    assert raised == []


def test_a_line_that_fails_undoes_the_raising(stack: Any, episode: Episode) -> None:
    def fails(_raised: Raised) -> None:
        raise RuntimeError("no clue today")

    on_raised(fails)
    try:
        with pytest.raises(RuntimeError):
            verify(episode.pk, stack.officer, Outcome.TRUE, "属实")
    finally:
        withdraw(fails)
    episode.refresh_from_db()
    assert episode.stage == Stage.EXPLAINING
    assert course(episode) == ["found", "told"]


def test_a_clue_is_written_beside_its_episode(stack: Any, episode: Episode) -> None:
    from zhihuan.bureau.matters.models import Matter

    matter = Matter.objects.create(procedure="clue", edition="1", state="new", title="线索")
    became(episode, matter)
    episode.refresh_from_db()
    assert episode.clue == matter


def test_the_desk_sends_it_to_the_branch_without_waiting(stack: Any, episode: Episode) -> None:
    dispatch(episode.pk, stack.duty, "群众同时投诉", now=at("10-01 00:00"))
    episode.refresh_from_db()
    assert (episode.stage, episode.due_at) == (Stage.VERIFYING, at("10-04 00:00"))
    with pytest.raises(RefusedError, match="派单"):
        dispatch(episode.pk, stack.duty, "again")


def test_notes_and_telling_again_move_nothing(stack: Any, episode: Episode) -> None:
    note(episode.pk, stack.duty, "企业值班电话无人接听")
    tell_again(episode.pk, stack.duty, "电话告知厂长")
    episode.refresh_from_db()
    assert episode.stage == Stage.EXPLAINING
    assert course(episode)[-2:] == ["noted", "told"]
    assert len(box(stack.firm)) == 2


def test_what_is_over_takes_no_further_act(stack: Any, episode: Episode) -> None:
    verify(episode.pk, stack.officer, Outcome.INNOCENT, "检修")
    with pytest.raises(RefusedError):
        verify(episode.pk, stack.officer, Outcome.TRUE, "再想想")
    with pytest.raises(RefusedError):
        explain(episode.pk, stack.firm, "迟了")


def test_a_verification_needs_an_outcome_and_a_reason(stack: Any, episode: Episode) -> None:
    for outcome, words in ((Outcome.TRUE, " "), (Outcome.WITHDRAWN, "数据变了"), ("", "x")):
        with pytest.raises(RefusedError):
            verify(episode.pk, stack.officer, outcome, words)


def test_the_course_is_appended_only(stack: Any, episode: Episode) -> None:
    from django.core.exceptions import PermissionDenied

    event = episode.events.first()
    assert event is not None
    event.words = "nothing happened"
    for change in (
        event.save,
        event.delete,
        EpisodeEvent.objects.all().delete,
        lambda: EpisodeEvent.objects.update(words=""),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_two_rounds_at_once_tell_once(stack: Any, episode: Episode) -> None:
    stack.judged(EVE, at("09-30 22:00"), TOLD + dt.timedelta(minutes=10))
    assert len(box(stack.firm)) == 1
