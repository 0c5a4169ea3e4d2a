"""Messages: one's own, unread until read, leading where one may still look."""

from __future__ import annotations

import pytest

from zhihuan.bureau.inbox.models import Message, Receipt
from zhihuan.bureau.inbox.telling import News, tell

pytestmark = pytest.mark.django_db
TITLE = "某印染厂超标排放"


@pytest.fixture
def told(filed):
    """The head was told that the case waits for review."""
    filed.take("submit", filed.cast.officer, "03-03")
    return filed


def text(browser, address: str = "/messages/") -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_each_reads_their_own_and_nobody_else_s(told, browse):
    assert "案件待审查" in text(browse(told.cast.head))
    for other in (told.cast.officer, told.cast.stranger, told.cast.owner):
        page = text(browse(other))
        assert "案件待审查" not in page
        assert "没有消息" in page


def test_another_s_message_can_neither_be_opened_nor_marked(told, browse):
    receipt = Receipt.objects.get()
    assert browse(told.cast.officer).post(f"/messages/{receipt.pk}/open/").status_code == 404
    browse(told.cast.officer).post("/messages/read/", {"until": receipt.pk})
    receipt.refresh_from_db()
    assert receipt.read_at is None


def test_opening_one_marks_it_read_and_leads_to_the_matter(told, browse):
    receipt = Receipt.objects.get()
    response = browse(told.cast.head).post(f"/messages/{receipt.pk}/open/")
    assert response.status_code == 302
    receipt.refresh_from_db()
    assert receipt.read_at is not None


def test_the_header_shows_how_many_are_unread(told, browse):
    browser = browse(told.cast.head)
    badge = 'href="/messages/">消息 <span class="count" data-count>1'
    assert badge in text(browser)
    browser.post(f"/messages/{Receipt.objects.get().pk}/open/")
    assert badge not in text(browser)


def test_all_are_marked_read_up_to_what_was_shown(told, browse):
    head = told.cast.head
    browser = browse(head)
    newest = browser.get("/messages/").context["newest"]
    tell(News(Message.Kind.MOVED, "后来的消息"), [head.pk])
    response = browser.post("/messages/read/", {"until": newest}, follow=True)
    assert "已将 1 条消息标为已读" in response.content.decode()
    unread = text(browser, "/messages/?unread=1")
    assert "后来的消息" in unread
    assert "案件待审查" not in unread


def test_the_title_is_shown_only_while_one_may_look_at_the_matter(told, browse):
    browser = browse(told.cast.head)
    assert TITLE in text(browser)
    told.cast.here.towns.clear()
    told.cast.head.grants.update(organisation=told.cast.stranger.organisation)
    page = text(browser)
    assert "案件待审查" in page
    assert TITLE not in page


def test_each_reads_it_in_their_language(person, browse):
    user = person("field_officer", name="reader")
    tell(
        News(Message.Kind.MOVED, "期限由 %(before)s 调整为 %(day)s。",
             facts={"before": "2027-02-01", "day": "2027-02-03"}),
        [user.pk],
    )  # fmt: skip
    browser = browse(user)
    assert "期限由 2027-02-01 调整为 2027-02-03" in text(browser)
    browser.cookies["zhihuan_language"] = "en"
    page = text(browser)
    assert "2027-02-03" in page
    assert "A limit moved from 2027-02-01 to 2027-02-03." in page


def test_older_ones_are_a_page_away(person, browse, monkeypatch):
    user = person("field_officer", name="reader")
    for number in range(60):
        tell(News(Message.Kind.MOVED, f"第{number:02}条"), [user.pk])
    browser = browse(user)
    first = browser.get("/messages/")
    assert "第59条" in first.content.decode()
    older = text(browser, f"/messages/{first.context['older']}")
    assert "第00条" in older
    assert "第59条" not in older


def test_it_takes_a_fixed_number_of_queries(told, browse, django_assert_max_num_queries):
    for number in range(40):
        news = News(Message.Kind.STEP, f"第{number}条", matter_id=told.matter.pk)
        tell(news, [told.cast.head.pk])
    browser = browse(told.cast.head)
    browser.get("/messages/")
    with django_assert_max_num_queries(12):
        browser.get("/messages/")
