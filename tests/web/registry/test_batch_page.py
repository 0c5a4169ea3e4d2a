"""Many records at once: chosen or found, looked at, written as one act, by those who may change each."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.history.models import ChangeSet
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.web.registry.nouns import nouns

BATCH = "/registry/enterprises/batch/"


def posted(browser, step, rows=(), path=BATCH, **more):
    data = {"step": step, "row": [row.pk for row in rows], "why": "区划调整", **more}
    return browser.post(path, data)


def seen_in(response):
    return re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]


def applied(browser, rows=(), path=BATCH, **more):
    look = posted(browser, "preview", rows, path, **more)
    return posted(browser, "apply", rows, path, seen=seen_in(look), **more)


def test_the_list_offers_what_was_ticked_and_all_that_was_found(ours, sign_in):
    text = sign_in("registrar").get("/registry/enterprises/?status=operating").content.decode()
    assert f'formaction="{BATCH}"' in text
    assert f'href="{BATCH}?status=operating&amp;all=1"' in text
    text = sign_in("leader").get("/registry/enterprises/").content.decode()
    assert BATCH not in text


def test_ticked_records_come_to_the_form(ours, theirs, sign_in):
    response = sign_in("registrar").post(BATCH, {"row": [ours.enterprise.pk]})
    text = response.content.decode()
    assert "所选记录 1 条" in text
    assert f'name="row" value="{ours.enterprise.pk}"' in text


def test_looked_at_before_it_is_done(ours, theirs, sign_in):
    browser = sign_in("registrar")
    rows = [ours.enterprise, theirs.enterprise]
    look = posted(browser, "preview", rows, set=["status"], status="suspended")
    text = look.content.decode()
    assert "将修改 2 条，无变化 0 条，有问题不修改 0 条" in text
    assert "<del>在产</del>" in text
    assert "<ins>停产</ins>" in text
    assert not Enterprise.objects.filter(status="suspended").exists()
    done = posted(browser, "apply", rows, set=["status"], status="suspended", seen=seen_in(look))
    assert done.status_code == 302
    assert Enterprise.objects.filter(status="suspended").count() == 2
    act = ChangeSet.objects.first()
    assert (act.kind, act.why, act.changes.count()) == ("batch", "区划调整", 2)
    entry = AuditEntry.objects.get(action="registry.batch")
    assert entry.detail["changed"] == 2
    assert entry.detail["fields"] == ["status"]


def test_a_row_with_a_problem_is_told_and_stays_out(ours, theirs, sign_in):
    Enterprise.objects.filter(pk=theirs.enterprise.pk).update(no_code_reason="")
    browser = sign_in("registrar")
    rows = [ours.enterprise, theirs.enterprise]
    text = posted(browser, "preview", rows, set=["level"], level="simplified").content.decode()
    assert "将修改 1 条，无变化 0 条，有问题不修改 1 条" in text
    assert "填写统一社会信用代码" in text
    applied(browser, rows, set=["level"], level="simplified")
    assert set(Enterprise.objects.values_list("level", flat=True)) == {"simplified", "key"}


def test_all_that_the_filter_finds(ours, theirs, sign_in):
    path = f"{BATCH}?town={theirs.enterprise.town_id}&all=1"
    done = applied(sign_in("registrar"), path=path, set=["status"], status="closed")
    assert done.status_code == 302
    assert list(Enterprise.objects.filter(status="closed")) == [theirs.enterprise]


def test_nothing_ticked_is_nothing(ours, sign_in):
    browser = sign_in("registrar")
    for response in (
        browser.get(BATCH),
        browser.post(BATCH, {}),
        browser.post(BATCH, {"row": ["x", "-1"]}),
    ):
        assert "没有选择可修改的记录" in response.content.decode()


def test_what_changed_after_the_look_is_looked_at_again(ours, sign_in):
    browser = sign_in("registrar")
    look = posted(browser, "preview", [ours.enterprise], set=["status"], status="closed")
    Enterprise.objects.filter(pk=ours.enterprise.pk).update(status="building")
    again = posted(
        browser, "apply", [ours.enterprise], set=["status"], status="closed", seen=seen_in(look)
    )
    assert "预览之后" in again.content.decode()
    assert Enterprise.objects.get(pk=ours.enterprise.pk).status == "building"
    without_look = posted(browser, "apply", [ours.enterprise], set=["status"], status="closed")
    assert without_look.status_code == 200
    assert Enterprise.objects.get(pk=ours.enterprise.pk).status == "building"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"set": []}, "请更正后重新提交"),
        ({"set": ["town", "status", "level"], "status": "closed"}, "一次至多修改两个字段"),
        ({"set": ["status"], "status": ""}, "这一项不能清除"),
        ({"set": ["industry"], "industry": "9999"}, "没有此代码"),
        ({"set": ["name"]}, "请更正后重新提交"),
    ],
)
def test_a_form_that_makes_no_sense_is_told(ours, sign_in, more, words):
    text = posted(sign_in("registrar"), "preview", [ours.enterprise], **more).content.decode()
    assert words in text
    assert 'name="seen"' not in text


def test_a_branch_changes_what_lies_in_its_towns_and_moves_nothing_out(
    ours, theirs, branch, sign_in
):
    browser = sign_in("registrar", at=branch)
    rows = [ours.enterprise, theirs.enterprise]
    look = posted(browser, "preview", rows, set=["status"], status="closed")
    assert "所选记录 1 条" in look.content.decode()
    applied(browser, rows, set=["status"], status="closed")
    assert list(Enterprise.objects.filter(status="closed")) == [ours.enterprise]
    out = posted(browser, "preview", rows, set=["town"], town=find_town("小榄镇").pk)
    assert 'name="seen"' not in out.content.decode()


@pytest.mark.parametrize("role", ["leader", "duty_officer", "enterprise_user"])
def test_others_may_not(ours, sign_in, role):
    browser = sign_in(role, at=ours.enterprise if role == "enterprise_user" else None)
    for response in (
        browser.get(BATCH),
        posted(browser, "apply", [ours.enterprise], set=["status"]),
    ):
        assert response.status_code == 403


def test_every_noun_with_a_batch_has_its_form(ours, sign_in):
    browser = sign_in("registrar")
    for code, noun in nouns().items():
        if noun.batch:
            assert browser.get(f"/registry/{code}/batch/?all=1").status_code == 200, code


def test_no_field_of_a_batch_is_unique_or_constrained():
    for code, noun in nouns().items():
        fields = {noun.model._meta.get_field(name) for name in noun.batch}
        assert not any(field.unique for field in fields), code
        for constraint in noun.model._meta.constraints:
            told = str(constraint.deconstruct())
            assert not any(f"'{field.name}'" in told for field in fields), (code, constraint)


def test_a_look_costs_as_many_queries_for_one_as_for_many(ours, works, sign_in):
    browser = sign_in("registrar")
    rows = [ours.enterprise, *(works("小榄镇", n).enterprise for n in range(2, 12))]
    counts = []
    for some in (rows[:1], rows[:1], rows):
        with CaptureQueriesContext(connection) as asked:
            posted(browser, "preview", some, set=["status"], status="closed")
        counts.append(len(asked))
    assert counts[2] == counts[1] <= 12
