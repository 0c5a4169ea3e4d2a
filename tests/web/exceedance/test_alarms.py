"""The alarm desk and the firm's own alarms: what each sees, may do, and is told when it cannot be done."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from stack_cases import at

from zhihuan.bureau.exceedance.acting import verify
from zhihuan.bureau.exceedance.models import DataMark, Episode, MarkReview

pytestmark = pytest.mark.django_db
Browse = Callable[[Any], Client]
Stage, Outcome = Episode.Stage, Episode.Outcome
MARK = {
    "kind": "fault", "start": "2026-03-01T01:00", "end": "2026-03-01T03:00", "reason": "采样泵故障",
}  # fmt: skip


def test_the_desk_lists_episodes_and_a_stranger_to_the_town_sees_none(
    stack: Any, browse: Browse
) -> None:
    told = browse(stack.duty).get("/alarms/").content.decode()
    assert "1号炉排口" in told
    assert "待企业说明" in told
    assert "中山某热电厂" in told
    span, worst = '<span class="whole">2026-03-01 01:00</span> 至 ', " mg/m³</span></td>"
    assert span in told, "no line ends inside a date"
    assert worst in told, "nor between a number and its unit"
    assert "1号炉排口" not in browse(stack.elsewhere).get("/alarms/").content.decode()


def test_a_page_shows_evidence_law_and_course(stack: Any, browse: Browse) -> None:
    told = browse(stack.duty).get(f"/alarms/{stack.episode.pk}/").content.decode()
    for words in (
        "GB 13223-2011",
        "与限值比较",
        "2026-03-01 01:00",
        "告知企业",
        "未经正式文本证实",
    ):
        assert words in told
    assert "到时限没有答复的，转分局核实" in told
    assert "交所在分局现场核实，重新计时。" in told
    assert 'data-island="chart"' in told
    assert 'data-from="2026-02-26T01:00:00+08:00" data-to="2026-03-02T03:00:00+08:00"' in told
    assert "style=" not in told


def test_its_heading_and_its_place_name_the_factor(stack: Any, browse: Browse) -> None:
    row, title = stack.episode, "1号炉排口：二氧化硫超标"
    told = browse(stack.firm).get(f"/alarms/{row.pk}/").content.decode()
    assert (
        f'<h1 class="page-head-title">{title} <small class="page-head-note">{row.pk}</small>'
        in told
    )
    assert f"<title>{title} · 超标告警" in told
    assert f'aria-current="page">{title}</li>' in told
    mark = browse(stack.firm).get(f"/alarms/{row.pk}/mark/").content.decode()
    assert f'<a href="/alarms/{row.pk}/">{title}</a>' in mark
    Episode.objects.update(warning=True)
    told = browse(stack.firm).get(f"/alarms/{row.pk}/").content.decode()
    assert "1号炉排口：二氧化硫预警" in told, "a warning is not said to exceed"


def test_an_episode_beyond_ones_reach_is_not_found(stack: Any, browse: Browse) -> None:
    for path in ("", "act/", "explain/", "mark/"):
        address = f"/alarms/{stack.episode.pk}/{path}"
        browser = browse(stack.elsewhere)
        answer = browser.get(address) if path == "" else browser.post(address)
        assert answer.status_code in (403, 404)


def test_pages_cost_few_queries_however_many_episodes(stack: Any, browse: Browse) -> None:
    browser = browse(stack.duty)
    browser.get("/alarms/")
    counted = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            browser.get("/alarms/")
        counted.append(len(queries))
        if not number:
            for day in range(2, 9):
                stack.sends(at(f"04-{day:02} 00:00"), [40])
                stack.judged(at(f"04-{day:02} 00:00"), at(f"04-{day:02} 02:00"))
    assert counted[0] == counted[1] <= 12
    with CaptureQueriesContext(connection) as queries:
        browser.get(f"/alarms/{Episode.objects.first().pk}/")  # type: ignore[union-attr]
    assert len(queries) <= 13


def test_the_firm_explains_and_the_branch_finds_it_true(stack: Any, browse: Browse) -> None:
    page = f"/alarms/{stack.episode.pk}/"
    firm = browse(stack.firm)
    assert "提交说明" in firm.get(page).content.decode()
    assert firm.post(f"{page}act/", {"act": "false_alarm", "words": "x"}).status_code == 403
    assert firm.post(f"{page}explain/", {"words": "脱硫泵检修"}).status_code == 302
    assert stack.episode.stage == Stage.VERIFYING
    officer = browse(stack.officer)
    assert "脱硫泵检修" in officer.get(page).content.decode()
    told = officer.post(f"{page}act/", {"act": "true", "words": "现场核实"})
    assert told.status_code == 302
    assert stack.episode.stage == Stage.RAISED


def test_the_desk_may_call_it_a_false_alarm_but_not_find_it_true(
    stack: Any, browse: Browse
) -> None:
    page, duty = f"/alarms/{stack.episode.pk}/act/", browse(stack.duty)
    assert duty.post(page, {"act": "true", "words": "属实"}).status_code == 422
    assert duty.post(page, {"act": "false_alarm", "words": "仪表进水"}).status_code == 302
    assert stack.episode.outcome == Outcome.FALSE_ALARM


def test_an_act_without_words_says_what_is_missing(stack: Any, browse: Browse) -> None:
    page = f"/alarms/{stack.episode.pk}/"
    for browser, path, sent in (
        (browse(stack.duty), "act/", {"act": "note"}),
        (browse(stack.firm), "explain/", {}),
    ):
        answer = browser.post(page + path, sent)
        assert answer.status_code == 422
        assert "请更正后重新提交" in answer.content.decode()
    assert stack.episode.stage == Stage.EXPLAINING


def test_explaining_what_was_closed_meanwhile_is_refused_in_words(
    stack: Any, browse: Browse
) -> None:
    verify(stack.episode.pk, stack.officer, Outcome.INNOCENT, "检修")
    answer = browse(stack.firm).post(f"/alarms/{stack.episode.pk}/explain/", {"words": "迟了"})
    assert answer.status_code in (200, 422)
    assert not stack.episode.events.filter(kind="explained").exists()


def test_a_late_mark_is_made_seen_and_accepted(stack: Any, browse: Browse) -> None:
    page = f"/alarms/{stack.episode.pk}/"
    firm = browse(stack.firm)
    assert "次日 12 时前" in firm.get(f"{page}mark/").content.decode()
    assert firm.post(f"{page}mark/", MARK).status_code == 302
    mark = DataMark.objects.get()
    assert (mark.late, mark.made_by, mark.factor) == (True, stack.firm, "a21026")
    told = browse(stack.officer).get(page).content.decode()
    assert "逾期标记，核定成立前不采用" in told
    review = {"accepted": "yes", "reason": "维修记录属实", "episode": stack.episode.pk}
    browse(stack.officer).post(f"/alarms/marks/{mark.pk}/review/", review)
    assert MarkReview.objects.get().accepted
    assert stack.episode.standing == 0


def test_a_mark_that_cannot_be_is_answered_with_the_remedy(stack: Any, browse: Browse) -> None:
    page = f"/alarms/{stack.episode.pk}/mark/"
    wrong = MARK | {"end": "2026-03-01T00:30"}
    answer = browse(stack.firm).post(page, wrong)
    assert answer.status_code == 422
    assert "标记时段的结束应晚于开始" in answer.content.decode()
    assert not DataMark.objects.exists()


def test_the_same_mark_again_supersedes_and_taking_back_leaves_none(
    stack: Any, browse: Browse
) -> None:
    page, firm = f"/alarms/{stack.episode.pk}/mark/", browse(stack.firm)
    firm.post(page, MARK)
    firm.post(page, MARK | {"end": "2026-03-01T02:00"})
    first, second = DataMark.objects.order_by("pk")
    assert second.supersedes == first
    back = {"episode": stack.episode.pk}
    assert firm.post(f"/alarms/marks/{second.pk}/take-back/", back).url.endswith(
        f"/alarms/{stack.episode.pk}/"
    )
    assert DataMark.objects.filter(withdraws=True).count() == 1


def test_only_the_branch_reviews_and_only_the_firm_marks(stack: Any, browse: Browse) -> None:
    browse(stack.firm).post(f"/alarms/{stack.episode.pk}/mark/", MARK)
    mark = DataMark.objects.get()
    review = {"accepted": "yes", "reason": "属实"}
    for user in (stack.firm, stack.duty):
        answer = browse(user).post(f"/alarms/marks/{mark.pk}/review/", review)
        assert answer.status_code == 403
    assert browse(stack.officer).get(f"/alarms/{stack.episode.pk}/mark/").status_code == 403


def test_the_portal_begins_with_open_alarms(stack: Any, browse: Browse) -> None:
    told = browse(stack.firm).get("/portal/").content.decode()
    assert f"/alarms/{stack.episode.pk}/" in told
    verify(stack.episode.pk, stack.officer, Outcome.INNOCENT, "检修")
    assert "没有待说明或核实中的超标" in browse(stack.firm).get("/portal/").content.decode()


def test_a_silent_store_leaves_the_page_standing(
    stack: Any, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihuan.telemetry.store import StoreUnavailable

    def broken(*_args: object, **_kwargs: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(type(stack.store), "measurements", broken)
    answer = browse(stack.duty).get(f"/alarms/{stack.episode.pk}/")
    assert answer.status_code == 200
    assert "监测数据暂时读不到" in answer.content.decode()


def test_a_message_of_one_alarm_names_it_and_leads_there(stack: Any, browse: Browse) -> None:
    browser = browse(stack.firm)
    alarm = f"/alarms/{stack.episode.pk}/"
    told = browser.get("/messages/").content.decode()
    assert "个超标过程" in told
    assert f'<a href="{alarm}">中山某热电厂 1号炉排口：二氧化硫超标</a>' in told
    receipt = stack.firm.receipts.get()
    assert browser.post(f"/messages/{receipt.pk}/open/").url == alarm


def test_one_that_could_not_go_up_says_why_and_is_found(stack: Any, browse: Browse) -> None:
    Episode.objects.update(stage=Stage.RAISED, stuck="OSError: the disk is full")
    duty = browse(stack.duty)
    told = duty.get(f"/alarms/{stack.episode.pk}/").content.decode()
    assert "应转为线索而未能转出" in told
    assert "OSError: the disk is full" in told
    assert "1号炉排口" in duty.get("/alarms/?stuck=1").content.decode()
    Episode.objects.update(stuck="")
    assert "1号炉排口" not in duty.get("/alarms/?stuck=1").content.decode()


def test_a_store_that_is_silent_when_it_is_found_true_is_told(
    stack: Any, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihuan.bureau.exceedance import rising
    from zhihuan.telemetry.store import StoreUnavailable

    def silent(_raised: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(rising, "_takers", [silent])
    page = f"/alarms/{stack.episode.pk}/act/"
    answer = browse(stack.officer).post(page, {"act": "true", "words": "现场核实"})
    assert answer.status_code == 422
    assert "监测数据暂时读不到，没有办理" in answer.content.decode()
    assert stack.episode.stage == Stage.EXPLAINING


def test_of_many_hours_the_worst_and_the_marked_stand_open(stack: Any, browse: Browse) -> None:
    told = browse(stack.duty).get(f"/alarms/{stack.episode.pk}/").content.decode()
    assert "more-rows" not in told, "few hours stand open"
    stack.sends(at("03-01 04:00"), [36, 37, 38, 39, *[45] * 11])
    stack.sends(at("03-01 19:00"), [12.0], flag="C")
    stack.judged(at("03-01 00:00"), at("03-01 20:00"))
    told = browse(stack.duty).get(f"/alarms/{stack.episode.pk}/").content.decode()
    first, rest = told.split('<details class="more-rows">')
    assert "其余 8 个小时值" in rest
    rows = re.compile(r'<th scope="row"[^>]*>(2026-03-01 \d\d):00</th>')
    assert rows.findall(first) == [f"2026-03-01 {hour:02}" for hour in (*range(8, 20),)]
    assert "C 校准" in first
    assert [each[-2:] for each in rows.findall(rest)] == [f"{hour:02}" for hour in range(8)]


def test_an_hour_marked_as_calibration_is_the_last_one_known(stack: Any, browse: Browse) -> None:
    address = f"/alarms/{stack.episode.pk}/"
    told = browse(stack.duty).get(address).content.decode()
    assert "90 天内没有收到校准、核查记录，小时值也没有校准标记" in told
    stack.sends(at("02-27 09:00"), [12.0], flag="C")
    stack.sends(at("03-01 03:00"), [12.0], flag="C")  # after it
    told = browse(stack.duty).get(address).content.decode()
    assert "没有收到校准" not in told
    assert re.search(
        r"最近一次校准、核查：.*2026-02-27 09:00.*（小时值的校准标记）", told, re.DOTALL
    )
