"""A step is asked for, checked and taken; a refusal says why in plain words and loses nothing typed."""

from __future__ import annotations

import re

import pytest

from zhihuan.bureau.matters.models import MatterEvent


@pytest.fixture
def reviewing(filed, cast):
    filed.take("submit", cast.officer, "03-04")
    return filed


def address(matter, step):
    return f"/matters/{matter.pk}/steps/{step}/"


def sent(matter, **said):
    return {"_version": matter.version, "_stage": "take", **said}


DECISION = {"fine": "5000.00", "served_on": "2026-03-06"}


def test_a_step_without_a_form_is_a_button(filed, cast, browse):
    browser = browse(cast.officer)
    page = browser.get(address(filed.matter, "submit")).content.decode()
    assert "此环节无需填写内容。" in page
    assert f'name="_version" value="{filed.matter.version}"' in page
    answer = browser.post(address(filed.matter, "submit"), sent(filed.matter), follow=True)
    assert answer.redirect_chain[-1][0] == f"/matters/{filed.matter.pk}/"
    assert "已办理“提交审查”。" in answer.content.decode()
    filed.matter.refresh_from_db()
    assert filed.matter.state == "reviewing"


def test_the_step_that_led_here_stands_above_what_is_asked(filed, cast, browse):
    page = browse(cast.officer).get(address(filed.matter, "submit")).content.decode()
    before = page[page.index("上一环节：") : page.index('name="_version"')]
    assert "立案" in before
    assert f"second（44-{cast.second.pk}）" in before


def test_officers_are_chosen_by_name_and_certificate(walk, cast, browse):
    browser = browse(cast.officer)
    page = browser.get(address(walk.matter, "file")).content.decode()
    assert page.count("<select") == 2
    assert f"second（44-{cast.second.pk}）" in page
    assert re.search(rf'value="{cast.officer.pk}" selected', page), "the officer who acts is chosen"
    assert str(cast.head) not in re.findall(r"<option[^>]*>([^<（]+)", page)
    answer = browser.post(
        address(walk.matter, "file"),
        sent(walk.matter, _officer_1=cast.officer.pk, _officer_2=cast.second.pk),
    )
    assert answer.status_code == 302
    event = walk.matter.events.get(step="file")
    assert [each["id"] for each in event.officers] == [cast.officer.pk, cast.second.pk]


def test_one_officer_twice_is_refused_with_what_to_do(walk, cast, browse):
    answer = browse(cast.officer).post(
        address(walk.matter, "file"),
        sent(walk.matter, _officer_1=cast.officer.pk, _officer_2=cast.officer.pk),
    )
    assert answer.status_code == 422
    assert "同一人不能重复选择，请改选另一名执法人员。" in answer.content.decode()
    assert walk.matter.events.count() == 1


def test_what_makes_documents_is_checked_before_it_is_taken(reviewing, cast, browse):
    browser, where = browse(cast.head), address(reviewing.matter, "decide")
    assert 'name="_stage" value="check"' in browser.get(where).content.decode()
    answer = browser.post(where, sent(reviewing.matter, **DECISION) | {"_stage": "check"})
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("决定书", "罚款金额（元）", "5000.00", "送达日期", "2026-03-06", "确认作出决定"):
        assert words in page, words
    assert reviewing.matter.events.count() == 3, "nothing was taken yet"


def test_from_the_answers_one_goes_back_with_everything_typed(reviewing, cast, browse):
    browser, where = browse(cast.head), address(reviewing.matter, "decide")
    page = browser.post(where, sent(reviewing.matter, **DECISION) | {"_stage": "edit"})
    assert page.status_code == 200
    assert 'value="5000.00"' in page.content.decode()


def test_the_checked_answers_are_what_is_taken(reviewing, cast, browse):
    browser, where = browse(cast.head), address(reviewing.matter, "decide")
    page = browser.post(where, sent(reviewing.matter, **DECISION) | {"_stage": "check"})
    kept = dict(re.findall(r'name="(\w+)"[^>]*?value="([^"]*)"', page.content.decode()))
    said = {name: kept[name] for name in ("_version", "fine", "served_on")}
    assert browser.post(where, said | {"_stage": "take"}).status_code == 302
    event = reviewing.matter.events.get(step="decide")
    assert event.said == {"fine": "5000.00", "served_on": "2026-03-06"}


def test_what_is_wrong_is_said_beside_its_field(reviewing, cast, browse):
    answer = browse(cast.head).post(
        address(reviewing.matter, "decide"), sent(reviewing.matter, fine="many", served_on="")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写送达日期" in page
    assert 'value="many"' in page
    assert "<title>错误：" in page


def test_a_guard_refuses_in_words_and_keeps_what_was_typed(reviewing, cast, browse):
    answer = browse(cast.head).post(
        address(reviewing.matter, "decide"),
        sent(reviewing.matter, fine="2000000.00", served_on="2026-03-06"),
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "超过一百万元的罚款须经补充调查。" in page
    assert 'value="2000000.00"' in page
    assert not reviewing.matter.events.filter(step="decide").exists()


def test_who_comes_second_is_told_who_came_first_and_keeps_the_words(filed, cast, browse):
    seen = filed.matter.version
    filed.take("extend", cast.head, "05-20", why="先到一步")
    other = browse(cast.head)
    answer = other.post(
        address(filed.matter, "back"), {"_version": seen, "_stage": "take", "why": "我写的理由"}
    )
    assert answer.status_code == 409, "the state does not allow it"
    page = answer.content.decode()
    assert "我写的理由" in page


def test_a_matter_that_moved_but_still_allows_it_can_be_sent_anew(filed, cast, browse, person):
    colleague = person("section_head", name="colleague", at=cast.head.organisation)
    seen = filed.matter.version
    filed.take("extend", colleague, "05-20", why="先到一步")
    browser, where = browse(cast.head), address(filed.matter, "extend")
    answer = browser.post(where, {"_version": seen, "_stage": "take", "why": "我写的理由"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("事项已被他人办理", "先到一步", "colleague", "我写的理由"):
        assert words in page, words
    assert f'name="_version" value="{seen + 1}"' in page, "sent again, it is sent knowingly"


def test_sending_twice_takes_it_once_and_says_so(filed, cast, browse):
    browser, where = browse(cast.officer), address(filed.matter, "submit")
    first = sent(filed.matter)
    assert browser.post(where, first).status_code == 302
    again = browser.post(where, first, follow=True)
    assert "“提交审查”已办理，重复提交未重复生效。" in again.content.decode()
    assert filed.matter.events.filter(step="submit").count() == 1


def test_who_has_no_right_is_told_in_words(filed, cast, browse):
    for send in ("get", "post"):
        answer = getattr(browse(cast.officer), send)(
            address(filed.matter, "extend"), sent(filed.matter, why="x")
        )
        assert answer.status_code == 403
        assert "您没有办理“延长办案期限”的权限。" in answer.content.decode()
    assert not filed.matter.events.filter(step="extend").exists()


def test_a_step_of_another_state_is_told_in_words(filed, cast, browse):
    answer = browse(cast.officer).get(address(filed.matter, "appraised"))
    assert answer.status_code == 409
    assert "事项现处于“调查”，不能办理“收到鉴定意见”。" in answer.content.decode()


def test_the_platforms_step_is_nobodys(filed, cast, browse):
    filed.take("submit", cast.officer, "03-04")
    filed.take("decide", cast.head, "03-05", fine="100", served_on="2026-03-05")
    answer = browse(cast.head).post(address(filed.matter, "default"), sent(filed.matter))
    assert answer.status_code == 403
    assert not filed.matter.events.filter(step="default").exists()


def test_foreign_matters_and_unknown_steps_are_not_found(filed, cast, browse):
    assert browse(cast.stranger).get(address(filed.matter, "extend")).status_code == 404
    assert browse(cast.head).get(address(filed.matter, "no_such")).status_code == 404
    assert browse(cast.stranger).post(address(filed.matter, "extend"), {}).status_code == 404


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_sheet_without_a_readable_version_takes_nothing(filed, cast, browse, version):
    before = MatterEvent.objects.count()
    answer = browse(cast.officer).post(
        address(filed.matter, "submit"), {"_version": version, "_stage": "take"}
    )
    assert answer.status_code == 409
    assert MatterEvent.objects.count() == before


def test_a_typed_script_is_text_on_every_page_of_the_step(filed, cast, browse):
    browser, where = browse(cast.head), address(filed.matter, "extend")
    for stage in ("check", "edit"):
        page = browser.post(
            where, sent(filed.matter, why="<script>alert(3)</script>") | {"_stage": stage}
        )
        assert "<script>alert" not in page.content.decode()
        assert "&lt;script&gt;alert(3)" in page.content.decode()


def test_the_page_is_not_kept_by_caches(filed, cast, browse):
    answer = browse(cast.officer).get(address(filed.matter, "submit"))
    assert "no-store" in answer["Cache-Control"]
