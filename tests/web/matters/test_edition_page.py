"""A running matter is put on another edition from its page: what would change is shown first, a reason is asked, the
act stands in its chain and in the trail; whoever has no right finds no page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from procedures import CASE

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.declaration import State
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock

LATER = replace(CASE.basis, in_force_from=dt.date(2030, 1, 1))
FASTER = replace(CASE.clocks[0], limit="M02", pauses={}, resumes=(), extends={})
NEXT = replace(CASE, edition="2030", basis=LATER, clocks=(FASTER, CASE.clocks[1]))


def renamed(old: str, new: State) -> Any:
    """The same procedure with a state under another code."""

    def name(code: str) -> str:
        return new.code if code == old else code

    steps = (
        replace(step, sources=tuple(map(name, step.sources)), target=name(step.target))
        for step in NEXT.steps
    )
    states = tuple(new if each.code == old else each for each in NEXT.states)
    return replace(NEXT, steps=tuple(steps), states=states)


@pytest.fixture
def leader(person: Any) -> Any:
    return person("leader", name="leader")


@pytest.fixture
def newer(case: Any) -> Any:
    catalogue.register(NEXT)
    return NEXT


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def where(matter: Matter) -> str:
    return f"/matters/{matter.pk}/edition/"


def sent(matter: Matter, **more: Any) -> dict[str, Any]:
    return {"to": "2030", "version": matter.version, "why": "新规施行", **more}


def kept() -> list[Any]:
    return [list(model.objects.values_list()) for model in (Matter, MatterEvent, RunningClock)]


def test_the_page_tells_what_would_change_and_changes_nothing(filed, newer, leader, browse):
    before = kept()
    answer = browse(leader).get(where(filed.matter))
    assert answer.status_code == 200
    told = text_of(answer)
    for words in ("试算结果", "2026-06-01 届满", "2026-03-09 届满", "换到 2030 版", "换版的理由"):
        assert words in told, words
    assert kept() == before


def test_it_comes_to_pass_with_the_reason_in_the_chain_and_the_trail(filed, newer, leader, browse):
    answer = browse(leader).post(where(filed.matter), sent(filed.matter), follow=True)
    assert "已换到 2030 版" in text_of(answer)
    matter = Matter.objects.get(pk=filed.matter.pk)
    event = matter.events.get(step="_rebase")
    assert (matter.edition, event.actor) == ("2030", leader)
    assert event.said == {"from": "2021", "to": "2030", "why": "新规施行"}
    entry = AuditEntry.objects.get(action="matter.rebase", subject=f"matter:{matter.pk}")
    assert entry.detail["digest"] == event.digest.hex()
    assert filed.clock("decision").last_day == dt.date(2026, 3, 9)


def test_sent_twice_it_is_done_once(filed, newer, leader, browse):
    browser, said = browse(leader), sent(filed.matter)
    browser.post(where(filed.matter), said)
    again = browser.post(where(filed.matter), said, follow=True)
    assert "重复提交未重复生效" in text_of(again)
    assert MatterEvent.objects.filter(step="_rebase").count() == 1


def test_without_a_reason_nothing_happens_and_it_is_said_where(filed, newer, leader, browse):
    answer = browse(leader).post(where(filed.matter), sent(filed.matter, why=" "))
    assert answer.status_code == 422
    assert "请填写换版的理由" in text_of(answer)
    assert Matter.objects.get(pk=filed.matter.pk).edition == "2021"


def test_who_saw_an_older_version_is_told_and_looks_anew(filed, newer, leader, browse):
    stale = sent(filed.matter)
    filed.take("submit", filed.cast.officer, "03-04")
    answer = browse(leader).post(where(filed.matter), stale)
    assert answer.status_code == 409
    told = text_of(answer)
    assert "事项已被他人办理" in told
    assert "新规施行" in told, "what was typed is not lost"
    assert f'name="version" value="{filed.matter.version}"' in answer.content.decode()


def test_a_state_that_is_gone_is_asked_for(filed, case, leader, browse):
    catalogue.register(renamed("investigating", State("looking", "查处")))
    browser = browse(leader)
    told = text_of(browser.get(where(filed.matter), {"to": "2030"}))
    assert "新版本没有事项现在的状态" in told
    assert "换到 2030 版" not in told
    plan = text_of(browser.get(where(filed.matter), {"to": "2030", "state": "looking"}))
    assert "查处" in plan
    browser.post(where(filed.matter), sent(filed.matter, state="looking"))
    assert Matter.objects.get(pk=filed.matter.pk).state == "looking"


def test_what_stands_against_it_is_told_and_no_button_is_there(filed, newer, leader, browse):
    filed.take("extend", filed.cast.head, "05-20", why="案情复杂")
    answer = browse(leader).get(where(filed.matter))
    assert "是新版本不允许的" in text_of(answer)
    assert 'method="post" class="record-form"' not in answer.content.decode()
    refused = browse(leader).post(where(filed.matter), sent(filed.matter))
    assert refused.status_code == 409
    assert Matter.objects.get(pk=filed.matter.pk).edition == "2021"


def test_a_procedure_of_one_edition_says_so(filed, leader, browse):
    assert "本程序只有一个版本" in text_of(browse(leader).get(where(filed.matter)))


def test_an_edition_that_is_none_is_refused_in_words(filed, newer, leader, browse):
    answer = browse(leader).post(where(filed.matter), sent(filed.matter, to="1999"))
    assert answer.status_code == 422
    assert Matter.objects.get(pk=filed.matter.pk).edition == "2021"


@pytest.mark.parametrize("address", ["/matters/editions/", "edition"])
def test_nobody_else_gets_in(filed, newer, cast, browse, address):
    address = where(filed.matter) if address == "edition" else address
    for user in (cast.officer, cast.head, cast.owner):
        for send in ("get", "post"):
            assert getattr(browse(user), send)(address, sent(filed.matter)).status_code == 403


def test_the_list_holds_what_runs_by_an_older_edition(filed, newer, leader, browse, open_case):
    over = open_case("已办结")
    Matter.objects.filter(pk=over.pk).update(ended_at=over.opened_at)
    html = browse(leader).get("/matters/editions/").content.decode()
    assert f'href="{where(filed.matter)}"' in html
    assert "已办结" not in html
    browse(leader).post(where(filed.matter), sent(filed.matter))
    assert "没有可换版的事项" in text_of(browse(leader).get("/matters/editions/"))


def test_without_a_second_edition_the_list_says_what_will_come_here(filed, leader, browse):
    page = text_of(browse(leader).get("/matters/editions/"))
    assert "各程序目前都只有一个版本" in page
    assert "再决定是否换版" in page


def test_the_list_costs_the_same_for_many(
    filed, newer, leader, browse, open_case, django_assert_max_num_queries
):
    for number in range(10):
        open_case(f"案件{number}")
    browser = browse(leader)
    with django_assert_max_num_queries(12):
        browser.get("/matters/editions/")


def test_the_navigation_leads_there_where_there_is_something_to_change(filed, leader, browse):
    browser = browse(leader)
    assert "/matters/editions/" not in browser.get("/matters/").content.decode()
    catalogue.register(NEXT)
    assert "/matters/editions/" in browser.get("/matters/").content.decode()
