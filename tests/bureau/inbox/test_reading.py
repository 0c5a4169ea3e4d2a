"""Messages are read by whom they are for, kept a set time, and told once where they say so."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.inbox.forgetting import forget_old
from zhihuan.bureau.inbox.models import Message, Receipt
from zhihuan.bureau.inbox.reading import mark_all_read, mark_read, receipts_of, unread_count
from zhihuan.bureau.inbox.telling import News, source_of, tell, tell_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(person):
    return [person("field_officer", name=name) for name in ("one", "two")]


def news(text: str = "消息", **given) -> News:
    return News(Message.Kind.MOVED, text, **given)


def test_one_message_is_in_every_box_and_read_in_each_apart(people):
    one, two = people
    assert tell(news(), [one.pk, two.pk, one.pk]) == 2
    assert Message.objects.count() == 1
    assert mark_read(one, receipts_of(one)[0].pk)
    assert not mark_read(one, receipts_of(one)[0].pk)
    assert (unread_count(one), unread_count(two)) == (0, 1)


def test_nobody_marks_another_s(people):
    one, two = people
    tell(news(), [one.pk])
    assert not mark_read(two, receipts_of(one)[0].pk)
    assert mark_all_read(two, 10**9) == 0
    assert unread_count(one) == 1


def test_what_came_after_one_looked_stays_unread(people):
    one = people[0]
    tell(news("先"), [one.pk])
    seen = receipts_of(one)[0].pk
    tell(news("后"), [one.pk])
    assert mark_all_read(one, seen) == 1
    assert [each.message.words for each in receipts_of(one, unread=True)] == ["后"]


def test_unread_ones_are_counted_to_a_hundred_in_one_query(people, django_assert_num_queries):
    one = people[0]
    tell_all([(news(f"{number}"), [one.pk]) for number in range(105)])
    with django_assert_num_queries(1):
        assert unread_count(one) == 100


def test_what_has_a_key_is_told_once(people):
    one, two = people
    assert tell(news(key="k"), [one.pk]) == 1
    assert tell(news(key="k"), [one.pk, two.pk]) == 0
    assert Message.objects.count() == 1


def test_many_recipients_are_one_insert(people, person, django_assert_max_num_queries):
    users = [person(name=f"u{number}").pk for number in range(60)]
    with django_assert_max_num_queries(5):  # savepoint, messages, receipts, release
        assert tell(news(), users) == 60


def test_the_text_is_kept_as_the_code_has_it():
    from django.utils import translation
    from django.utils.translation import gettext_lazy

    with translation.override("en"):
        assert source_of(gettext_lazy("待办")) == "待办"


def test_old_ones_are_forgotten_read_or_not_and_new_ones_kept(people, moment):
    one = people[0]
    tell(news("旧"), [one.pk])
    Message.objects.update(at=moment.at - dt.timedelta(days=366))
    tell(news("新"), [one.pk])
    assert forget_old(moment.at, 0) == 0
    assert forget_old(moment.at, 365) == 1
    assert [each.message.words for each in receipts_of(one)] == ["新"]
    assert Receipt.objects.count() == 1


def test_the_newest_come_first_and_one_kind_alone_when_asked(people):
    one = people[0]
    tell(news("一"), [one.pk])
    tell(News(Message.Kind.ASSIGNED, "二"), [one.pk])
    assert [each.message.words for each in receipts_of(one)] == ["二", "一"]
    assert [each.message.words for each in receipts_of(one, kind="moved")] == ["一"]
