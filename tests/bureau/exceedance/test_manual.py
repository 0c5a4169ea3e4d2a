"""Manual monitoring and verification: nothing asked where nothing is known, followed or departed from with a reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from manual_cases import known, report, tells
from stack_cases import at

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.exceedance.acting import verify
from zhihuan.bureau.exceedance.manual import samples
from zhihuan.bureau.exceedance.manual.beside import beside
from zhihuan.bureau.exceedance.manual.carrying import carried_of
from zhihuan.bureau.exceedance.manual.considering import Answer, Considered
from zhihuan.bureau.exceedance.manual.entering import enter_result, take_result_back
from zhihuan.bureau.exceedance.manual.known import known_of, results_of
from zhihuan.bureau.exceedance.manual.words import sentence_of
from zhihuan.bureau.exceedance.models import Episode, EpisodeEvent, ManualResult
from zhihuan.bureau.exceedance.refusals import RefusedError

pytestmark = pytest.mark.django_db
Outcome = Episode.Outcome
FOLLOWED = Considered(Answer.FOLLOWED)


@pytest.fixture(autouse=True)
def _own_vault_and_no_line(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.ZHIHUAN_HOME = tmp_path
    monkeypatch.setattr(samples, "_finders", [])


@pytest.fixture
def episode(stack: Any) -> Episode:
    """40 mg/m³ against 35 from 01:00 to 03:00 of 1 March."""
    stack.sends(at("03-01 00:00"), [10, 40, 40, 10])
    stack.judged(at("03-01 00:00"), at("03-01 04:00"))
    found: Episode = stack.episode
    return found


def entered(stack: Any, episode: Episode, value: float = 20.0, **fields: Any) -> ManualResult:
    return enter_result(episode, report(value, **fields), stack.officer)


def verified() -> dict[str, Any]:
    return dict(EpisodeEvent.objects.get(kind="verified").facts["manual"])


def test_where_nothing_is_known_nothing_more_is_asked(stack: Any, episode: Episode) -> None:
    verify(episode.pk, stack.officer, Outcome.TRUE, "现场核实")
    assert verified() == {"answer": "none", "why": "", "words": [], "results": [], "pending": []}
    assert AuditEntry.objects.get(action="exceedance.verify").detail["manual_data"] == "none"


def test_an_entered_result_must_be_followed_or_departed_from(stack: Any, episode: Episode) -> None:
    entered(stack, episode)
    with pytest.raises(RefusedError, match=r"该时段有手工监测.*20 mg/m³（ZS-2026-001）"):
        verify(episode.pk, stack.officer, Outcome.FALSE_ALARM, "仪表进水")
    with pytest.raises(RefusedError, match="写明理由"):
        verify(
            episode.pk, stack.officer, Outcome.TRUE, "属实", manual=Considered(Answer.DEPARTED, " ")
        )
    episode.refresh_from_db()
    assert episode.stage == Episode.Stage.EXPLAINING
    departed = Considered(Answer.DEPARTED, "采样孔位置不符合规范")
    verify(episode.pk, stack.officer, Outcome.TRUE, "属实", manual=departed)
    told = verified()
    assert (told["answer"], told["why"]) == ("departed", "采样孔位置不符合规范")


def test_within_the_limit_against_automatic_above_says_which_prevails_and_why(
    stack: Any, episode: Episode
) -> None:
    row = entered(stack, episode)
    [held] = beside(episode, [row]).held
    assert sentence_of(held) == (
        "2026-03-01 01:10—01:40 手工监测 20 mg/m³，未超过限值；同一时段自动监测 40 mg/m³，超过限值："
        "两者不一致，手工监测符合法定标准和方法，以手工监测数据为准"
        "（《生态环境行政处罚办法》（生态环境部令第30号）第三十条，2023-07-01 起施行，条文用语待核）。"
    )


def test_one_hour_cleared_leaves_the_other_and_it_may_still_be_true(
    stack: Any, episode: Episode
) -> None:
    entered(stack, episode)
    verify(episode.pk, stack.officer, Outcome.TRUE, "第二小时属实", manual=FOLLOWED)
    assert verified()["answer"] == "followed"


def test_every_hour_cleared_is_not_true_for_whoever_follows(stack: Any, episode: Episode) -> None:
    entered(stack, episode, sampled_from=at("03-01 01:30"), sampled_until=at("03-01 02:30"))
    with pytest.raises(RefusedError, match="不能核实为属实"):
        verify(episode.pk, stack.officer, Outcome.TRUE, "属实", manual=FOLLOWED)
    verify(episode.pk, stack.officer, Outcome.FALSE_ALARM, "比对不合格", manual=FOLLOWED)
    episode.refresh_from_db()
    assert episode.outcome == Outcome.FALSE_ALARM


def test_manual_above_as_well_is_no_false_alarm(stack: Any, episode: Episode) -> None:
    entered(stack, episode, 60.0)
    with pytest.raises(RefusedError, match="不能核实为误报"):
        verify(episode.pk, stack.officer, Outcome.FALSE_ALARM, "误报", manual=FOLLOWED)
    verify(episode.pk, stack.officer, Outcome.TRUE, "属实", manual=FOLLOWED)


def test_above_where_automatic_is_within_prevails_too(stack: Any) -> None:
    stack.sends(at("03-01 00:00"), [40, 30, 40, 10])
    stack.judged(at("03-01 00:00"), at("03-01 04:00"))
    row = entered(stack, stack.episode, 60.0)
    [held] = beside(stack.episode, [row]).held
    assert "超过限值；同一时段自动监测 30 mg/m³，未超过限值：两者不一致" in sentence_of(held)


def test_what_was_not_made_by_the_standards_leaves_the_automatic_data(
    stack: Any, episode: Episode
) -> None:
    entered(stack, episode, lawful=False, sampled_until=at("03-01 02:30"))
    verify(episode.pk, stack.officer, Outcome.TRUE, "属实", manual=FOLLOWED)
    assert "仍以自动监测数据认定" in verified()["words"][0]


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        ("03-01 01:00", None, True),  # the edge on which it begins
        ("03-01 00:59", None, False),
        ("03-01 02:59", None, True),
        ("03-01 03:00", None, False),  # the edge on which it ends
        ("03-01 00:00", "03-01 01:00", False),
        ("03-01 00:00", "03-01 01:01", True),
        ("03-01 03:00", "03-01 04:00", False),
    ],
)
def test_only_sampling_in_its_hours_is_of_the_same_time(
    stack: Any, episode: Episode, first: str, last: str | None, fits: bool
) -> None:
    told = report(sampled_from=at(first), sampled_until=at(last) if last else None)
    if fits:
        row = enter_result(episode, told, stack.officer)
        assert results_of(episode) == (row,)
        return
    with pytest.raises(RefusedError, match="不属同一时段"):
        enter_result(episode, told, stack.officer)
    assert not ManualResult.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"unit": "mg/L"}, "报告的单位是 mg/L，该因子以 mg/m³ 计"),
        ({"unit": "µg/m³"}, "平台不换算"),
        ({"value": float("nan")}, "监测值应为"),
        ({"value": -1.0}, "监测值应为"),
        ({"sampled_until": at("03-01 01:00")}, "不能早于开始"),
        ({"sampled_until": at("03-01 01:40") + dt.timedelta(days=900)}, "不能晚于现在"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    stack: Any, episode: Episode, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        enter_result(episode, report(**fields), stack.officer)


def test_the_unit_may_be_spelt_otherwise_and_is_kept_as_the_factor_s(
    stack: Any, episode: Episode
) -> None:
    assert entered(stack, episode, unit="mg/m3").unit == "mg/m³"


def test_a_result_is_appended_held_written_down_and_entered_once(
    stack: Any, episode: Episode
) -> None:
    row = entered(stack, episode)
    assert row.report.held
    assert AuditEntry.objects.get(action="exceedance.enter_manual").detail["value"] == 20.0
    with pytest.raises(PermissionDenied):
        row.save()
    with pytest.raises(RefusedError, match="已经录入"):
        entered(stack, episode, 21.0)


def test_what_was_taken_back_is_asked_for_no_more(stack: Any, episode: Episode) -> None:
    row = entered(stack, episode)
    with pytest.raises(RefusedError, match="理由"):
        take_result_back(row, stack.officer, " ")
    back = take_result_back(row, stack.officer, "抄错了数")
    assert results_of(episode) == ()
    for gone in (row, back):
        with pytest.raises(RefusedError, match="已撤回"):
            take_result_back(gone, stack.officer, "再撤")
    verify(episode.pk, stack.officer, Outcome.TRUE, "属实")
    entered_again = ManualResult.objects.filter(withdraws=False).count()
    assert entered_again == 1


def test_a_sample_of_a_visit_without_its_result_must_be_answered_for(
    stack: Any, episode: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "_finders", [tells(known())])
    assert [each.code for each in known_of(episode).pending] == ["S-1"]
    with pytest.raises(RefusedError, match="样品 S-1"):
        verify(episode.pk, stack.officer, Outcome.TRUE, "属实")
    with pytest.raises(RefusedError, match="还没有录入"):
        verify(episode.pk, stack.officer, Outcome.TRUE, "属实", manual=FOLLOWED)
    entered(stack, episode)
    with pytest.raises(RefusedError, match="样品 S-1 的结果没有录入"):
        verify(episode.pk, stack.officer, Outcome.TRUE, "属实", manual=FOLLOWED)
    verify(
        episode.pk, stack.officer, Outcome.TRUE, "属实",
        manual=Considered(Answer.FOLLOWED, "S-1 为另一班次的平行样，报告未出"),
    )  # fmt: skip
    assert verified()["pending"] == ["S-1"]


def test_a_sample_that_may_be_of_another_place_hinders_nobody(
    stack: Any, episode: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "_finders", [tells(known(is_certain=False))])
    assert known_of(episode).samples
    verify(episode.pk, stack.officer, Outcome.TRUE, "属实")
    assert verified()["answer"] == "none"


def test_a_sample_of_some_hours_does_not_stand_for_a_day_s_mean(stack: Any) -> None:
    stack.limit(30.0, kind="day")
    stack.sends(at("03-01 00:00"), [32] * 24)
    stack.judged(at("03-01 00:00"), at("03-02 00:00"))
    day = Episode.objects.get(span="day")
    row = entered(stack, day, 20.0)
    [held] = beside(day, [row]).held
    assert "不代表全日均值" in sentence_of(held)
    verify(day.pk, stack.officer, Outcome.TRUE, "属实", manual=FOLLOWED)


def test_it_goes_up_with_the_derivation(stack: Any, episode: Episode) -> None:
    assert carried_of(episode).into(episode.derivation) == episode.derivation
    entered(stack, episode)
    why = Considered(Answer.DEPARTED, "采样孔位置不符合规范")
    verify(episode.pk, stack.officer, Outcome.TRUE, "属实", manual=why)
    carried = carried_of(episode)
    told = carried.into(episode.derivation)
    assert any(each["clause"] == "第三十条" for each in told["basis"])
    assert [each["value"] for each in told["facts"] if each["name"] == "手工监测"] == ["20"]
    assert told["steps"][-1]["result"] == "没有采用"
    [row] = carried.rows()
    assert (row["automatic"], row["prevails"], row["limit"]) == ("40 mg/m³", "manual", "≤ 35 mg/m³")
    assert "核实未采用" in carried.short


def test_without_a_limit_any_more_nothing_is_decided(stack: Any, episode: Episode) -> None:
    row = entered(stack, episode)
    stack.point.limits.all().delete()
    [held] = beside(episode, [row]).held
    assert "没有适用的限值" in sentence_of(held)
