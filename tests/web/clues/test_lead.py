"""A clue's page says first what contradicts what, and gives its evidence in one click."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.vault.bundling import running
from zhihuan.lines.clues.occurrence import Occurrence
from zhihuan.lines.clues.raising import raise_clue

SENTENCE = "化学需氧量小时均值 132 mg/L，限值 50 mg/L，连续 3 小时。"


@pytest.fixture
def raised(cast, outlet):
    from django.utils import timezone

    until = timezone.now() - dt.timedelta(hours=1)
    occurrence = Occurrence(
        key="episode:1", title="总排口超标", point=outlet.code, factors=("w01018",),
        since=until - dt.timedelta(hours=3), until=until, found_at=until, sentence=SENTENCE,
        rule="hour_over", rule_version="2026.1", consequence="L4", tier="A",
    )  # fmt: skip
    return raise_clue(occurrence)


def page_of(browser, clue):
    return browser.get(f"/matters/{clue.pk}/").content.decode()


def test_the_sentence_stands_above_what_may_be_done(raised, cast, browse):
    page = page_of(browse(cast.head), raised)
    assert page.index(SENTENCE) < page.index("现在可以办理")
    for words in ("hour_over", "2026.1", "A 级", "L4 超标", "待核实"):
        assert words in page


def test_one_click_asks_for_the_bundle(raised, cast, browse, monkeypatch):
    monkeypatch.setattr(running, "_beside", lambda _bundle: None)  # a thread would outlive the test
    browser = browse(cast.head)
    assert "制作证据包（4 件）" in page_of(browser, raised)
    answer = browser.post(f"/evidence/of/{raised.pk}/bundles/")
    assert answer["Location"].startswith("/evidence/bundles/")


def test_who_may_not_export_sees_no_button(raised, cast, browse):
    assert "制作证据包" not in page_of(browse(cast.duty), raised)


def test_a_clue_of_which_nothing_was_said_yet_has_no_lead(cast, browse):
    from clue_walk import Walk

    walk = Walk.opened(cast, "2026-02-12")
    assert "clue-lead" not in page_of(browse(cast.duty), walk.clue)


def test_only_the_desk_of_a_complaint_is_led_to_who_reported(found, raised, cast, browse):
    reported = found("举报", source="complaint", said={"channel": "letter"})
    link = f"/clues/{reported.clue.pk}/informants/"
    assert link in page_of(browse(cast.duty), reported.clue)
    assert link not in page_of(browse(cast.field), reported.clue)
    assert "informants" not in page_of(browse(cast.duty), raised)


def test_other_matters_pay_nothing_for_it(cast, rf, django_assert_num_queries):
    from zhihuan.bureau.matters.models import Matter
    from zhihuan.web.matters.parts import shown_leads

    with django_assert_num_queries(0):
        assert list(shown_leads(rf.get("/"), Matter(procedure="plan_filing"))) == []


def test_the_page_costs_the_same_with_much_evidence(raised, cast, browse, outlet):
    browser = browse(cast.head)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page_of(browser, raised)
        return len(queries)

    cost()
    first = cost()
    from zhihuan.bureau.matters.engine.taking import Acting
    from zhihuan.bureau.vault.evidence.adding import add_evidence
    from zhihuan.bureau.vault.keeping import keep_made

    for number in range(5):
        stored = keep_made(f"{number}\n".encode(), "更多.txt")
        add_evidence(
            raised, stored, Acting(cast.head), kind="electronic", title="x", obtained="exported"
        )
    assert cost() <= first + 1  # the sixth piece and the count are read together


def test_the_rule_says_in_words_what_it_found_and_rests_on(found, cast, browse):
    walk = found("恒值", rule="flat_value", rule_version="0.4")
    page = page_of(browse(cast.head), walk.clue)
    assert "数值长时间不变" in page
    assert "末位不动" in page
    assert "（flat_value 0.4）" in page
