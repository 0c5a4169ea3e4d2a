"""Acts on the registry: who sees which, in which words; undone after a look, by whoever may."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.history.models import ChangeSet

LIST = "/registry/changes/"


@pytest.fixture
def renamed(ours, person):
    with changing(person("registrar"), why="企业申请更名") as changes:
        changes.update(ours.enterprise, name="新名印染厂", status="suspended")
    return ChangeSet.objects.first()


def text_of(browser, path=LIST):
    response = browser.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_who_when_why_and_what(renamed, sign_in):
    text = text_of(sign_in("registrar"))
    assert "企业“新名印染厂”" in text
    assert "企业申请更名" in text
    page = text_of(sign_in("registrar"), f"{LIST}{renamed.pk}/")
    assert "<del>中山市三角镇模拟印染厂1号</del>" in page
    assert "<ins>新名印染厂</ins>" in page
    assert "<ins>停产</ins>" in page, "a choice is told in its words"


def test_what_a_record_refers_to_is_told_by_name(ours, theirs, sign_in):
    with changing(None, why="搬迁") as changes:
        changes.update(ours.site, town=theirs.site.town)
    page = text_of(sign_in("registrar"), f"{LIST}{ChangeSet.objects.first().pk}/")
    assert "<del>三角镇</del>" in page
    assert "<ins>小榄镇</ins>" in page


def test_of_people_nothing_is_told_but_which_field(ours, sign_in):
    with changing(None, why="核实") as changes:
        changes.update(ours.contact, phone="13900000000", name="李四光")
    browser = sign_in("registrar")
    for path in (
        LIST,
        f"{LIST}{ChangeSet.objects.first().pk}/",
        f"{LIST}{ChangeSet.objects.first().pk}/undo/",
    ):
        text = text_of(browser, path)
        assert "联系人" in text
        for secret in ("13900000000", "13812345678", "李四光", "张三丰"):
            assert secret not in text, path


def test_a_branch_sees_and_undoes_what_lies_in_its_towns(ours, theirs, branch, sign_in):
    with changing(None, why="他镇之事") as changes:
        changes.update(theirs.enterprise, name="他镇新名")
    other = ChangeSet.objects.first()
    with changing(None, why="两镇之事") as changes:
        changes.update(ours.enterprise, name="本镇新名")
        changes.update(theirs.site, name="他镇厂区")
    both = ChangeSet.objects.first()
    browser = sign_in("registrar", at=branch)
    text = text_of(browser)
    assert "两镇之事" in text
    assert "他镇之事" not in text
    assert browser.get(f"{LIST}{other.pk}/").status_code == 404
    assert browser.post(f"{LIST}{other.pk}/undo/", {"why": "试试"}).status_code == 404
    page = text_of(browser, f"{LIST}{both.pk}/")
    assert "他镇厂区" not in page
    assert "另有 1 条不在您的管辖范围内" in page
    assert browser.get(f"{LIST}{both.pk}/undo/").status_code == 403
    assert browser.post(f"{LIST}{both.pk}/undo/", {"why": "试试"}).status_code == 403


def test_undone_after_a_look_with_a_reason_and_an_audit_entry(ours, renamed, sign_in):
    browser = sign_in("registrar")
    look = text_of(browser, f"{LIST}{renamed.pk}/undo/")
    assert "恢复原值" in look
    assert "<ins>中山市三角镇模拟印染厂1号</ins>" in look
    ours.enterprise.refresh_from_db()
    assert ours.enterprise.name == "新名印染厂", "looking changes nothing"
    assert "请更正后重新提交" in browser.post(f"{LIST}{renamed.pk}/undo/").content.decode()
    done = browser.post(f"{LIST}{renamed.pk}/undo/", {"why": "登记有误"}, follow=True)
    assert "已撤销" in done.content.decode()
    ours.enterprise.refresh_from_db()
    assert (ours.enterprise.name, ours.enterprise.status) == (
        "中山市三角镇模拟印染厂1号",
        "operating",
    )
    entry = AuditEntry.objects.get(action="registry.undo")
    assert entry.subject == f"changes:{renamed.pk}"
    assert "已撤销" in text_of(browser)
    again = browser.post(f"{LIST}{renamed.pk}/undo/", {"why": "再来"})
    assert "已经撤销过" in again.content.decode()


def test_a_conflict_is_shown_and_nothing_is_half_undone(ours, renamed, sign_in):
    with changing(None, why="又改") as changes:
        changes.update(ours.enterprise, name="第三个名字")
    browser = sign_in("registrar")
    look = text_of(browser, f"{LIST}{renamed.pk}/undo/")
    assert "之后又被修改" in look
    assert "确认撤销" not in look
    refused = browser.post(f"{LIST}{renamed.pk}/undo/", {"why": "登记有误"})
    assert "无法撤销" in refused.content.decode()
    ours.enterprise.refresh_from_db()
    assert (ours.enterprise.name, ours.enterprise.status) == ("第三个名字", "suspended")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("leader", 200),
        ("section_head", 200),
        ("duty_officer", 403),
        ("enterprise_user", 403),
        ("audit_administrator", 403),
    ],
)
def test_who_may_look_and_that_looking_is_no_undoing(ours, renamed, sign_in, role, status):
    browser = sign_in(role, at=ours.enterprise if role == "enterprise_user" else None)
    assert browser.get(LIST).status_code == status
    assert browser.get(f"{LIST}{renamed.pk}/undo/").status_code == 403
    assert browser.post(f"{LIST}{renamed.pk}/undo/", {"why": "试试"}).status_code == 403


def test_as_many_queries_for_one_act_as_for_sixty(ours, renamed, sign_in):
    browser = sign_in("registrar")
    text_of(browser)
    with CaptureQueriesContext(connection) as few:
        text_of(browser)
    for number in range(60):
        with changing(None, why=f"第{number}次") as changes:
            changes.update(ours.enterprise, name=f"名称{number}")
    text_of(browser)
    with CaptureQueriesContext(connection) as many:
        text_of(browser)
    assert len(many) == len(few) + 1 <= 12, "the count, where a page is not all"
