"""The page of a matter: where it stands, what may be done and by whom, what happened, which clocks run."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.models import MatterEvent, MatterLink
from zhihuan.web.matters import parts


def html_of(browser, matter, status=200):
    answer = browser.get(f"/matters/{matter.pk}/")
    assert answer.status_code == status
    return answer.content.decode()


def part_of(html, heading):
    """The text of the section under this heading."""
    found = re.search(rf">{heading}</h2>.*?</section>", html, re.DOTALL)
    assert found, heading
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[0]))


def test_the_head_says_where_it_stands_and_until_when(filed, cast, browse):
    html = html_of(browse(cast.officer), filed.matter)
    head = html.split("<h1")[1].split("</dl>")[0]
    for words in ("某印染厂超标排放", "调查", "中山某印染厂", "三角镇", "试办案件", "2026-06-01"):
        assert words in head, words


def test_heading_title_and_place_are_its_name_with_the_number_small_beside(filed, cast, browse):
    html = html_of(browse(cast.officer), filed.matter)
    title, number = filed.matter.title, filed.matter.pk
    assert (
        f'page-head-title">{title} <small class="page-head-note">编号 {number}</small></h1>' in html
    )
    assert f"<title>{title} · 试办案件" in html
    assert f'aria-current="page">{title}</li>' in html


def test_offered_is_what_one_may_do_and_nothing_else(filed, cast, browse):
    box = html_of(browse(cast.officer), filed.matter)
    assert f'href="/matters/{filed.matter.pk}/steps/submit/"' in box
    assert f'href="/matters/{filed.matter.pk}/steps/extend/"' not in box
    told = part_of(box, "现在可以办理")
    assert "您没有办理“延长办案期限”的权限。" in told
    assert "办理人：科室（分局）负责人" in told


def test_the_platforms_own_step_is_told_as_such(filed, cast, browse):
    filed.take("submit", cast.officer, "03-04")
    filed.take("decide", cast.head, "03-05", fine="100", served_on="2026-03-05")
    told = part_of(html_of(browse(cast.head), filed.matter), "现在可以办理")
    assert "期限届满时由平台自动办理。" in told
    mine = part_of(html_of(browse(cast.owner), filed.matter), "现在可以办理")
    assert "履行" in mine
    assert "由他人办理" not in mine


def test_who_acted_before_is_told_why_not_now(filed, cast, person, browse):
    both = person("field_officer", "section_head", name="officer", at=cast.officer.organisation)
    filed.take("submit", cast.second, "03-04")
    told = part_of(html_of(browse(both), filed.matter), "现在可以办理")
    assert "须由未经办前序环节的人员办理" in told


def test_an_ended_matter_has_nothing_to_do(filed, cast, browse):
    filed.take("drop", cast.head, "03-05")
    html = html_of(browse(cast.officer), filed.matter)
    assert "事项已办结，没有待办环节。" in html
    assert "按期完成" in html


def test_the_course_tells_what_was_said_by_whom_and_what_clocks_did(filed, cast, browse):
    filed.take("appraise", cast.officer, "03-10")
    filed.take("appraised", cast.officer, "03-30")
    filed.take("extend", cast.head, "05-20", why="案情复杂")
    course = part_of(html_of(browse(cast.officer), filed.matter), "办理经过")
    for words in (
        "发起事项",
        "立案",
        f"officer（44-{cast.officer.pk}）",
        "办案期限：开始计时",
        "办案期限：中止：鉴定",
        "办案期限：恢复",
        "办案期限：延长：行政机关负责人，30 日（自然日）",
        "理由",
        "案情复杂",
        "状态变为“鉴定”。",
    ):
        assert words in course, words


def test_the_ledger_names_law_days_in_force_stops_and_extensions(filed, cast, browse):
    filed.take("appraise", cast.officer, "03-10")
    filed.take("appraised", cast.officer, "03-30")
    filed.take("extend", cast.head, "05-20", why="案情复杂")
    ledger = part_of(html_of(browse(cast.officer), filed.matter), "法定期限")
    clock = filed.clock("decision")
    for words in (
        "办案期限",
        "行政处罚",
        "起施行",
        "生态环境部门",
        "鉴定",
        "行政机关负责人，30 日（自然日）；案情复杂",
        f"{clock.last_day}",
    ):
        assert words in ledger, words
    assert f"{clock.last_day} 届满" in ledger, "the reckoning ends where the clock does"


def test_while_it_stands_still_no_day_is_told(filed, cast, browse):
    filed.take("appraise", cast.officer, "03-10")
    ledger = part_of(html_of(browse(cast.officer), filed.matter), "法定期限")
    assert "计时已中止" in ledger
    assert "届满日待恢复后确定" in ledger


def test_the_proof_stands_below_the_course(filed, cast, browse):
    html = html_of(browse(cast.officer), filed.matter)
    assert bytes(filed.matter.head).hex() in html
    assert "2 项经过与链值逐项相符" in html


def test_an_altered_event_is_named(filed, cast, browse):
    with connection.cursor() as cursor:  # as somebody with the database in hand would
        table = MatterEvent._meta.db_table
        cursor.execute(f"UPDATE {table} SET actor_name = '某人' WHERE number = 1")
    html = html_of(browse(cast.officer), filed.matter)
    assert "第 1 项起与链值不符" in html
    assert 'role="alert"' in html


def test_a_cut_off_end_is_named(filed, cast, browse):
    filed.take("submit", cast.officer, "03-03")
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {MatterEvent._meta.db_table} WHERE number = 3")
    assert "第 3 项起与链值不符" in html_of(browse(cast.officer), filed.matter)


def test_a_matter_of_another_town_does_not_exist(walk, cast, browse):
    html_of(browse(cast.stranger), walk.matter, status=404)


def test_a_stored_script_is_text_wherever_it_was_said(filed, cast, browse):
    filed.take("extend", cast.head, "05-20", why="<script>alert(2)</script>")
    html = html_of(browse(cast.officer), filed.matter)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(2)" in html


@pytest.fixture
def registered(monkeypatch):
    monkeypatch.setattr(parts, "_parts", [])
    template = engines["django"].from_string("<p>{{ word }}</p>")
    monkeypatch.setattr(
        parts, "render_to_string", lambda name, values, request: template.render(values)
    )

    def register(title, context):
        parts.register_part(title, "x.html", context)

    return register


def test_other_rooms_show_their_part(walk, cast, browse, registered):
    registered("文书", lambda request, matter: {"word": f"第{matter.pk}号"})
    html = html_of(browse(cast.officer), walk.matter)
    assert "<h2>文书</h2>" in html
    assert f"<p>第{walk.matter.pk}号</p>" in html


def test_a_part_with_nothing_to_show_is_left_out(walk, cast, browse, registered):
    registered("文书", lambda request, matter: None)
    assert "<h2>文书</h2>" not in html_of(browse(cast.officer), walk.matter)


def test_linked_matters_are_shown_from_both_sides(walk, open_case, cast, browse):
    other = open_case("另一件")
    link(other, MatterLink.Kind.SPAWNED_BY, walk.matter, Acting(cast.officer), version=1)
    browser = browse(cast.officer)
    assert "源自" in part_of(html_of(browser, other), "关联事项")
    assert "派生出" in part_of(html_of(browser, walk.matter), "关联事项")


def test_a_linked_matter_out_of_reach_keeps_its_title(walk, open_case, cast, browse):
    from zhihuan.bureau.places.city import find_town

    far = open_case("远方的案件")
    link(walk.matter, MatterLink.Kind.EVIDENCE_FOR, far, Acting(None), version=1)
    type(far).objects.filter(pk=far.pk).update(town=find_town("小榄镇"), party=None)
    told = part_of(html_of(browse(cast.officer), walk.matter), "关联事项")
    assert "您权限以外的事项" in told
    assert "远方的案件" not in told


def test_it_costs_no_more_with_a_long_story(filed, cast, browse, monkeypatch):
    monkeypatch.setattr(parts, "_parts", [])  # what other rooms show, they answer for
    browser = browse(cast.head)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            html_of(browser, filed.matter)
        return len(queries)

    cost()  # the registry is read once for the shell
    first = cost()
    for month in ("03", "04"):
        filed.take("submit", cast.officer, f"{month}-11")
        filed.take("back", cast.head, f"{month}-12", why="补充")
    assert cost() == first
    assert first <= 16
