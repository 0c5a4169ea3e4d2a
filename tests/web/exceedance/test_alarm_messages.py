"""A message of the ladder says whose episode it tells of and leads there, for those who may look; the message itself names nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from zhihuan.bureau.exceedance import rising
from zhihuan.bureau.exceedance.acting import explain, verify
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.exceedance.telling import tell_raised
from zhihuan.bureau.inbox.models import Message, Receipt

pytestmark = pytest.mark.django_db
Browse = Callable[[Any], Client]
WHOSE = "中山某热电厂 1号炉排口：二氧化硫超标"


def box(browser: Client) -> str:
    return browser.get("/messages/").content.decode()


def test_it_says_whose_it_is_and_leads_to_the_episode(stack: Any, browse: Browse) -> None:
    tell_raised([stack.episode])
    link = f'<a href="/alarms/{stack.episode.pk}/">{WHOSE}</a>'
    duty = browse(stack.duty)
    assert link in box(duty)
    receipt = Receipt.objects.get(user=stack.duty)
    answer = duty.post(f"/messages/{receipt.pk}/open/")
    assert answer["Location"] == f"/alarms/{stack.episode.pk}/"


def test_the_message_itself_names_nobody(stack: Any) -> None:
    tell_raised([stack.episode])
    message = Message.objects.get(words__contains="转为线索")
    assert message.facts == {
        "count": 1,
        "until": message.facts["until"],
        "episodes": [stack.episode.pk],
    }
    assert "热电厂" not in message.words


def test_who_may_no_longer_look_is_not_told_whose(stack: Any, browse: Browse) -> None:
    tell_raised([stack.episode])
    Receipt.objects.filter(user=stack.duty).update(user=stack.elsewhere)
    page = box(browse(stack.elsewhere))
    assert "有 1 个超标过程转为线索" in page
    assert "热电厂" not in page


def test_of_one_that_became_a_clue_the_clue_alone_tells(stack: Any, browse: Browse) -> None:
    explain(stack.episode.pk, stack.firm, "不清楚")
    verify(stack.episode.pk, stack.officer, Episode.Outcome.TRUE, "现场核实")
    stack.episode.refresh_from_db()
    for user in (stack.duty, stack.head):
        told = Message.objects.filter(receipts__user=user, matter=stack.episode.clue)
        assert [each.words for each in told] == ["新线索待研判"]
        assert not Message.objects.filter(receipts__user=user, words__contains="转为线索").exists()


def test_of_one_that_no_line_took_the_alarm_tells(
    stack: Any, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rising, "_takers", [])
    explain(stack.episode.pk, stack.firm, "不清楚")
    verify(stack.episode.pk, stack.officer, Episode.Outcome.TRUE, "现场核实")
    assert WHOSE in box(browse(stack.duty))
